"""Compare and swap, made ready before anybody waits: what has to stand, what comes over it.

Knows slots and their bytes; must not know files or locks.
"""

from dataclasses import dataclass

from peerreview.domain.box import Box, Change
from peerreview.store.box_layout import Layout
from peerreview.store.slot import ROW


@dataclass(frozen=True, slots=True)
class Swap:
    """The bytes that have to stand in some slots of a layout, and those that come over them.

    A row that another comes over may be any.
    """

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
        filled = holes.guessed(change.holes)
        changed = {hole.id for hole in change.holes}
        stand = [(offset, slot[: slot.index(ROW)]) for offset, slot in filled]
        stand += holes.guessed([hole for hole in seen.holes if hole.id not in changed])
        stand += turns.guessed(seen.turns)
        return cls(layout, stand, filled + turns.guessed(change.turns))
