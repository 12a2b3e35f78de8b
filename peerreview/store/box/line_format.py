"""How one ticket or slot is written as a line of JSON, and read back.

Must not know where in the file a line lies.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from peerreview.domain.round.box import Slot, Ticket

ROW_PREFIX = b',"b":"'
"""The bytes right before the row in the line of a slot."""

TAG_LENGTH = 24
"""The number of characters every line has room for in its tag."""

T = TypeVar("T", Ticket, Slot)


class LayoutError(ValueError):
    """Tickets or slots that don't fit into a box file: a defect, or a file that was changed."""


class ForeignLayoutError(Exception):
    """The file isn't laid out as this program writes it, so all of it has to be read."""


@dataclass(frozen=True, slots=True)
class LineFormat(Generic[T]):
    """How the lines of one table are written and read.

    Attributes:
        to_lines: returns the lines of items, padded to a size in characters with the line break.
        pattern: matches one line.
        from_matches: returns the items from what `pattern.findall` returned.
        longest_line: returns the greatest size that the line of an item can reach.
    """

    to_lines: Callable[[Iterable[T], int], list[str]]
    pattern: re.Pattern[str]
    from_matches: Callable[[list[tuple[str, ...]]], list[T]]
    longest_line: Callable[[T], int]


def _ticket_lines(tickets: Iterable[Ticket], size: int) -> list[str]:
    json_values = {True: "true", False: "false"}
    return [
        f',"{number}":{{"h":"{tag}","in":{json_values[handed_in]}}}'.ljust(size - 1) + "\n"
        for number, tag, handed_in in tickets
    ]


def _tickets_from_matches(matches: list[tuple[str, ...]]) -> list[Ticket]:
    return [Ticket(int(number), tag, handed_in == "true") for number, tag, handed_in in matches]


def _longest_ticket_line(ticket: Ticket) -> int:
    return len(f',"{ticket.id}":{{"h":"{_LONGEST_TAG}","in":false}}\n')


def _slot_lines(slots: Iterable[Slot], size: int) -> list[str]:
    return [
        f',"{number}":{{"p":{partner},"h":"{tag}","b":"{row}"}}'.ljust(size - 1) + "\n"
        for number, partner, tag, row in slots
    ]


def _slots_from_matches(matches: list[tuple[str, ...]]) -> list[Slot]:
    return [Slot(int(number), int(partner), tag, row) for number, partner, tag, row in matches]


def _longest_slot_line(slot: Slot) -> int:
    # The index of a partner has three digits at most: no round has a thousand partners.
    return len(f',"{slot.id}":{{"p":999,"h":"{_LONGEST_TAG}","b":"{slot.row}"}}\n')


_LONGEST_TAG = "=" * TAG_LENGTH
_BASE64 = "[A-Za-z0-9+/=_-]"
_ID = '^[ ,]"(0|[1-9][0-9]{0,19})"'
_PARTNER = "(0|[1-9][0-9]{0,2})"
_TAG = f'"({_BASE64}{{0,{TAG_LENGTH}}})"'
_ROW = f'"({_BASE64}*)"'
_END = r"\} *\n"
TICKET_FORMAT: LineFormat[Ticket] = LineFormat(
    _ticket_lines,
    re.compile(rf'{_ID}:\{{"h":{_TAG},"in":(true|false){_END}', re.MULTILINE),
    _tickets_from_matches,
    _longest_ticket_line,
)
SLOT_FORMAT: LineFormat[Slot] = LineFormat(
    _slot_lines,
    re.compile(rf'{_ID}:\{{"p":{_PARTNER},"h":{_TAG},"b":{_ROW}{_END}', re.MULTILINE),
    _slots_from_matches,
    _longest_slot_line,
)
