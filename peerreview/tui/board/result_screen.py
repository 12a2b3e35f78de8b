"""The commands on a result: filter, open and compare partners, map, rounds, summary."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.comparison import filter_board
from peerreview.services.group_services import GroupServices
from peerreview.tui.board.board_list import BoardList
from peerreview.tui.board.wording import board_location, filter_text, verdict_sentence
from peerreview.tui.kit.commands import Command, make_bindings
from peerreview.tui.kit.lines import LineList
from peerreview.tui.kit.page import CopyRequested, Page

if TYPE_CHECKING:
    from peerreview.tui.board.partner import FollowUp

RESULT_COMMANDS = (
    Command("enter", "open_partner", "open", "Enter", help="Everything known of a partner."),
    Command("slash", "filter", "filter", "/", help="Only some: a part of a name, or a kind."),
    Command("escape", "everybody", "show all", "Esc", help="The whole board again."),
    Command("v", "compare", "compare", help="Two partners side by side: v, move, v."),
    Command("m", "map", "map", help="Every partner by what comes back and what we give."),
    Command("t", "talk", "talk list", help="Those worth a talk, one a page; what is agreed."),
    Command("e", "take_home", "take home", help="Write the summary that all of us take home."),
    Command("s", "same_kind", "same kind", shown=False, help="Only partners of this kind."),
    Command("y", "copy", "copy", shown=False, help="Copy the verdict as one sentence."),
    Command("r", "rounds", "rounds", shown=False, help="All rounds, to look at one again."),
    Command("left_square_bracket", "round(-1)", "earlier round", "[", shown=False),
    Command("right_square_bracket", "round(1)", "later round", "]", shown=False),
)
_ROOMY = 72
_NEED_A_BOARD = {command.action.partition("(")[0] for command in RESULT_COMMANDS}


class ResultScreen(Page[None]):
    """The base of screens that show a result, with all commands on it."""

    BINDINGS: ClassVar = make_bindings(RESULT_COMMANDS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]

    def __init__(self, services: GroupServices, readonly: bool, demo: bool) -> None:
        super().__init__()
        self._services = services
        self._readonly = readonly
        self._demo = demo
        self._group: Group | None = None
        self._board: Board | None = None
        self._words = ""
        self._typing = False
        self._first: BoardLine | None = None

    def refresh_group(self, number: int | None = None) -> object:
        """Read and show the group, with the result of round `number` or the latest one."""
        raise NotImplementedError

    def show_about(self) -> None:
        """Show the verdict about the partner at the cursor."""
        raise NotImplementedError

    @property
    def current_line(self) -> BoardLine | None:
        """The line of the partner at the cursor."""
        return self.query_one(BoardList).current_line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a command can run now."""
        if self._typing and action not in ("open_partner", "everybody"):
            return False
        if action == "everybody":
            return bool(self._words or self._first)
        if action == "take_home" and self._readonly:
            return False
        if action == "talk" and self._group and self._group.open_round:
            return False
        return self._board is not None or action not in _NEED_A_BOARD

    def show_matching(self) -> None:
        """Show the partners that match the filter, and their number."""
        matching = self._board and filter_board(self._board, self._words)
        self.query_one(BoardList).show_board(matching)
        if self._board and matching:
            status = f"{len(self._board.all_lines)} partners"
            if self._words:
                status = f"{len(matching.all_lines)} of {len(self._board.all_lines)}"
            elif self.size.width >= _ROOMY:
                status = f"{self._board.ballots} ballots · {status}"
            self.title_bar.status = status
            self.title_bar.location = board_location(
                self._board, self.size.width - len(status) - 13
            )
        filter_ = self.query_one("#filter", Static)
        filter_.set_class(not (self._words or self._typing), "hidden")
        filter_.update(filter_text(self._words, self._typing))
        self.show_about()
        self.refresh_bindings()
        self.bindings_updated_signal.publish(self)

    def show_only(self, words: str, typing: bool = False) -> None:
        """Filter the board by words; `typing` while keys add to them."""
        self._words = words
        self._typing = typing
        self.show_matching()

    def action_filter(self) -> None:
        """Start to type words that filter the board."""
        self.show_only(self._words, typing=True)

    def on_key(self, event: events.Key) -> None:
        """Add a typed key to the filter; a key that types nothing ends typing and does its work."""
        typed = event.character if event.is_printable else None
        if self._typing and (typed or event.key == "backspace"):
            self.show_only(self._words + typed if typed else self._words[:-1], typing=True)
            event.stop()
        elif self._typing:
            self.show_only(self._words)
        elif event.key in self._filter_keys and self.check_action("filter", ()):
            self.action_filter()
            event.stop()

    @property
    def _filter_keys(self) -> list[str]:
        return [k for c in self.commands if c.action == "filter" for k in c.keys.split(",")]

    def action_everybody(self) -> None:
        """Show all partners again, and forget the partner that was to be compared."""
        self._first = None
        self.show_only("")

    def action_same_kind(self, line: BoardLine | None = None) -> None:
        """Show only partners of the kind at the cursor, or all partners again."""
        if chosen := line or self.current_line:
            kind = chosen.partner.kind
            self.show_only("" if self._words == kind else kind)

    @on(LineList.Selected)
    @work
    async def action_open_partner(self) -> None:
        """Open the partner at the cursor."""
        from peerreview.tui.board.partner import PartnerScreen

        if self.current_line and self._board and self._group:
            self._follow_up(
                await self.show_screen(PartnerScreen(self._board, self.current_line, self._group))
            )

    def _follow_up(self, onward: "FollowUp | None") -> None:
        """Run the command that was chosen on another screen."""
        if onward:
            action, line = onward
            actions = {"compare": self.action_compare, "same_kind": self.action_same_kind}
            actions[action](line)

    @work
    async def action_compare(self, line: BoardLine | None = None) -> None:
        """Choose the first partner to compare, or compare the chosen one with the second."""
        from peerreview.tui.board.compare import ComparedBoard, CompareScreen

        board = self._board
        first = self._first
        second = line or self.current_line
        if board and second:
            self._first = None if first else second
            self.show_matching()
            both = {first and first.partner.id, second.partner.id}
            pair = [other for other in board.all_lines if other.partner.id in both]
            if first and len(pair) > 1:
                columns = [ComparedBoard(other.partner.name, board, other) for other in pair]
                await self.show_screen(CompareScreen(columns, board.group, f"round {board.round}"))

    @work
    async def action_map(self) -> None:
        """Show the street map."""
        from peerreview.tui.board.map import StreetMapScreen

        if self._board and self._group:
            self._follow_up(await self.show_screen(StreetMapScreen(self._group, self._board)))

    @work
    async def action_rounds(self) -> None:
        """Show the list of rounds, then the result of the chosen one."""
        from peerreview.tui.board.history import HistoryScreen

        if self._group and (number := await self.show_screen(HistoryScreen(self._group))):
            self.refresh_group(number)

    def action_copy(self) -> None:
        """Copy the verdict at the cursor, without deal-breakers, which never leave the group."""
        if self.current_line:
            self.post_message(CopyRequested(verdict_sentence(self.current_line)))

    def action_round(self, by: int) -> None:
        """Show an earlier (-1) or later (1) round."""
        if self._group and self._board:
            number = self._board.round + by
            if self._group.find_release(number):
                self.refresh_group(number)

    @work
    async def action_take_home(self) -> None:
        """Show the screen that writes the summary."""
        from peerreview.tui.board.take_home import TakeHomeScreen

        if self._board:
            await self.show_screen(TakeHomeScreen(self._services.results, self._board, self._demo))

    @work
    async def action_talk(self) -> None:
        """Show the talk list; agreements can change until the next round opens."""
        from peerreview.tui.board.talk import TalkScreen

        if self._board and self._group:
            open_to_change = self._group.can_set_outcome(self._board.round) and not self._readonly
            await self.show_screen(
                TalkScreen(self._board, self._services.results if open_to_change else None)
            )
