"""The shape of a ballot box: turns and holes of fixed size. What is inside is nobody's here.

Tags and rows are base64 text of fixed length; an empty tag means the place is still free.
The secrets behind them are the ballot box package's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import Field

from peerreview.domain.round import KeeperRule
from peerreview.domain.value import Value


class Wrap(Value):
    """The box's private key, wrapped under one keeper's key. Base64 texts."""

    salt: str
    sealed: str


class BoxHead(Value):
    """What everybody may know of a box: the round, its public key, salt, partners, limits."""

    round_id: str
    number: int
    public_key: str
    salt: str
    wraps: tuple[Wrap, ...] = Field(min_length=1, max_length=3)
    partners: tuple[str, ...]
    heads: int
    turns: int
    keepers: KeeperRule


@dataclass(frozen=True, slots=True)
class Hole:
    """One pigeonhole: `partner` is the index in `BoxHead.partners`."""

    id: int
    partner: int
    tag: str
    row: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One right to a ballot: free while `tag` is empty, then drawn, then handed in."""

    id: int
    tag: str
    handed_in: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Some turns and holes of a box, by their ids: what a rater's own business touches."""

    turns: tuple[int, ...] = ()
    holes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """The box, or a part of it; holes and turns sorted by their random ids."""

    head: BoxHead
    turns: tuple[Turn, ...]
    holes: tuple[Hole, ...]

    @property
    def drawn(self) -> int:
        """How many codes have been drawn."""
        return sum(1 for turn in self.turns if turn.tag)

    @property
    def handed_in(self) -> int:
        """How many ballots are in."""
        return sum(1 for turn in self.turns if turn.handed_in)

    @property
    def places(self) -> Places:
        """The ids of all turns and holes here."""
        return Places(tuple(each.id for each in self.turns), tuple(each.id for each in self.holes))

    def part(self, only: Places) -> "Box":
        """Return the box with just the turns and holes of `only`, as far as there are such."""
        turns, holes = set(only.turns), set(only.holes)
        return Box(
            self.head,
            tuple(turn for turn in self.turns if turn.id in turns),
            tuple(hole for hole in self.holes if hole.id in holes),
        )

    def changed(self, change: "Change") -> "Box":
        """Return the box with the turns and holes of `change` in their places."""
        turns = {turn.id: turn for turn in change.turns}
        holes = {hole.id: hole for hole in change.holes}
        return Box(
            self.head,
            tuple(turns.get(turn.id, turn) for turn in self.turns),
            tuple(holes.get(hole.id, hole) for hole in self.holes),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Turns and holes to overwrite in place; ids and sizes never change."""

    turns: Iterable[Turn] = field(default=())
    holes: Iterable[Hole] = field(default=())
