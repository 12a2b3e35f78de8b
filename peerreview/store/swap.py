"""Compare and swap, made ready before anybody waits: what has to stand, what comes over it.

Knows slots and their bytes; must not know files or locks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from peerreview.domain.box import Box, Change, Hole, Turn
from peerreview.store.box_layout import Layout
from peerreview.store.shelf import Read


@dataclass(frozen=True, slots=True)
class Swap:
    """The bytes that have to stand in some slots of a layout, and those that come over them."""

    layout: Layout
    stand: list[tuple[int, bytes]]
    over: list[tuple[int, bytes]]

    @classmethod
    def of(cls, seen: Box, change: Change) -> "Swap":
        """Return how to put `change` over what was `seen`, holes before turns.

        It is made from these alone, as if the file were laid out as we do: a look will tell.

        Raises:
            LayoutError: A document is larger than a sector.
        """
        layout = Layout.of(seen)
        turns, holes = layout.turns, layout.holes

        def pieces(turn: Iterable[Turn], hole: Iterable[Hole]) -> list[tuple[int, bytes]]:
            return holes.pieces(holes.likely(hole), hole) + turns.pieces(turns.likely(turn), turn)

        return cls(layout, pieces(seen.turns, seen.holes), pieces(change.turns, change.holes))

    def stands(self, read: Read) -> bool:
        """Tell whether the file is laid out so, and everything in it stands as it was seen."""
        return self.layout.holds(read) and all(
            read(offset, len(slot)) == slot for offset, slot in self.stand
        )
