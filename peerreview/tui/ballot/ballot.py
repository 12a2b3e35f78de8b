"""The quick ballot: two counts and the deal-breakers of each partner, about ninety seconds."""

from collections.abc import Iterable
from dataclasses import replace

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.ballot_list import BallotList, heading_lines
from peerreview.tui.ballot.prompts import (
    THEY,
    UGLY,
    QuestionPrompt,
    ballot_prompt,
    cell_for_digit,
)
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
    """The list of all partners; its result is True to check and cast, False to leave the turn."""

    NAME = "BALLOT"
    COMMANDS_HERE = _COMMANDS

    def __init__(self, turn: Turn) -> None:
        self.ballot_list = BallotList(turn, turn.partners)
        super().__init__(turn, self.ballot_list, turn.cursor)

    def compose_body(self) -> Iterable[Widget]:
        """Yield headings, list and question."""
        yield Static(classes="heading", id="heading")
        yield self.ballot_list
        yield self._question_line

    def on_resize(self) -> None:
        """Show the headings over their columns, once the scrollbar has taken its cell."""
        self.call_after_refresh(self._show_heading)

    def _show_heading(self) -> None:
        lines = heading_lines(self.ballot_list.scrollable_content_region.width)
        text = Content("\n").join([Content.styled(lines[0], "$quiet"), Content(lines[1])])
        self.query_one("#heading", Static).update(text)

    def ballot_cursor(self) -> BallotCursor:
        """Return the partner and the column under the cursor."""
        return BallotCursor(self.ballot_list.cursor, self.ballot_list.column)

    def move_cursor(self, cursor: BallotCursor) -> None:
        """Move the cursor to a partner's cell."""
        self.ballot_list.cursor = cursor.partner
        self.ballot_list.column = cursor.column

    def prompt(self) -> QuestionPrompt:
        """Return what is asked at the cursor."""
        return ballot_prompt(self.turn, self.ballot_cursor())

    def action_answer(self, answer: int) -> None:
        """Answer the count at the cursor; on the deal-breakers, a count that is still open."""
        if self.ballot_list.column == UGLY:
            if not answer:
                self.action_partner(1)
                return
            cell = cell_for_digit(self.turn, self.ballot_cursor())
            if cell is None:
                self.app.bell()
                return
            self.move_cursor(cell)
        super().action_answer(answer)

    def action_say(self, key: str) -> None:
        """Give the answer of a key; for yes and no open the deal-breakers, one by one."""
        if self.ballot_list.column == UGLY and key != "x":
            self.action_ugly()
        else:
            super().action_say(key)

    def next_question(self) -> None:
        """Move from they to we, and from we to the deal-breakers."""
        self.ballot_list.move_column(1)

    def action_partner(self, by: int) -> None:
        """Move to the first count of another partner, `by` lines further."""
        self.move_cursor(BallotCursor(self.ballot_list.next_selectable(by), THEY))

    @on(LineList.Selected)
    def action_more(self) -> None:
        """Open every question about the partner at the cursor."""
        self._open_grid(self.ballot_cursor())

    def action_ugly(self) -> None:
        """Open the deal-breakers of the partner at the cursor."""
        self.ballot_list.column = UGLY
        question = self.question()
        self._open_grid(replace(self.ballot_cursor(), question=question.id if question else ""))

    @work
    async def _open_grid(self, start: BallotCursor) -> None:
        from peerreview.tui.ballot.grid import GridScreen

        self.turn.cursor = self.ballot_cursor()
        check = await self.show_screen(GridScreen(self.turn, start))
        self.follow_turn()
        if check:
            self.action_check()

    def action_check(self) -> None:
        """Leave for the check."""
        self.turn.cursor = self.ballot_cursor()
        self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Leave the turn; ask first if answers would be lost."""
        kept = "your first ballot stays" if self.turn.seat.receipt else "nothing is handed in"
        question = f"Leave this turn? Your answers are thrown away; {kept}."
        if self.turn.draft.is_empty or await self.show_screen(
            AskYesNo(question, "throw them away", "go on rating")
        ):
            self.dismiss(False)
