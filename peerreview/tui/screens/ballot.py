"""The quick ballot: two counts and a deal-breaker check a partner, about ninety seconds."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.criteria import Question
from peerreview.tui.commands import Command, bindings
from peerreview.tui.screens.ask import AskYesNo
from peerreview.tui.screens.rating import ANSWERS, SHARED, RatingScreen
from peerreview.services.turn import Place
from peerreview.tui.widgets.ballot_list import THEY, UGLY, BallotList, heading
from peerreview.tui.widgets.lines import Lines
from peerreview.tui.widgets.question import QuestionLine

_COMMANDS = (
    Command("enter", "more", "more about them", "Enter", help="All questions about this partner."),
    *SHARED,
    Command("left,h", "column(-1)", "left", "←", shown=False),
    Command("right,l", "column(1)", "right", "→", shown=False),
    Command("backspace,pageup", "partner(-1)", "previous", "Backspace", shown=False),
    Command("pagedown", "partner(1)", "next", "PgDn", shown=False),
    Command("exclamation_mark", "ugly", "open deal-breakers", "!", shown=False,
            help="The deal-breakers of this partner, one by one."),
    Command("escape", "leave", "leave", "Esc", shown=False,
            help="Leave the turn; asks if answers would be lost."),
)  # fmt: skip


class BallotScreen(RatingScreen[bool]):
    """The list of all partners. Gives True to check and cast, False to leave the turn."""

    NAME = "BALLOT"
    COMMANDS_HERE = _COMMANDS
    BINDINGS: ClassVar = bindings((*ANSWERS, *_COMMANDS))

    def body(self) -> Iterable[Widget]:
        """Yield headings, the list, the question."""
        yield Static(classes="heading", id="heading")
        yield BallotList(self.turn)
        yield QuestionLine()

    @property
    def list(self) -> BallotList:
        """The list of partners."""
        return self.query_one(BallotList)

    def on_mount(self) -> None:
        """Start where the turn stands."""
        self.list.focus()
        self.watch(self.list, "cursor", self.show_question, init=False)
        self.watch(self.list, "column", self.show_question, init=False)
        self.show_question()

    def on_resize(self) -> None:
        """Put the headings over their columns, once a scrollbar that narrows them is known."""
        self.call_after_refresh(self._show_heading)

    def _show_heading(self) -> None:
        lines = heading(self.list.scrollable_content_region.width)
        text = Content("\n").join([Content.styled(lines[0], "$quiet"), Content(lines[1])])
        self.query_one("#heading", Static).update(text)

    def place(self) -> Place:
        """Return partner and cell at the cursor."""
        return Place(self.list.cursor, self.list.column)

    def question(self) -> Question | None:
        """Return the count asked at the cursor; past the counts, the next partner's first."""
        if not self.turn.partners:
            return None
        criteria = self.turn.draft.sets[self.turn.partners[self.list.cursor].id]
        if self.list.column == UGLY:
            return next(iter(criteria.questions[-len(criteria.deal_breaker) :]), None)
        return criteria.questions[criteria.position[criteria.pair[self.list.column]]]

    def action_answer(self, answer: int) -> None:
        """Answer a count. Past the counts a digit already answers for the next partner."""
        if self.list.column == UGLY:
            if not answer:
                self.next_partner()
                return
            if self.list.step(1) == self.list.cursor:
                self.app.bell()
                return
            self.next_partner()
        super().action_answer(answer)

    def action_say(self, key: str) -> None:
        """Only "none of them" is said here; yes and no are said one by one, in the grid."""
        if key == "x":
            super().action_say(key)
        elif self.list.column == UGLY:
            self.action_ugly()
        else:
            self.app.bell()

    def advance(self) -> None:
        """From they to we to the deal-breakers."""
        self.list.column = min(self.list.column + 1, UGLY)

    def next_partner(self) -> None:
        """Go to the next partner's first count."""
        self.action_partner(1)

    def action_partner(self, by: int) -> None:
        """Go to another partner's first count."""
        self.list.cursor = self.list.step(by)
        self.list.column = THEY

    def action_column(self, by: int) -> None:
        """Move between they, we and the deal-breakers."""
        self.list.column = max(THEY, min(UGLY, self.list.column + by))

    def show(self) -> None:
        """Draw the partner at the cursor anew."""
        self.list.changed(self.list.cursor)
        self.show_state()

    def returned(self) -> None:
        """Go where a step was undone."""
        self.list.changed()
        self.show_state()
        self.list.cursor, self.list.column = self.turn.place.partner, self.turn.place.column

    def show_question(self) -> None:
        """Show what the cursor asks for."""
        line = self.query_one(QuestionLine)
        line.set_reactive(QuestionLine.prompt, "")
        if self.list.column == UGLY:
            labels = [each.label for each in self._deal_breakers()]
            line.set_reactive(QuestionLine.prompt, f"{', '.join(labels)}?")
        line.question = self.question()
        line.refresh()

    def _deal_breakers(self) -> Iterable[Question]:
        criteria = self.turn.draft.sets[self.turn.partners[self.list.cursor].id]
        return criteria.questions[-len(criteria.deal_breaker) :]

    @on(Lines.Chosen)
    def open_chosen(self) -> None:
        """Open the partner clicked twice."""
        self.action_more()

    def action_more(self) -> None:
        """Open every question about the partner at the cursor."""
        self._open_grid(None)

    def action_ugly(self) -> None:
        """Open the deal-breakers of the partner at the cursor."""
        first = next(iter(self._deal_breakers()), None)
        self._open_grid(first.id if first else None)

    @work
    async def _open_grid(self, question_id: str | None) -> None:
        from peerreview.tui.screens.grid import GridScreen

        self.turn.place = self.place()
        check = await self.ask(GridScreen(self.turn, question_id))
        self.returned()
        if check:
            self.action_check()

    def action_check(self) -> None:
        """Go on to check and cast."""
        self.turn.place = self.place()
        self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Leave the turn; ask only if answers would be lost."""
        kept = "your first ballot stays" if self.turn.seat.receipt else "nothing is handed in"
        question = f"Leave this turn? Your answers are thrown away; {kept}."
        if self.turn.draft.is_blank or await self.ask(
            AskYesNo(question, "throw them away", "go on rating")
        ):
            self.dismiss(False)
