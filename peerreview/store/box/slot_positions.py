"""Where a part of a box stands in its file, found once: what a swap looks at and puts there.

Knows slots and their bytes; must not know files or locks.
"""

from collections.abc import Sequence
from typing import NamedTuple

from peerreview.domain.round.box import Box, Change, Slot
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.box_rules import check_base64
from peerreview.store.box.slot_array import Pieces
from peerreview.store.box.slot_format import ROW, LayoutError


class PlannedSwap(NamedTuple):
    """What has to stand in a file of a layout, and what comes over it."""

    layout: BoxLayout
    stand: Pieces
    over: Pieces


class SlotPositions:
    """The places of a part of a box, as if its file were laid out as we do: a look will tell.

    Raises:
        LayoutError: A document is larger than a sector.
    """

    def __init__(self, part: Box) -> None:
        self.layout = BoxLayout.for_box(part)
        tickets = [ticket._replace(handed_in=up) for ticket in part.tickets for up in (False, True)]
        self._tickets = dict(zip(tickets, self.layout.tickets.guessed(tickets), strict=True))
        self._slots: dict[tuple[object, ...], tuple[int, bytes, bytes]] = {}
        texts = self.layout.slots.guessed(part.slots)
        for slot, (offset, text) in zip(part.slots, texts, strict=True):
            row = text.index(ROW) + len(ROW)
            self._slots[slot[:3]] = offset, text[:row], text[row + len(slot.row) :]

    def swap(self, seen: Box, change: Change) -> PlannedSwap:
        """Return how to put rows and flags over what was `seen`, holes before turns.

        Raises:
            LayoutError: It names no place of what was seen, or a row has another size.
        """
        check_base64([slot.row for slot in change.slots])
        try:
            stand = self._slot_texts(seen.slots) + [
                self._tickets[ticket] for ticket in seen.tickets
            ]
            over = self._slot_texts(change.slots) + [
                self._tickets[ticket] for ticket in change.tickets
            ]
        except KeyError as error:
            raise LayoutError("there is no such turn, or no such hole for this partner") from error
        if not dict(stand).keys() >= dict(over).keys():
            raise LayoutError("only what was seen is swapped")
        return PlannedSwap(self.layout, stand, over)

    def _slot_texts(self, slots: Sequence[Slot]) -> Pieces:
        positions = [(*self._slots[slot[:3]], slot.row) for slot in slots]
        texts = [
            (offset, before + row.encode() + behind) for offset, before, behind, row in positions
        ]
        if {len(text) for _, text in texts} - {self.layout.slots.size}:
            raise LayoutError("a row is of another length than in this box")
        return texts
