"""The quick ballot: two counts and a deal-breaker check a partner, about ninety seconds."""

from collections.abc import Iterable
from dataclasses import replace

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.ballot_list import THEY, UGLY, BallotList, heading
from peerreview.tui.ballot.question import QuestionPrompt
from peerreview.tui.ballot.rating import SHARED, RatingScreen
from peerreview.tui.kit.commands import Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.lines import LineList

_COMMANDS = (
    Command("enter", "more", "more about them", "Enter", help="All questions about this partner."),
    *SHARED,
    Command("pagedown", "partner(1)", "next", "PgDn", shown=False),
    Command("exclamation_mark", "ugly", "open deal-breakers", "!", shown=False,
            help="The deal-breakers of this partner, one by one."),
    Command("escape", "leave", "leave", "Esc", shown=False,
            help="Leave the turn; asks if answers would be lost."),
)  # fmt: skip


class BallotScreen(RatingScreen):
    """The list of all partners. Gives True to check and cast, False to leave the turn."""

    NAME = "BALLOT"
    COMMANDS_HERE = _COMMANDS

    def __init__(self, turn: Turn) -> None:
        self.list = BallotList(turn, turn.partners)
        super().__init__(turn, self.list, turn.cursor)

    def compose_body(self) -> Iterable[Widget]:
        """Yield headings, the list, the question."""
        yield Static(classes="heading", id="heading")
        yield self.list
        yield self._question_line

    def on_resize(self) -> None:
        """Put the headings over their columns, once a scrollbar that narrows them is known."""
        self.call_after_refresh(self._show_heading)

    def _show_heading(self) -> None:
        lines = heading(self.list.scrollable_content_region.width)
        text = Content("\n").join([Content.styled(lines[0], "$quiet"), Content(lines[1])])
        self.query_one("#heading", Static).update(text)

    def place(self) -> BallotCursor:
        """Return partner and cell at the cursor."""
        return BallotCursor(self.list.cursor, self.list.column)

    def go(self, place: BallotCursor) -> None:
        """Put the cursor on a partner's cell."""
        self.list.cursor, self.list.column = place.partner, place.column

    def asked(self) -> QuestionPrompt:
        """Return the count asked at the cursor, or the first deal-breaker, named with the rest."""
        if not self.turn.partners:
            return QuestionPrompt()
        at, column, cells = self.list.cursor, self.list.column, self.list.COLUMNS
        partner = self.turn.partners[at]
        criteria = self.turn.draft.sets[partner.id]
        where = f"{at * cells + column + 1} of {self.list.line_count * cells}"
        if column == UGLY:
            ugly = [criteria.questions[place] for place in criteria.deal_breaker_positions.values()]
            question, prompt = next(iter(ugly), None), ", ".join(each.label for each in ugly) + "?"
        else:
            question, prompt = criteria.questions[criteria.position[criteria.pair[column]]], ""
        return QuestionPrompt(question, prompt, where, partner.name, self.turn.sides(at))

    def action_answer(self, answer: int) -> None:
        """Answer a count; past the counts, one left open here, or else the next partner's first."""
        if self.list.column == UGLY:
            partner = self.turn.partners[self.list.cursor].id
            answers = self.turn.draft.entries[partner].answers
            pair = self.turn.draft.sets[partner].pair
            left = [column for column, each in enumerate(pair) if each not in answers]
            if left and answer:
                self.list.column = left[0]
            elif answer and self.list.next_selectable(1) == self.list.cursor:
                self.app.bell()
                return
            else:
                self.action_partner(1)
            if not answer:
                return
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
        self.list.move_column(1)

    def action_partner(self, by: int) -> None:
        """Go to another partner's first count."""
        self.go(BallotCursor(self.list.next_selectable(by), THEY))

    @on(LineList.Selected)
    def action_more(self) -> None:
        """Open every question about the partner at the cursor."""
        self._open_grid(self.place())

    def action_ugly(self) -> None:
        """Open the deal-breakers of the partner at the cursor."""
        self.list.column = UGLY
        question = self.question()
        self._open_grid(replace(self.place(), question=question.id if question else ""))

    @work
    async def _open_grid(self, start: BallotCursor) -> None:
        from peerreview.tui.ballot.grid import GridScreen

        self.turn.cursor = self.place()
        check = await self.show_screen(GridScreen(self.turn, start))
        self.returned()
        if check:
            self.action_check()

    def action_check(self) -> None:
        """Go on to check and cast."""
        self.turn.cursor = self.place()
        self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Leave the turn; ask only if answers would be lost."""
        kept = "your first ballot stays" if self.turn.seat.receipt else "nothing is handed in"
        question = f"Leave this turn? Your answers are thrown away; {kept}."
        if self.turn.draft.is_blank or await self.show_screen(
            AskYesNo(question, "throw them away", "go on rating")
        ):
            self.dismiss(False)
