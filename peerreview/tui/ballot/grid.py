"""The full grid of one partner: all twenty questions, and the street so far."""

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
from peerreview.tui.ballot.question import QuestionPrompt
from peerreview.tui.ballot.rating import SHARED, RatingScreen
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.lines import LineList

_LEFT_OUT = {
    Standing.UNKNOWN: "you don't know them",
    Standing.OURS: "that's us, or in dispute",
}


class GridScreen(RatingScreen):
    """Every question about one partner. Gives True to go straight to check and cast."""

    NAME = "RATE"
    COMMANDS_HERE = (
        Command("enter,pagedown", "partner(1)", "next", "Enter", help="The next partner."),
        *SHARED[:-1],
        Command("escape", "back", "ballot", "Esc", help="Back to the ballot; nothing is lost."),
        HELP,
    )

    def __init__(self, turn: Turn, start: BallotCursor) -> None:
        self.grid, self._marks = Grid(turn), PartnerMarks(turn)
        self._who = Static(id="who", classes="heading")
        self._came_from, self._partner = turn.cursor, start.partner
        super().__init__(turn, self.grid, start)

    def compose_body(self) -> Iterable[Widget]:
        """Yield the partners, the grid, the question."""
        yield Container(self._marks, Vertical(self._who, self.grid), id="sides")
        yield self._question_line

    def place(self) -> BallotCursor:
        """Return the partner, the ballot's column to come back to, and the question."""
        return BallotCursor(self._partner, self.turn.cursor.column, self.grid.question.id)

    def go(self, place: BallotCursor) -> None:
        """Show a partner, at a question or from the first one on."""
        self._partner = self._marks.cursor = place.partner
        self.grid.go(place.partner, place.question)

    def asked(self) -> QuestionPrompt:
        """Return the question at the cursor."""
        question = self.grid.question
        criteria = self.turn.draft.sets[self.turn.partners[self._partner].id]
        where = f"{criteria.position[question.id] + 1} of {len(criteria.questions)}"
        return QuestionPrompt(question, "", where, "", self.turn.sides(self._partner))

    def advance(self) -> None:
        """Go on to the next question; the last one waits for Enter."""
        if not self.grid.advance():
            done = replace(self.asked(), prompt="All answered. Enter: next partner.")
            self._question_line.asked = done

    def action_partner(self, by: int) -> None:
        """Show another partner; past the last one, back to the ballot."""
        partner = self._partner + by
        if not 0 <= partner < len(self.turn.partners):
            self.action_back()
            return
        self._open(partner)

    def _open(self, partner: int) -> None:
        self.turn.cursor = BallotCursor(partner)
        self.go(self.turn.cursor)
        self.show()

    @on(LineList.Selected, "PartnerMarks")
    def partner_chosen(self, event: LineList.Selected) -> None:
        """Show the partner clicked."""
        self._open(event.index)

    def _way_back(self) -> BallotCursor:
        """Return the ballot's cell one came from, or another partner's first."""
        came = self._came_from
        return came if came.partner == self._partner else BallotCursor(self._partner)

    def action_back(self) -> None:
        """Go back to the ballot."""
        self.turn.cursor = self._way_back()
        self.dismiss(False)

    def action_check(self) -> None:
        """Go on to check and cast."""
        self.turn.cursor = self._way_back()
        self.dismiss(True)

    def show(self) -> None:
        """Draw the partner, its mark, and what changed at the cursor."""
        super().show()
        partner = self.turn.partners[self._partner]
        self._marks.redraw_lines(self._partner)
        standing = self.turn.draft.entries[partner.id].standing
        about = _LEFT_OUT.get(standing, f"{partner.kind} · last 12 months")
        number = f" {self._partner + 1}/{len(self.turn.partners)}  "
        told = Content.assemble(
            (number, "$quiet"),
            (printable(partner.name), "bold"),
            (f"  {about}", "$quiet"),
        )
        if told != self._who.content:
            self._who.update(told, layout=False)
