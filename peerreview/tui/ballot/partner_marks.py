"""The partners beside the grid, or in one line above it: how far each is, and which is open."""

from collections.abc import Sequence

from textual import events

from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import EntryState
from peerreview.domain.text import fit
from peerreview.services.turn import Turn
from peerreview.tui.kit.glyphs import CURSOR, MARKS
from peerreview.tui.kit.lines import LineList, Piece


class PartnerMarks(LineList[Partner], can_focus=False):
    """A narrow list of a turn's partners; one line high, it shows their marks alone."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn.partners)
        self._turn = turn
        self.set_reactive(LineList.cursor, turn.cursor.partner)

    @property
    def _folded(self) -> bool:
        return self.size.height == 1

    @property
    def _first(self) -> int:
        """The first partner whose mark is shown in the one line."""
        width = self.size.width - 1
        return max(0, min(self.cursor - width // 2, self.line_count - width))

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a mark and a name, or all the marks that fit around the cursor's."""
        if self._folded:
            first = self._first
            shown = range(first, min(self.line_count, first + width - 1))
            return [(" ", "text"), *(self._mark(each) for each in shown)]
        return [
            (CURSOR if index == self.cursor else " ", "road"),
            self._mark(index),
            (f" {fit(self.items[index].name, max(1, width - 3))}",
             "strong" if index == self.cursor else "quiet"),
        ]  # fmt: skip

    def _mark(self, index: int) -> Piece:
        mark = self._turn.draft.mark(self.items[index].id)
        counts = "they" if mark is EntryState.COUNTS else "quiet"
        return MARKS[mark], "active" if self._folded and index == self.cursor else counts

    def redraw_lines(self, *indexes: int) -> None:
        """Draw the lines named anew; folded there is only one."""
        super().redraw_lines(*(() if self._folded else indexes))

    async def on_click(self, event: events.Click) -> None:
        """Choose a partner with one click."""
        event.prevent_default()
        index = self._first + event.x - 1 if self._folded else event.y + self.scroll_offset.y
        if self.is_selectable(index):
            self.post_message(self.Selected(self, index))
