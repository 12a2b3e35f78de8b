"""Where a part of a box stands in its file, found once: what a swap looks at and puts there.

Knows slots and their bytes; must not know files or locks.
"""

from collections.abc import Sequence
from typing import NamedTuple

from peerreview.domain.round.box import Box, Change, Hole
from peerreview.store.box.box_layout import Layout
from peerreview.store.box.box_rules import check_base64
from peerreview.store.box.shelf import Pieces
from peerreview.store.box.slot import ROW, LayoutError


class Swap(NamedTuple):
    """What has to stand in a file of a layout, and what comes over it."""

    layout: Layout
    stand: Pieces
    over: Pieces


class Places:
    """The places of a part of a box, as if its file were laid out as we do: a look will tell.

    Raises:
        LayoutError: A document is larger than a sector.
    """

    def __init__(self, part: Box) -> None:
        self.layout = Layout.of(part)
        turns = [turn._replace(handed_in=up) for turn in part.turns for up in (False, True)]
        self._turns = dict(zip(turns, self.layout.turns.guessed(turns), strict=True))
        self._holes: dict[tuple[object, ...], tuple[int, bytes, bytes]] = {}
        slots = self.layout.holes.guessed(part.holes)
        for hole, (offset, slot) in zip(part.holes, slots, strict=True):
            row = slot.index(ROW) + len(ROW)
            self._holes[hole[:3]] = offset, slot[:row], slot[row + len(hole.row) :]

    def swap(self, seen: Box, change: Change) -> Swap:
        """Return how to put rows and flags over what was `seen`, holes before turns.

        Raises:
            LayoutError: It names no place of what was seen, or a row has another size.
        """
        check_base64([hole.row for hole in change.holes])
        try:
            stand = self._slots(seen.holes) + [self._turns[turn] for turn in seen.turns]
            over = self._slots(change.holes) + [self._turns[turn] for turn in change.turns]
        except KeyError as error:
            raise LayoutError("there is no such turn, or no such hole for this partner") from error
        if not dict(stand).keys() >= dict(over).keys():
            raise LayoutError("only what was seen is swapped")
        return Swap(self.layout, stand, over)

    def _slots(self, holes: Sequence[Hole]) -> Pieces:
        places = [(*self._holes[hole[:3]], hole.row) for hole in holes]
        slots = [(at, before + row.encode() + behind) for at, before, behind, row in places]
        if {len(slot) for _, slot in slots} - {self.layout.holes.size}:
            raise LayoutError("a row is of another length than in this box")
        return slots
