"""The partners beside the grid: how far each one is, and which one is open."""

from collections.abc import Sequence

from peerreview.domain.ballot import Mark
from peerreview.tui.glyphs import CURSOR, MARKS
from peerreview.tui.text import fit
from peerreview.services.turn import Turn
from peerreview.tui.widgets.lines import Lines, Piece


class PartnerMarks(Lines, can_focus=False):
    """A narrow list of a turn's partners."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._turn = turn
        self.set_reactive(Lines.cursor, turn.place.partner)

    @property
    def count(self) -> int:
        """A line a partner."""
        return len(self._turn.partners)

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a mark and a name."""
        partner = self._turn.partners[index]
        mark, on = self._turn.draft.mark(partner.id), index == self.cursor
        return [
            (CURSOR if on else " ", "road"),
            (MARKS[mark], "they" if mark is Mark.COUNTS else "quiet"),
            (f" {fit(partner.name, max(1, width - 3))}", "strong" if on else "quiet"),
        ]

    def clicked(self, index: int, x: int, again: bool) -> None:
        """Choose a partner with one click."""
        super().clicked(index, x, True)
