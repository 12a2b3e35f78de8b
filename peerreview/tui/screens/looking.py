"""Looking at a board: filter it, open and compare partners, the map, the rounds, the summary.

Knows a group and one of its boards; must not know rounds that are open, or how they are run.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from peerreview.domain.board import Board, BoardLine
from peerreview.domain.group import Group
from peerreview.domain.looking import matching
from peerreview.services.desk import Desk
from peerreview.tui.commands import Command, bindings
from peerreview.tui.screens.page import Copy, Page
from peerreview.tui.widgets.board_list import BoardList
from peerreview.tui.widgets.board_words import sentence
from peerreview.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.widgets import Input

    from peerreview.tui.screens.partner import Onward

LOOKS = (
    Command("enter", "open_partner", "open", "Enter", help="Everything known of a partner."),
    Command("slash", "filter", "filter", "/", help="Only some: a part of a name, or a kind."),
    Command("escape", "everybody", "show all", "Esc", help="The whole board again."),
    Command("v", "compare", "compare", help="Two partners side by side: v, move, v."),
    Command("m", "map", "map", help="Everybody by what comes back and what we give."),
    Command("t", "talk", "talk list", help="Those worth a talk, one a page; what is agreed."),
    Command("e", "take_home", "take home", help="Write the summary for everybody."),
    Command("s", "same_kind", "same kind", shown=False, help="Only partners of this kind."),
    Command("y", "copy", "copy", shown=False, help="Copy the verdict as one sentence."),
    Command("r", "rounds", "rounds", shown=False, help="All rounds, to look at one again."),
    Command("left_square_bracket", "round(-1)", "earlier round", "[", shown=False),
    Command("right_square_bracket", "round(1)", "later round", "]", shown=False),
)
_ROOMY = 72
_NEED_A_BOARD = {each.action.partition("(")[0] for each in LOOKS}
_WHILE_FILTERING = {"open_partner", "everybody", "to_list"}


class Looking(Page[None]):
    """Everything that can be done with a result; the screens made from it show the result."""

    BINDINGS: ClassVar = bindings((*LOOKS, Command("down,up", "to_list", "to the list")))
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]

    def __init__(self, desk: Desk, readonly: bool, demo: bool) -> None:
        super().__init__()
        self._desk, self._readonly, self._demo = desk, readonly, demo
        self._group: Group | None = None
        self._board: Board | None = None
        self._words = ""
        self._first: BoardLine | None = None

    def refresh_group(self, number: int | None = None) -> object:
        """Read and show the group; `number` picks an earlier round."""
        raise NotImplementedError

    def show_about(self) -> None:
        """Say what is to be said about the partner at the cursor."""
        raise NotImplementedError

    @property
    def line(self) -> BoardLine | None:
        """The partner at the cursor."""
        return self.query_one(BoardList).line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the board there is."""
        if self.query("#filter:focus") and action in _NEED_A_BOARD - _WHILE_FILTERING:
            return False
        if action == "everybody":
            return bool(self._words or self._first)
        if action == "take_home" and self._readonly:
            return False
        if action == "talk" and self._group and self._group.open_round:
            return False
        return self._board is not None or action not in _NEED_A_BOARD

    def show_matching(self) -> None:
        """Show the partners that match the filter, and how many of how many they are."""
        found = self._board and matching(self._board, self._words)
        self.query_one(BoardList).show(found)
        if self._board and found:
            some, all_ = len(found.everyone), len(self._board.everyone)
            ballots = f"{self._board.ballots} ballots · " if self.size.width >= _ROOMY else ""
            self.bar.state = f"{some} of {all_}" if self._words else f"{ballots}{all_} partners"
        self.show_about()
        self.refresh_bindings()
        self.bindings_updated_signal.publish(self)

    async def action_filter(self, words: str | None = None) -> None:
        """Take words to filter the board by, live; or show what matches the words given."""
        from textual.widgets import Input

        if not self.query("#filter"):
            field = Input(
                placeholder="a part of a name, or a kind; ↓ goes to the list", id="filter"
            )
            await self.mount(field, before="#heading")
        field = self.query_one("#filter", Input)
        if words is None:
            field.focus()
        else:
            field.value = words

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Follow what is typed."""
        self._words = event.value
        self.show_matching()

    def on_input_submitted(self) -> None:
        """Open what was found."""
        self.action_to_list()
        self.action_open_partner()

    def action_to_list(self) -> None:
        """Go on to what was found."""
        self.query_one(BoardList).focus()
        self.show_matching()

    def action_everybody(self) -> None:
        """Show everybody again; nobody is waiting for another one to be compared with."""
        self.query("#filter").remove()
        self._words, self._first = "", None
        self.action_to_list()

    @work
    async def action_same_kind(self, line: BoardLine | None = None) -> None:
        """Show only partners of the kind at the cursor, or everybody again."""
        if found := line or self.line:
            again = self._words == found.partner.kind
            self.action_everybody() if again else await self.action_filter(found.partner.kind)

    @on(Lines.Chosen)
    @work
    async def action_open_partner(self) -> None:
        """Open the partner at the cursor."""
        from peerreview.tui.screens.partner import PartnerScreen

        if self.line and self._board and self._group:
            self._go_on(await self.ask(PartnerScreen(self._board, self.line, self._group)))

    def _go_on(self, onward: "Onward | None") -> None:
        """Do what somebody wanted next."""
        if onward:
            action, line = onward
            (self.action_compare if action == "compare" else self.action_same_kind)(line)

    @work
    async def action_compare(self, line: BoardLine | None = None) -> None:
        """Take the partner at the cursor as the first or the second of two."""
        from peerreview.tui.screens.compare import Column, CompareScreen

        board, first, second = self._board, self._first, line or self.line
        if board and second:
            self._first = None if first else second
            self.show_matching()
            both = {first and first.partner.id, second.partner.id}
            pair = [each for each in board.everyone if each.partner.id in both]
            if first and len(pair) > 1:
                columns = [Column(each.partner.name, board, each) for each in pair]
                await self.ask(CompareScreen(columns, board.group, f"round {board.round}"))

    @work
    async def action_map(self) -> None:
        """Show everybody on the map."""
        from peerreview.tui.screens.street_map import StreetMapScreen

        if self._board and self._group:
            self._go_on(await self.ask(StreetMapScreen(self._group, self._board)))

    @work
    async def action_rounds(self) -> None:
        """Choose a round to look at."""
        from peerreview.tui.screens.history import HistoryScreen

        if self._group and (number := await self.ask(HistoryScreen(self._group))):
            self.refresh_group(number)

    def action_copy(self) -> None:
        """Copy the verdict at the cursor; deal-breakers never leave the group."""
        if self.line:
            self.post_message(Copy(sentence(self.line)))

    def action_round(self, by: int) -> None:
        """Show an earlier (-1) or later (1) round."""
        if self._group and self._board:
            number = self._board.round + by
            if self._group.release_of(number):
                self.refresh_group(number)

    @work
    async def action_take_home(self) -> None:
        """Write the summary for everybody."""
        from peerreview.tui.screens.take_home import TakeHomeScreen

        if self._board:
            await self.ask(TakeHomeScreen(self._desk.results, self._board, self._demo))

    @work
    async def action_talk(self) -> None:
        """Go through the talk list; what is agreed may change until the next round opens."""
        from peerreview.tui.screens.talk import TalkScreen

        if self._board and self._group:
            open_to_change = self._group.may_agree(self._board.round) and not self._readonly
            await self.ask(TalkScreen(self._board, self._desk.results if open_to_change else None))
