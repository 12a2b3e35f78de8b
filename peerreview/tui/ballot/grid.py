"""The full grid of one partner: all its questions, and the street so far."""

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.rating.ballot import Standing
from peerreview.domain.text import printable
from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.grid_lines import Grid
from peerreview.tui.ballot.partner_marks import PartnerMarks
from peerreview.tui.ballot.prompts import QuestionPrompt, grid_prompt
from peerreview.tui.ballot.rating import SHARED, RatingScreen
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.lines import LineList

_LEFT_OUT = {
    Standing.UNKNOWN: "you don't know them",
    Standing.OURS: "that's us, or in dispute",
}


class GridScreen(RatingScreen):
    """Every question about one partner; its result is True to go straight to check and cast."""

    NAME = "RATE"
    COMMANDS_HERE = (
        Command("enter,pagedown", "partner(1)", "next", "Enter", help="The next partner."),
        *SHARED[:-1],
        Command("escape", "back", "ballot", "Esc", help="Back to the ballot; nothing is lost."),
        HELP,
    )

    def __init__(self, turn: Turn, start: BallotCursor) -> None:
        self.grid = Grid(turn)
        self._marks = PartnerMarks(turn)
        self._heading = Static(id="who", classes="heading")
        self._opened_from = turn.cursor
        self._partner = start.partner
        super().__init__(turn, self.grid, start)

    def compose_body(self) -> Iterable[Widget]:
        """Yield partners, grid and question."""
        yield Container(self._marks, Vertical(self._heading, self.grid), id="sides")
        yield self._question_line

    def ballot_cursor(self) -> BallotCursor:
        """Return the partner, the ballot's column to return to, and the question."""
        return BallotCursor(self._partner, self.turn.cursor.column, self.grid.question.id)

    def move_cursor(self, cursor: BallotCursor) -> None:
        """Show a partner, with the cursor on a question, or else on the first one."""
        self._partner = self._marks.cursor = cursor.partner
        self.grid.show_partner(cursor.partner, cursor.question)

    def prompt(self) -> QuestionPrompt:
        """Return what is asked at the cursor."""
        return grid_prompt(self.turn, self._partner, self.grid.question)

    def next_question(self) -> None:
        """Move to the next question; after the last one say that Enter goes on."""
        if not self.grid.next_question():
            text = "All answered. Enter: next partner."
            self._question_line.prompt = replace(self.prompt(), text=text)

    def action_partner(self, by: int) -> None:
        """Show another partner, `by` lines further; past either end go back to the ballot."""
        partner = self._partner + by
        if not 0 <= partner < len(self.turn.partners):
            self.action_back()
            return
        self._show_partner(partner)

    def _show_partner(self, partner: int) -> None:
        self.turn.cursor = BallotCursor(partner)
        self.move_cursor(self.turn.cursor)
        self.show_turn()

    @on(LineList.Selected, "PartnerMarks")
    def show_chosen_partner(self, event: LineList.Selected) -> None:
        """Show the partner that was clicked."""
        self._show_partner(event.index)

    def _cell_on_ballot(self) -> BallotCursor:
        """Return the cell to return to: where the grid was opened, or another partner's first."""
        if self._opened_from.partner == self._partner:
            return self._opened_from
        return BallotCursor(self._partner)

    def action_back(self) -> None:
        """Go back to the ballot."""
        self.turn.cursor = self._cell_on_ballot()
        self.dismiss(False)

    def action_check(self) -> None:
        """Leave for the check."""
        self.turn.cursor = self._cell_on_ballot()
        self.dismiss(True)

    def show_turn(self) -> None:
        """Redraw the line at the cursor, the partner's mark and the heading."""
        super().show_turn()
        partner = self.turn.partners[self._partner]
        self._marks.redraw_lines(self._partner)
        standing = self.turn.draft.entries[partner.id].standing
        about = _LEFT_OUT.get(standing, f"{partner.kind} · last 12 months")
        number = f" {self._partner + 1}/{len(self.turn.partners)}  "
        heading = Content.assemble(
            (number, "$quiet"), (printable(partner.name), "bold"), (f"  {about}", "$quiet")
        )
        if heading != self._heading.content:
            self._heading.update(heading, layout=False)
