"""One pigeonhole as text: a line of JSON that reads back to exactly one turn or hole.

Knows how a document is spelled; must not know where it lies.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from peerreview.domain.round.box import Slot, Ticket

ROW = b',"b":"'
"""What comes right before a row in its slot."""

TAG_LENGTH = 24
"""Room for a tag in every document, taken or free."""

T = TypeVar("T", Ticket, Slot)


class LayoutError(ValueError):
    """Something that has no place in fixed pigeonholes: a program's mistake, or a foreign file."""


class OtherLayoutError(Exception):
    """A file that isn't laid out as we do: it has to be looked at whole before anything is said."""


@dataclass(frozen=True, slots=True)
class SlotFormat(Generic[T]):
    """One sort of document: how it is written, what is read back, and how wide it may get."""

    lines: Callable[[Iterable[T], int], list[str]]  # of a size, with its line break, if they fit
    pattern: re.Pattern[str]
    made: Callable[[list[tuple[str, ...]]], list[T]]
    widest: Callable[[T], int]


def _turn_lines(turns: Iterable[Ticket], size: int) -> list[str]:
    said = {True: "true", False: "false"}
    return [
        f',"{number}":{{"h":"{tag}","in":{said[handed_in]}}}'.ljust(size - 1) + "\n"
        for number, tag, handed_in in turns
    ]


def _hole_lines(slots: Iterable[Slot], size: int) -> list[str]:
    return [
        f',"{number}":{{"p":{partner},"h":"{tag}","b":"{row}"}}'.ljust(size - 1) + "\n"
        for number, partner, tag, row in slots
    ]


_BASE64, _END = "[A-Za-z0-9+/=_-]", r"\} *\n"
_ID, _PARTNER = '^[ ,]"(0|[1-9][0-9]{0,19})"', "(0|[1-9][0-9]{0,2})"
_TAG, _ROW = f'"({_BASE64}{{0,{TAG_LENGTH}}})"', f'"({_BASE64}*)"'
_FULL = "=" * TAG_LENGTH
TURN: SlotFormat[Ticket] = SlotFormat(
    _turn_lines,
    re.compile(rf'{_ID}:\{{"h":{_TAG},"in":(true|false){_END}', re.MULTILINE),
    lambda found: [Ticket(int(number), tag, said == "true") for number, tag, said in found],
    lambda turn: len(f',"{turn.id}":{{"h":"{_FULL}","in":false}}\n'),
)
HOLE: SlotFormat[Slot] = SlotFormat(
    _hole_lines,
    re.compile(rf'{_ID}:\{{"p":{_PARTNER},"h":{_TAG},"b":{_ROW}{_END}', re.MULTILINE),
    lambda found: [Slot(int(number), int(p), tag, row) for number, p, tag, row in found],
    # No round has a thousand partners.
    lambda hole: len(f',"{hole.id}":{{"p":999,"h":"{_FULL}","b":"{hole.row}"}}\n'),
)
