"""The board of a group: its partners by street, and the way to every other screen."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.result.board import make_board
from peerreview.services.group_services import GroupServices
from peerreview.services.progress import Progress
from peerreview.tui.board.board_list import BoardList, column_headings
from peerreview.tui.board.result_screen import RESULT_COMMANDS, ResultScreen
from peerreview.tui.board.wording import about_text, banner_text, first_steps_text, unreadable_text
from peerreview.tui.kit.cached_text import CachedText
from peerreview.tui.kit.commands import HELP, QUIT, Command
from peerreview.tui.kit.page import in_thread


class BoardScreen(ResultScreen):
    """Shows the last closed round, and the commands of a group.

    Args:
        services: the services of the group.
        readonly: whether nothing may be changed.
        demo_key: the box key of the demo, which is shown; empty without a demo.
        rated: the round that was open when it was last seen; its result is revealed.
    """

    NAME = "BOARD"
    COMMANDS_HERE = (
        RESULT_COMMANDS[0],
        Command("t", "turns", "take turns", help="Pass the laptop around."),
        Command("c", "close_box", "close the box", help="Count hands, type a key, see."),
        Command("o", "open_round", "open a round"),
        *RESULT_COMMANDS[1:],
        Command("p", "partners", "partners", help="Type or paste the partners you share."),
        Command("n", "start_over", "start over", help="The demo from its beginning."),
        QUIT,
        HELP,
    )
    REFRESH_SECONDS: ClassVar[float] = 2
    """How often an open round is read again, in seconds, because others may hand in or close it."""

    def __init__(
        self,
        services: GroupServices,
        readonly: bool = False,
        demo_key: str = "",
        rated: Progress | None = None,
    ) -> None:
        super().__init__(services, readonly, demo=bool(demo_key))
        self._demo_key = demo_key
        self._progress = rated
        self._watch = services.watch_round(with_check_words=False)

    def compose_body(self) -> Iterable[Widget]:
        """Yield banner, heading, list, and the sentence about the partner at the cursor."""
        yield Static(id="banner", classes="banner")
        yield Static(id="filter", classes="banner hidden")
        yield Static(id="heading", classes="heading")
        yield BoardList()
        yield Static(id="first", classes="hidden")
        yield CachedText(id="about", classes="about")

    def on_resize(self) -> None:
        """Align the headings with their columns."""
        self.query_one("#heading", Static).update(column_headings(self.size.width))
        self.show_matching()

    def on_screen_resume(self) -> None:
        """Read the group again."""
        self.refresh_group()

    @work(exclusive=True, group="read")
    async def refresh_group(self, number: int | None = None, only_news: bool = False) -> None:
        """Read group and progress, and show them; `number` picks an earlier round."""
        with self.report_errors():
            changed = await self._watch.look()
            first = self._group is None
            group = self._watch.group
            problem = self._watch.problem
            if group is None:
                self._group = None
                if problem:
                    self._show_instead(unreadable_text(problem, self._services.location))
                return
            if problem:  # the box can't be read
                self.show_error(problem)
            if only_news and not changed:
                return
            progress = self._watch.progress
            if self._board and self._group and group.latest_release == self._group.latest_release:
                number = (
                    number or self._board.round
                )  # keep the round on the screen until a newer one
            rated = self._progress
            self._group = group
            self._progress = progress
            self._board = make_board(group, number) if group.latest_release else None
            self._show(group)
            if self._board and rated and group.find_release(rated.round.number):
                self.query_one(BoardList).reveal(self._board)
            if first and not self._readonly:
                await self._recover()

    async def _recover(self) -> None:
        """Finish what a crash interrupted, report it, and read the group again."""
        if sentences := await in_thread(self._services.rounds.recover):
            for sentence in sentences:
                self.notify_text(sentence)
            self.refresh_group()

    def _show(self, group: Group) -> None:
        board = self._board
        self.title_bar.location = group.name
        self.title_bar.status = f"{len(group.active_partners)} partners"
        steps = first_steps_text(lambda action: bool(self.check_action(action, ())))
        self._show_instead(Content("") if board else steps)
        banner, text = (
            self.query_one("#banner", Static),
            banner_text(self._progress, self._demo_key),
        )
        banner.update(text)
        banner.set_class(not text, "hidden")
        self.show_matching()
        if self.focused is None:
            self.query_one(BoardList).focus()

    def _show_instead(self, words: Content) -> None:
        """Show words in place of the board, or the board if there are none."""
        self.query_one("#first", Static).update(words)
        self.query_one("#first").set_class(not words, "hidden")
        self.query("#heading, BoardList").set_class(bool(words), "hidden")

    def on_mount(self) -> None:
        """Start to follow the cursor and an open round."""
        if self.REFRESH_SECONDS:
            again = partial(self.refresh_group, only_news=True)
            self.set_interval(
                self.REFRESH_SECONDS, lambda: self._progress and self.is_current and again()
            )
        self.watch(self.query_one(BoardList), "cursor", self.show_about, init=False)

    def show_about(self) -> None:
        """Show the verdict about the partner at the cursor."""
        line = self.query_one(BoardList).current_line
        about = self.query_one("#about", Static)
        about.set_class(line is None, "hidden")
        if line:
            about.update(about_text(line, self._first), layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a command can run now."""
        group = self._group
        offered = {
            "turns": self._progress is not None,
            "close_box": bool(group and group.open_round),
            "open_round": bool(group and group.active_partners and not group.open_round),
            "partners": group is not None,
            "start_over": bool(self._demo_key),
        }
        if action in offered and (self._readonly or not offered[action]):
            return False
        return super().check_action(action, parameters)

    @work
    async def action_turns(self) -> None:
        """Show the screen for turns."""
        from peerreview.tui.ballot.turns import TurnsScreen

        await self.show_screen(TurnsScreen(self._services))

    @work
    async def action_close_box(self) -> None:
        """Show the screen that closes the box, or discard a round whose box can't be read."""
        from peerreview.tui.round.close import CloseScreen

        if self._progress and self._group:
            self.query_one(BoardList).add_class("hidden")  # nothing old before the reveal
            screen = CloseScreen(self._services.rounds, self._group.name, self._progress)
            await self.show_screen(screen)
        elif self._group:
            await self._discard(self._group.name)

    async def _discard(self, name: str) -> None:
        """Discard a round whose box is missing or can't be read."""
        from peerreview.tui.kit.dialog import AskText

        question = f"The box can't be read. Discard the round? Type the group's name: {name}"
        if typed := await self.show_screen(AskText(question)):
            with self.report_errors():
                await in_thread(self._services.rounds.discard, typed)
                self.refresh_group()

    @work
    async def action_open_round(self) -> None:
        """Open a round, then show the screen for turns."""
        from peerreview.tui.ballot.turns import TurnsScreen
        from peerreview.tui.round.open_round import OpenRoundScreen

        if await self.show_screen(OpenRoundScreen(self._services.rounds)):
            await self.show_screen(TurnsScreen(self._services))

    async def action_start_over(self) -> None:
        """Start the demo over with a fresh copy of the sample."""
        await self.app.run_action("app.start_over")

    @work
    async def action_partners(self) -> None:
        """Show the list of partners."""
        from peerreview.tui.partners.partners import PartnersScreen

        await self.show_screen(PartnersScreen(self._services))
