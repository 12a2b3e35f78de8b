"""Where everything lies in the file of a ballot box: the head, the tickets, the slots.

{"round":{"1":{…}},"turns":{      padded with blanks to a sector, then a line break
 one line for each ticket
},"holes":{                       padded again
 one line for each slot
}}

The layout is read from the file itself for every unit of work. Must not know files, locks or
rounds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from peerreview.domain.round.box import Box, BoxHead, Slot, Ticket
from peerreview.domain.strict_json import read_json
from peerreview.store.box.line_format import (
    SLOT_FORMAT,
    TICKET_FORMAT,
    ForeignLayoutError,
    LayoutError,
    LineFormat,
    T,
)
from peerreview.store.box.line_table import SECTOR, LineTable, ReadBytes
from peerreview.store.disk.migration import BOX_FORMAT

_BEFORE_HEAD, _AFTER_HEAD = b'{"round":{"1":', b',"turns":{'
_MIDDLE, _END = b'},"holes":{', b"}}\n"
_ADDED_TO_HEAD = ("schema", "checksum")
_FIRST_READS = (1 << 12, 1 << 18)
"""How many bytes are read to find the end of the first line; the first nearly always suffices."""


@dataclass(frozen=True, slots=True)
class BoxLayout:
    """The positions in a box file; they stay the same as long as the box exists.

    Attributes:
        head: the head of the box.
        first_line: the bytes of the first line, which holds the head.
        tickets: the lines of the tickets.
        slots: the lines of the slots.
    """

    head: BoxHead
    first_line: bytes
    tickets: LineTable[Ticket]
    slots: LineTable[Slot]

    @classmethod
    def for_box(cls, box: Box) -> "BoxLayout":
        """Return the layout of a (checked) box; a part of a box will do if all ids are as long.

        Raises:
            LayoutError: A ticket or slot is larger than a sector.
        """
        head_bytes = _head_to_bytes(box.head)
        ticket_count, slot_count = _line_counts(box.head)
        ticket_start = _next_sector(len(head_bytes) + 1)
        ticket_size = _line_size(TICKET_FORMAT, box.tickets)
        tickets = LineTable(TICKET_FORMAT, ticket_start, ticket_size, ticket_count)
        slot_start = _next_sector(tickets.end + len(_MIDDLE) + 1)
        slot_size = _line_size(SLOT_FORMAT, box.slots)
        slots = LineTable(SLOT_FORMAT, slot_start, slot_size, slot_count)
        return cls(box.head, _pad_line(head_bytes, ticket_start), tickets, slots)

    @classmethod
    def from_file(cls, read: ReadBytes) -> "BoxLayout":
        """Return the layout of a file, from its first line, its middle line and its end.

        Raises:
            ForeignLayoutError: The file isn't laid out as this program writes it.
        """
        first_line = _read_first_line(read)
        head = _parse_first_line(first_line)
        ticket_count, slot_count = _line_counts(head)
        tickets = _find_table(TICKET_FORMAT, ticket_count, len(first_line), read)
        slot_start = _next_sector(tickets.end + len(_MIDDLE) + 1)
        slots = _find_table(SLOT_FORMAT, slot_count, slot_start, read)
        layout = cls(head, first_line, tickets, slots)
        if not layout.matches_file(read):
            raise ForeignLayoutError
        return layout

    @property
    def _middle_line(self) -> bytes:
        return _pad_line(_MIDDLE, self.slots.start - self.tickets.end)

    def matches_file(self, read: ReadBytes) -> bool:
        """Tell whether a file has this first line, middle line and end."""
        if read(self.slots.end + len(_END), 1):
            return False
        fixed_parts = (
            (0, self.first_line),
            (self.tickets.end, self._middle_line),
            (self.slots.end, _END),
        )
        return all(read(offset, len(data)) == data for offset, data in fixed_parts)

    def file_bytes(self, box: Box) -> bytes:
        """Return the bytes of the whole file."""
        tickets, slots = self.tickets.to_bytes(box.tickets), self.slots.to_bytes(box.slots)
        return b"".join((self.first_line, tickets, self._middle_line, slots, _END))

    def read_box(self, read: ReadBytes, with_slots: bool = True) -> Box:
        """Return the box in a file of this layout, without slots if they aren't asked for.

        Raises:
            ForeignLayoutError: Something in it isn't as this program would write it.
        """
        slots = self.slots.read_all(read) if with_slots else ()
        return Box(self.head, self.tickets.read_all(read), slots)


def _line_counts(head: BoxHead) -> tuple[int, int]:
    """Return the number of tickets and the number of slots."""
    return head.turns, head.turns * len(head.partners)


def _head_to_bytes(head: BoxHead) -> bytes:
    """Return the first line without padding: the head with schema and checksum, in ASCII."""
    tables = BOX_FORMAT.add_checksum({"round": {"1": head.model_dump(mode="json")}})
    document = json.dumps(tables["round"], separators=(",", ":"))
    return b'{"round":' + document.encode("ascii") + _AFTER_HEAD


@lru_cache(maxsize=16)
def _parse_first_line(line: bytes) -> BoxHead:
    """Return the head in the first line of a file; the same line is often parsed again.

    Raises:
        ForeignLayoutError: The line isn't what this program would write, checksum included.
    """
    try:
        document = cast(Any, read_json(line[len(_BEFORE_HEAD) : line.rindex(_AFTER_HEAD) - 1]))
        head = BoxHead.model_validate(
            {key: value for key, value in document.items() if key not in _ADDED_TO_HEAD}
        )
    except (ValueError, AttributeError) as error:
        raise ForeignLayoutError from error
    if line != _pad_line(_head_to_bytes(head), len(line)):
        raise ForeignLayoutError
    return head


def _pad_line(text: bytes, size: int) -> bytes:
    return text.ljust(size - 1) + b"\n"


def _read_first_line(read: ReadBytes) -> bytes:
    for size in _FIRST_READS:
        data = read(0, size)
        end = data.find(b"\n") + 1
        if end and not end % SECTOR:
            return data[:end]
    raise ForeignLayoutError


def _line_size(line_format: LineFormat[T], items: Sequence[T]) -> int:
    """Return the size of a line, which has room for whatever comes later.

    Args:
        line_format: how the items are written.
        items: sorted by id, so that the last one has the longest id.

    Raises:
        LayoutError: The line would be larger than a sector.
    """
    longest = line_format.longest_line(items[-1]) if items else 1
    size = 1 << (longest - 1).bit_length()
    if size > SECTOR:
        raise LayoutError(f"a document of {longest} characters is larger than a sector")
    return size


def _find_table(
    line_format: LineFormat[T], count: int, start: int, read: ReadBytes
) -> LineTable[T]:
    """Return the table that begins at `start`; its first line break tells the size of a line."""
    size = read(start, SECTOR).find(b"\n") + 1
    if count < 1 or size < 1 or SECTOR % size:
        raise ForeignLayoutError
    return LineTable(line_format, start, size, count)


def _next_sector(offset: int) -> int:
    """Return the least multiple of a sector that isn't below `offset`."""
    return -(-offset // SECTOR) * SECTOR
