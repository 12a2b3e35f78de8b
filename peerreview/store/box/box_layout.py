"""Where everything lies in the file of a ballot box: the round, the turns, the holes.

{"round":{"1":{…}},"turns":{      padded with blanks to a sector, then a line break
 one line a turn
},"holes":{                       padded again
 one line a hole
}}

The layout of a file is found in the file itself, afresh for every unit of work. Knows offsets and
bytes; must not know files, locks or rounds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from peerreview.domain.round.box import Box, BoxHead, Slot, Ticket
from peerreview.domain.strict_json import read_json
from peerreview.store.box.slot_array import SECTOR, Read, SlotArray
from peerreview.store.box.slot_format import (
    HOLE,
    TURN,
    LayoutError,
    OtherLayoutError,
    SlotFormat,
    T,
)
from peerreview.store.disk.migration import BOX_FORMAT

_BEFORE, _AFTER = b'{"round":{"1":', b',"turns":{'
_BETWEEN, _END = b'},"holes":{', b"}}\n"
_STAMP = ("schema", "checksum")
_FIRST_LOOKS = (1 << 12, 1 << 18)
"""How many bytes to look at for the line of the round: nearly always the first are enough."""


@dataclass(frozen=True, slots=True)
class BoxLayout:
    """Where everything lies; the same for a box as long as it lives, whatever it holds.

    Attributes:
        head: the round's own document.
        line: the first line, which holds it.
        tickets: where the tickets lie.
        holes: the slots of the holes.
    """

    head: BoxHead
    line: bytes
    tickets: SlotArray[Ticket]
    slots: SlotArray[Slot]

    @classmethod
    def for_box(cls, box: Box) -> "BoxLayout":
        """Return the layout of a (checked) box; a part tells it too if ids are of one length.

        Raises:
            LayoutError: A document is larger than a sector.
        """
        first, counts = _first_line(box.head), _counts(box.head)
        turns = SlotArray(TURN, _aligned(len(first) + 1), _size(TURN, box.tickets), counts[0])
        start = _aligned(turns.end + len(_BETWEEN) + 1)
        slots = SlotArray(HOLE, start, _size(HOLE, box.slots), counts[1])
        return cls(box.head, _line(first, turns.start), turns, slots)

    @classmethod
    def from_file(cls, read: Read) -> "BoxLayout":
        """Return the layout of a file, seen at its seams: the first line, the middle, the end.

        Raises:
            OtherLayoutError: It isn't laid out as we do.
        """
        line = _read_line(read)
        head = _head(line)
        counts = _counts(head)
        turns = _shelf_found(TURN, counts[0], len(line), read)
        start = _aligned(turns.end + len(_BETWEEN) + 1)
        slots = _shelf_found(HOLE, counts[1], start, read)
        layout = cls(head, line, turns, slots)
        if not layout.holds(read):
            raise OtherLayoutError
        return layout

    @property
    def _between(self) -> bytes:
        return _line(_BETWEEN, self.slots.start - self.tickets.end)

    def holds(self, read: Read) -> bool:
        """Tell whether a file has these seams: the first line, the middle, the end."""
        seams = (0, self.line), (self.tickets.end, self._between), (self.slots.end, _END)
        beyond = read(self.slots.end + len(_END), 1)
        return not beyond and all(read(at, len(text)) == text for at, text in seams)

    def file_bytes(self, box: Box) -> bytes:
        """Return the bytes of the whole file."""
        turns, slots = self.tickets.text(box.tickets), self.slots.text(box.slots)
        return b"".join((self.line, turns, self._between, slots, _END))

    def box(self, read: Read, slots: bool = True) -> Box:
        """Return the box in a file of this layout; without its holes if they aren't asked for.

        Raises:
            OtherLayoutError: Something in it isn't as we would write it.
        """
        found = self.slots.all(read) if slots else ()
        return Box(self.head, self.tickets.all(read), found)


def _counts(head: BoxHead) -> tuple[int, int]:
    """Return how many turns and holes there are."""
    return head.turns, head.turns * len(head.partners)


def _first_line(head: BoxHead) -> bytes:
    """Return the round's own document, stamped, and all before the turns, in ASCII."""
    stamped = BOX_FORMAT.add_checksum({"round": {"1": head.model_dump(mode="json")}})
    document = json.dumps(stamped["round"], separators=(",", ":"))
    return b'{"round":' + document.encode("ascii") + _AFTER


@lru_cache(maxsize=16)
def _head(line: bytes) -> BoxHead:
    """Return the round's own document from exactly these bytes, which may be asked for again.

    Raises:
        OtherLayoutError: They aren't what we would write, with its stamp.
    """
    try:
        document = cast(Any, read_json(line[len(_BEFORE) : line.rindex(_AFTER) - 1]))
        head = BoxHead.model_validate(
            {key: each for key, each in document.items() if key not in _STAMP}
        )
    except (ValueError, AttributeError) as error:
        raise OtherLayoutError from error
    if line != _line(_first_line(head), len(line)):
        raise OtherLayoutError
    return head


def _line(text: bytes, size: int) -> bytes:
    return text.ljust(size - 1) + b"\n"


def _read_line(read: Read) -> bytes:
    for size in _FIRST_LOOKS:
        data = read(0, size)
        end = data.find(b"\n") + 1
        if end and not end % SECTOR:
            return data[:end]
    raise OtherLayoutError


def _size(kind: SlotFormat[T], items: Sequence[T]) -> int:
    """Return the size of a slot for items sorted by id: it has room for the widest to come."""
    widest = max(map(kind.widest, items[-1:]), default=1)
    size = 1 << (widest - 1).bit_length()
    if size > SECTOR:
        raise LayoutError(f"a document of {widest} characters is larger than a sector")
    return size


def _shelf_found(kind: SlotFormat[T], count: int, start: int, read: Read) -> SlotArray[T]:
    """Return the shelf that begins at `start`: its first line break tells the size of a slot."""
    size = read(start, SECTOR).find(b"\n") + 1
    if count < 1 or size < 1 or SECTOR % size:
        raise OtherLayoutError
    return SlotArray(kind, start, size, count)


def _aligned(offset: int) -> int:
    return -(-offset // SECTOR) * SECTOR
