"""The shape of a ballot box: turns and holes of fixed size. What is inside is nobody's here.

Tags and rows are base64 text of fixed length; an empty tag means the place is still free.
The secrets behind them are the ballot box package's business.
"""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from peerreview.domain.round.round import KeeperRule
from peerreview.domain.value import Value


def _bytes(count: int) -> AfterValidator:
    """Return a check for base64 text of exactly `count` bytes."""

    def check(text: str) -> str:
        found = len(b64decode(text, validate=True))
        if found != count:
            raise ValueError(f"{found} bytes, not {count}")
        return text

    return AfterValidator(check)


Salt = Annotated[str, _bytes(16)]

LOWEST_ID = 10**15
"""The least id that is drawn for a box; all are of one length, so that none changes a size."""


def id_spacing(count: int) -> int:
    """Return how far apart the stretches are, one a place, in which ids are drawn at random.

    An id lies in the first eighth of its stretch: so it tells where it stands among all sorted by
    id, and the gaps say nothing.
    """
    return 9 * LOWEST_ID // max(1, count)


class WrappedKey(Value):
    """The box's private key, wrapped under one keeper's key. Base64 texts."""

    salt: Salt
    sealed: Annotated[str, _bytes(72)]


class BoxHead(Value):
    """What everybody may know of a box: the round, its public key, salt, partners, limits."""

    round_id: str
    number: int
    public_key: Annotated[str, _bytes(32)]
    salt: Salt
    wraps: tuple[WrappedKey, ...] = Field(min_length=1, max_length=3)
    partners: tuple[str, ...]
    heads: int
    turns: int = Field(ge=1, le=1_000_000)
    keepers: KeeperRule


class Slot(NamedTuple):
    """One pigeonhole: `partner` is the index in `BoxHead.partners`."""

    id: int
    partner: int
    tag: str
    row: str


class Ticket(NamedTuple):
    """One right to a ballot: free while `tag` is empty, then drawn, then handed in."""

    id: int
    tag: str
    handed_in: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The box, or a part of it; holes and turns sorted by their random ids."""

    head: BoxHead
    tickets: tuple[Ticket, ...]
    slots: tuple[Slot, ...]

    @property
    def codes_drawn(self) -> int:
        """How many codes have been drawn."""
        return sum(1 for turn in self.tickets if turn.tag)

    @property
    def ballots_in(self) -> int:
        """How many ballots are in."""
        return sum(1 for turn in self.tickets if turn.handed_in)

    def matching_part(self, seen: "Box") -> "Box":
        """Return the turns and holes that `seen` has, as they are here; others are left out."""
        turns, slots = {turn.id for turn in seen.tickets}, {hole.id for hole in seen.slots}
        return Box(
            self.head,
            tuple(turn for turn in self.tickets if turn.id in turns),
            tuple(hole for hole in self.slots if hole.id in slots),
        )

    def with_change(self, change: "BoxChange") -> "Box":
        """Return the box with the turns and holes of `change` in their places."""
        turns = {turn.id: turn for turn in change.tickets}
        slots = {hole.id: hole for hole in change.slots}
        return Box(
            self.head,
            tuple(turns.get(turn.id, turn) for turn in self.tickets),
            tuple(slots.get(hole.id, hole) for hole in self.slots),
        )


@dataclass(frozen=True, slots=True)
class BoxChange:
    """Turns and holes to overwrite in place; ids and sizes never change."""

    tickets: Sequence[Ticket] = ()
    slots: Sequence[Slot] = ()
