"""The room: a window for the beamer that follows the group's file and changes nothing.

Knows counts and what was released; must not know a ballot, a code or a key.
"""

import asyncio
from collections.abc import Callable, Iterable

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.result.board import make_board
from peerreview.services.group_services import GroupServices
from peerreview.services.round_watch import View
from peerreview.tui.board.board import BoardScreen
from peerreview.tui.board.talk import TalkScreen
from peerreview.tui.kit.commands import HELP, QUIT
from peerreview.tui.kit.page import Page, in_thread
from peerreview.tui.room.round_view import RoundView

_EVERY = 1
"""How often the file is read, in seconds."""
_GONE = "{}: thrown away unread. Nothing of it is left."
_NOTHING = "No round is open. As soon as one is, it shows here."


class RoomScreen(Page[None]):
    """Shows an open round in large type; after the close the board, and then the talk list.

    Args:
        services: the services of the group, which is only read.
        join: tells how to join from another machine, if there is a way.
    """

    NAME = "ROOM"
    COMMANDS_HERE = (HELP, QUIT)
    DEFAULT_CSS = """
    RoomScreen #word { padding: 1 2; color: $road; text-style: bold; }
    RoomScreen #word.alone { height: 1fr; content-align: center middle; }
    """

    def __init__(self, services: GroupServices, join: Callable[[], str] = str) -> None:
        super().__init__()
        self._services = services
        self._join = join
        self._watch = services.watch_round()
        self._board: BoardScreen | None = None
        self._trouble = ""
        self._news = _NOTHING
        self._joined = ""

    def compose_body(self) -> Iterable[Widget]:
        """Yield the view of an open round, and the text that stands in its place."""
        yield RoundView()
        yield Static(id="word")

    def on_mount(self) -> None:
        """Start to follow the group."""
        self._follow()

    @work
    async def _follow(self) -> None:
        while True:
            with self.report_errors():
                await self.check_group()
            await asyncio.sleep(_EVERY)

    async def check_group(self) -> None:
        """Read the group once, and show what changed."""
        before = self._watch.view
        joined = self._joined
        self._joined = await in_thread(self._join)
        changed = await self._watch.look()
        problem = self._watch.problem
        view = self._watch.view
        if not self.app.is_running:
            return  # somebody left while we looked
        self._trouble = f"{problem}." if problem else ""
        if view and view != before:
            self._follow_change(before, view)
        if changed or self._joined != joined:
            self._show()

    def _follow_change(self, before: View | None, now: View) -> None:
        """Show what changed: a round began or ended, or there is an agreement."""
        old, new = before and before.progress, now.progress
        if bool(old) is not bool(new):
            self.pop_until_active()
        if old and not new and not now.group.find_release(old.round.number):
            self._news = _GONE.format(old.round.name.capitalize())
        elif not new and now.group.latest_release and (old or not before):
            self._board = BoardScreen(self._services, readonly=True, rated=old)
            self.call_later(self.app.push_screen, self._board)
        elif before and not new:
            self._show_new_agreement(before.group, now.group)

    def _show_new_agreement(self, before: Group, now: Group) -> None:
        """Show the partner with the newest agreement on the talk list."""
        if self._board and before.latest_release and now.latest_release:
            board = make_board(now)
            for place, (old, new) in enumerate(
                zip(make_board(before).talk_list, board.talk_list, strict=False)
            ):
                if old.result.outcome is not new.result.outcome:
                    self._board.pop_until_active()
                    self.call_later(self.app.push_screen, TalkScreen(board, at=place))

    def _show(self) -> None:
        """Show the open round, or say why there is none."""
        view, word = self._watch.view, self.query_one("#word", Static)
        progress = view and view.progress
        self.query_one(RoundView).show(progress, self._joined)
        word.update(Content(self._trouble or ("" if progress else self._news)))
        word.display = bool(self._trouble or not progress)
        word.set_class(not progress, "alone")
        if view:
            name = f" · {progress.round.name}" if progress else ""
            self.title_bar.location = f"{view.group.name}{name}"
