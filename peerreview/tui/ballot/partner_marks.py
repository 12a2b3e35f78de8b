"""The partners beside the grid, or as marks in one line above it."""

from collections.abc import Sequence

from textual import events

from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import EntryState
from peerreview.domain.text import fit
from peerreview.services.turn import Turn
from peerreview.tui.kit.glyphs import CURSOR, MARKS
from peerreview.tui.kit.lines import LineList, Piece


class PartnerMarks(LineList[Partner], can_focus=False):
    """A narrow list of a turn's partners; where it is one line high, it shows their marks alone."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn.partners)
        self._turn = turn
        self.set_reactive(LineList.cursor, turn.cursor.partner)

    @property
    def _is_one_line(self) -> bool:
        return self.size.height == 1

    @property
    def _first_shown(self) -> int:
        """The index of the partner whose mark is the first in the one line."""
        width = self.size.width - 1
        return max(0, min(self.cursor - width // 2, self.line_count - width))

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's mark and name, or the marks that fit into the one line."""
        if self._is_one_line:
            first = self._first_shown
            shown = range(first, min(self.line_count, first + width - 1))
            return [(" ", "text"), *(self._mark(partner) for partner in shown)]
        return [
            (CURSOR if index == self.cursor else " ", "road"),
            self._mark(index),
            (f" {fit(self.items[index].name, max(1, width - 3))}",
             "strong" if index == self.cursor else "quiet"),
        ]  # fmt: skip

    def _mark(self, index: int) -> Piece:
        mark = self._turn.draft.entry_state(self.items[index].id)
        if self._is_one_line and index == self.cursor:
            return MARKS[mark], "active"
        return MARKS[mark], "they" if mark is EntryState.COUNTS else "quiet"

    def redraw_lines(self, *indexes: int) -> None:
        """Redraw these lines, or all of them if there is only the one line of marks."""
        if self._is_one_line:
            super().redraw_lines()
        else:
            super().redraw_lines(*indexes)

    async def on_click(self, event: events.Click) -> None:
        """Choose a partner with one click."""
        event.prevent_default()
        if self._is_one_line:
            index = self._first_shown + event.x - 1
        else:
            index = event.y + self.scroll_offset.y
        if self.is_selectable(index):
            self.post_message(self.Selected(self, index))
