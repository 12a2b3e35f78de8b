"""The board: which partners are two-way streets. Home of a group, with a way to everything."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.board import Board, board
from peerreview.domain.group import Group
from peerreview.services.desk import Desk
from peerreview.services.rounds import Progress
from peerreview.tui.commands import HELP, QUIT, Command, bindings
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.widgets.board_list import BoardList, heading
from peerreview.tui.widgets.board_words import banner, first_steps, verdict
from peerreview.tui.widgets.lines import Lines


class BoardScreen(Page[None]):
    """Shows the last closed round, and what can be done next."""

    NAME = "BOARD"
    COMMANDS_HERE = (
        Command("enter", "open_partner", "open", "Enter", help="Everything known of a partner."),
        Command("t", "turns", "take turns", help="Pass the laptop around."),
        Command("c", "close_box", "close the box", help="Count hands, type a key, see."),
        Command("o", "open_round", "open a round"),
        Command("p", "partners", "partners", help="Type or paste the partners you share."),
        Command("left_square_bracket", "round(-1)", "earlier round", "[", shown=False),
        Command("right_square_bracket", "round(1)", "later round", "]", shown=False),
        HELP,
        QUIT,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def __init__(self, desk: Desk, readonly: bool = False, demo_key: str = "") -> None:
        super().__init__()
        self._desk, self._readonly, self._demo_key = desk, readonly, demo_key
        self._group: Group | None = None
        self._board: Board | None = None
        self._progress: Progress | None = None

    def body(self) -> Iterable[Widget]:
        """Yield banner, heading, list, and the sentence about the partner at the cursor."""
        yield Static(id="banner", classes="banner")
        yield Static(id="heading", classes="heading")
        yield BoardList()
        yield Static(id="first", classes="hidden")
        yield Static(id="about", classes="about")

    def on_resize(self) -> None:
        """Put the headings over their columns."""
        self.query_one("#heading", Static).update(heading(self.size.width))

    def on_screen_resume(self) -> None:
        """Read the group as it is now."""
        self.refresh_group()

    @work(exclusive=True, group="read")
    async def refresh_group(self, number: int | None = None) -> None:
        """Read group and progress, and show them; `number` picks an earlier round."""
        with self.complaints():
            first = self._group is None
            group = await off_loop(self._desk.rounds.group)
            progress: Progress | None = None
            with self.complaints():
                progress = await off_loop(self._desk.rounds.progress, group)
            if self._board and self._group and group.latest == self._group.latest:
                number = number or self._board.round  # the one looked at, until there is a newer
            self._group, self._progress = group, progress
            self._board = board(group, number) if group.latest else None
            self._show(group)
            if first and not self._readonly:
                await self._recover()

    async def _recover(self) -> None:
        """Finish what a crash cut off, say so, and look again."""
        if sentences := await off_loop(self._desk.rounds.recover):
            for sentence in sentences:
                self.say(sentence)
            self.refresh_group()

    def _show(self, group: Group) -> None:
        found, bar = self._board, self.bar
        self.query_one(BoardList).show(found)
        self.query_one(BoardList).set_class(found is None, "hidden")
        self.query_one("#heading").set_class(found is None, "hidden")
        self.query_one("#first", Static).update(
            first_steps(lambda action: bool(self.check_action(action, ())))
        )
        self.query_one("#first").set_class(found is not None, "hidden")
        bar.place = group.name + (f" · round {found.round} · {found.quarter}" if found else "")
        bar.state = (
            f"{found.ballots} ballots · {len(found.lines) + len(found.too_few)} partners"
            if found
            else f"{len(group.active)} partners"
        )
        news, shown = self.query_one("#banner", Static), banner(self._progress, self._demo_key)
        news.update(shown)
        news.set_class(not shown, "hidden")
        self.show_about()
        self.query_one(BoardList).focus()
        self.refresh_bindings()
        self.bindings_updated_signal.publish(self)

    def on_mount(self) -> None:
        """Follow the cursor in the same frame."""
        self.watch(self.query_one(BoardList), "cursor", self.show_about, init=False)

    def show_about(self) -> None:
        """Say what the verdict at the cursor means."""
        line = self.query_one(BoardList).line
        about = self.query_one("#about", Static)
        about.set_class(line is None, "hidden")
        if line is None:
            return
        about.update(verdict(line), layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "turns":
            return self._progress is not None and not self._readonly
        if action == "close_box":
            return bool(self._group and self._group.open_round) and not self._readonly
        if action == "open_round":
            group = self._group
            return bool(group and group.active and not group.open_round) and not self._readonly
        if action == "partners":
            return not self._readonly
        if action == "open_partner":
            return self._board is not None
        return True

    @on(Lines.Chosen)
    def open_chosen(self) -> None:
        """Open the partner clicked twice."""
        self.action_open_partner()

    @work
    async def action_open_partner(self) -> None:
        """Open the partner at the cursor."""
        from peerreview.tui.screens.partner import PartnerScreen

        line, found = self.query_one(BoardList).line, self._board
        if line and found:
            await self.ask(PartnerScreen(found, line))

    def action_round(self, by: int) -> None:
        """Show an earlier (-1) or later (1) round."""
        if self._group and self._board:
            number = self._board.round + by
            if self._group.release_of(number):
                self.refresh_group(number)

    @work
    async def action_turns(self) -> None:
        """Pass the laptop around."""
        from peerreview.tui.screens.turns import TurnsScreen

        await self.ask(TurnsScreen(self._desk))

    @work
    async def action_close_box(self) -> None:
        """Close the box: hands, key, reveal."""
        from peerreview.tui.screens.close import CloseScreen

        if self._progress and self._group:
            screen = CloseScreen(self._desk.rounds, self._group.name, self._progress)
            await self.ask(screen)
        elif self._group:
            await self._discard(self._group.name)

    async def _discard(self, name: str) -> None:
        """End a round whose box is missing or can't be read."""
        from peerreview.tui.screens.ask import AskText

        question = f"The box can't be read. Discard the round? Type the group's name: {name}"
        if typed := await self.ask(AskText(question)):
            with self.complaints():
                await off_loop(self._desk.rounds.discard, typed)
                self.refresh_group()

    @work
    async def action_open_round(self) -> None:
        """Open a round, then pass the laptop around."""
        from peerreview.tui.screens.open_round import OpenRoundScreen
        from peerreview.tui.screens.turns import TurnsScreen

        if await self.ask(OpenRoundScreen(self._desk.rounds)):
            await self.ask(TurnsScreen(self._desk))

    @work
    async def action_partners(self) -> None:
        """Keep the list of partners."""
        from peerreview.tui.screens.partners import PartnersScreen

        await self.ask(PartnersScreen(self._desk))
