"""The expected positions of one rater's part in the box file, worked out once for a turn.

A cast then compares and overwrites only these lines, however large the box is. Must not know files
or locks.
"""

from collections.abc import Sequence
from typing import NamedTuple

from peerreview.domain.round.box import Box, BoxChange, Slot
from peerreview.store.box.box_checks import check_base64
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.line_format import ROW_PREFIX, LayoutError
from peerreview.store.box.line_table import Pieces


class PreparedUpdate(NamedTuple):
    """An update of a file of one layout.

    Attributes:
        layout: the layout that the file must have.
        expected: what must stand in the file.
        new: what is written over it.
    """

    layout: BoxLayout
    expected: Pieces
    new: Pieces


class PreparedPart:
    """The lines of a part of a box, on the assumption that the file is laid out by this program.

    Raises:
        LayoutError: A ticket or slot is larger than a sector.
    """

    def __init__(self, part: Box) -> None:
        self.layout = BoxLayout.for_box(part)
        tickets = [
            ticket._replace(handed_in=handed_in)
            for ticket in part.tickets
            for handed_in in (False, True)
        ]
        ticket_pieces = self.layout.tickets.expected_pieces(tickets)
        self._tickets = dict(zip(tickets, ticket_pieces, strict=True))
        self._slots: dict[tuple[object, ...], tuple[int, bytes, bytes]] = {}
        """By id, partner and tag of a slot: its offset, and its line before and after the row."""
        slot_pieces = self.layout.slots.expected_pieces(part.slots)
        for slot, (offset, line) in zip(part.slots, slot_pieces, strict=True):
            row = line.index(ROW_PREFIX) + len(ROW_PREFIX)
            self._slots[slot[:3]] = offset, line[:row], line[row + len(slot.row) :]

    def prepare_update(self, expected: Box, change: BoxChange) -> PreparedUpdate:
        """Return the bytes that must be there, and the bytes to write: slots before tickets.

        Raises:
            LayoutError: The change names nothing in `expected`, or a row has another length.
        """
        check_base64([slot.row for slot in change.slots])
        try:
            expected_pieces = self._slot_pieces(expected.slots)
            expected_pieces += [self._tickets[ticket] for ticket in expected.tickets]
            new_pieces = self._slot_pieces(change.slots)
            new_pieces += [self._tickets[ticket] for ticket in change.tickets]
        except KeyError as error:
            raise LayoutError(
                "there is no such ticket, or no such slot for this partner"
            ) from error
        if not dict(expected_pieces).keys() >= dict(new_pieces).keys():
            raise LayoutError("only expected tickets and slots can be overwritten")
        return PreparedUpdate(self.layout, expected_pieces, new_pieces)

    def _slot_pieces(self, slots: Sequence[Slot]) -> Pieces:
        pieces: Pieces = []
        for slot in slots:
            offset, before_row, after_row = self._slots[slot[:3]]
            line = before_row + slot.row.encode() + after_row
            if len(line) != self.layout.slots.line_size:
                raise LayoutError("a row is of another length than in this box")
            pieces.append((offset, line))
        return pieces
