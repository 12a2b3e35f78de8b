"""The full grid of one partner: all twenty questions, and the street so far."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.ballot import Standing, read
from peerreview.domain.criteria import Question, Side
from peerreview.domain.lane import LINES, lane
from peerreview.tui.commands import HELP, Command, bindings
from peerreview.tui.screens.rating import ANSWERS, SHARED, RatingScreen
from peerreview.tui.text import safe
from peerreview.services.turn import Place, Turn
from peerreview.tui.widgets.cells import colored
from peerreview.tui.widgets.grid import Grid
from peerreview.tui.widgets.lines import Lines
from peerreview.tui.widgets.partner_marks import PartnerMarks
from peerreview.tui.widgets.question import QuestionLine

_COMMANDS = (
    Command("enter,pagedown", "partner(1)", "next", "Enter", help="The next partner."),
    *SHARED[:-1],
    Command("escape", "back", "ballot", "Esc", help="Back to the ballot; nothing is lost."),
    HELP,
    Command("left,h", "column(-1)", "they", "←", shown=False),
    Command("right,l", "column(1)", "we", "→", shown=False),
    Command("backspace,pageup", "partner(-1)", "previous", "Backspace", shown=False),
)
_LEFT_OUT = {
    Standing.UNKNOWN: "you don't know them",
    Standing.OURS: "that's us, or in dispute",
}


class GridScreen(RatingScreen[bool]):
    """Every question about one partner. Gives True to go straight to check and cast."""

    NAME = "RATE"
    COMMANDS_HERE = _COMMANDS
    BINDINGS: ClassVar = bindings((*ANSWERS, *_COMMANDS))

    def __init__(self, turn: Turn, question_id: str | None = None) -> None:
        super().__init__(turn)
        self._came_from = turn.place
        self._partner = turn.place.partner
        self._first = question_id

    def body(self) -> Iterable[Widget]:
        """Yield the partners, the grid, the question, the street so far."""
        yield Horizontal(
            PartnerMarks(self.turn),
            Vertical(Static(id="who", classes="heading"), Grid(self.turn)),
        )
        yield QuestionLine()
        yield Static(id="street", classes="line pad")

    @property
    def grid(self) -> Grid:
        """The questions."""
        return self.query_one(Grid)

    def on_mount(self) -> None:
        """Start with the first question, or with the one asked for."""
        self.grid.focus()
        self.watch(self.grid, "cursor", self.show_question, init=False)
        self.watch(self.grid, "column", self.show_question, init=False)
        if self._first:
            self.grid.find(self._first)
        self.show()
        self.show_question()

    def place(self) -> Place:
        """Return the partner, the ballot's column to come back to, and the question."""
        return Place(self._partner, self.turn.place.column, self.grid.question.id)

    def question(self) -> Question | None:
        """Return the question at the cursor."""
        return self.grid.question

    def advance(self) -> None:
        """Go on to the next question; the last one waits for Enter."""
        if not self.grid.advance():
            self.query_one(QuestionLine).prompt = "All answered. Enter: next partner."

    def next_partner(self) -> None:
        """Go on to the next partner."""
        self.action_partner(1)

    def action_partner(self, by: int) -> None:
        """Show another partner; past the last one, back to the ballot."""
        partner = self._partner + by
        if not 0 <= partner < len(self.turn.partners):
            self.action_back()
            return
        self._show_partner(partner)

    def _show_partner(self, partner: int) -> None:
        self._partner = partner
        self.turn.place = Place(partner, 0)
        self.query_one(PartnerMarks).cursor = partner
        self.grid.show(partner)
        self.show()
        self.show_question()

    @on(Lines.Chosen, "PartnerMarks")
    def partner_chosen(self, event: Lines.Chosen) -> None:
        """Show the partner clicked."""
        self._show_partner(event.index)

    def action_column(self, by: int) -> None:
        """Move between they and we."""
        self.grid.column = max(0, min(1, self.grid.column + by))

    def _way_back(self) -> Place:
        """Return the ballot's cell one came from, or another partner's first."""
        came = self._came_from
        return came if came.partner == self._partner else Place(self._partner, 0)

    def action_back(self) -> None:
        """Go back to the ballot."""
        self.turn.place = self._way_back()
        self.dismiss(False)

    def action_check(self) -> None:
        """Go on to check and cast."""
        self.turn.place = self._way_back()
        self.dismiss(True)

    def returned(self) -> None:
        """Show the partner and the question where a step was undone."""
        place = self.turn.place
        if place.partner != self._partner:
            self._show_partner(place.partner)
        self.grid.find(place.question)
        self.grid.changed()
        self.show()

    def show(self) -> None:
        """Draw the partner, its mark, and the street so far."""
        partner = self.turn.partners[self._partner]
        entry = self.turn.draft.entries[partner.id]
        self.show_state()
        self.grid.changed(self.grid.cursor)
        self.query_one(PartnerMarks).changed(self._partner)
        about = _LEFT_OUT.get(entry.standing, f"{partner.kind} · last 12 months, first hand")
        number = f"{self._partner + 1}/{len(self.turn.partners)}"
        self.query_one("#who", Static).update(
            Content.assemble((f" {number}  ", "$quiet"), safe(partner.name).stylize("bold"),
                             (f"  {about}", "$quiet")), layout=False
        )  # fmt: skip
        self.query_one("#street", Static).update(self._street(), layout=False)

    def _street(self) -> Content:
        """Return the picture of the answers so far."""
        partner = self.turn.partners[self._partner]
        entry, criteria = self.turn.draft.entries[partner.id], self.turn.draft.sets[partner.id]
        answers = entry.row_answers(criteria)
        get, give = (read(criteria, answers, side) for side in (Side.GET, Side.GIVE))
        picture = lane(get and get.value, give and give.value, 13).replace(" ", LINES.empty)
        if LINES.center not in picture:
            picture = LINES.empty * 13 + LINES.center + LINES.empty * 13
        return Content.assemble(
            ("Your street so far:  ", "$quiet"),
            ("comes back ", "$they"),
            colored(picture),
            (" we give", "$we"),
        )

    def show_question(self) -> None:
        """Show the question at the cursor."""
        line = self.query_one(QuestionLine)
        line.set_reactive(QuestionLine.prompt, "")
        line.question = self.grid.question
        line.refresh()
