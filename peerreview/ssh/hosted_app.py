"""The app of one session: our screens, without anything that is the host's.

Knows its room and its channel's driver; must not know other sessions, nor be called by them.
"""

import asyncio
import inspect
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import cast

from rich.console import Console
from textual.driver import Driver
from textual.events import Mount
from textual.filter import Monochrome
from textual.messages import ExitApp
from textual.screen import Screen

from peerreview.ssh.color import find_color_system
from peerreview.ssh.driver import Channel, ChannelDriver
from peerreview.ssh.lobby import HostedBoard, LobbyScreen
from peerreview.ssh.room_state import HostedRoom, NoticePosted, RoomChanged, SessionTakenOver
from peerreview.ssh.styles import ParsedRules, SharedStylesheet
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import AppOptions

_STYLES = Path(inspect.getfile(PeerReviewApp)).with_name(str(PeerReviewApp.CSS_PATH))


@dataclass(frozen=True)
class SessionDefaults:
    """What all sessions of a host start with: themes, doors that lead nowhere, styles."""

    start: AppOptions
    parsed: ParsedRules = field(default_factory=ParsedRules)


class HostedApp(PeerReviewApp):
    """peerreview for one channel.

    Args:
        stage: what all sessions of a host start with.
        room: the group.
        channel: where the terminal is.
        environment: what the client's terminal says of itself, TERM among it.
        guest: a rater who looks and rates; otherwise the host account.
    """

    CSS_PATH = _STYLES

    def __init__(
        self,
        defaults: SessionDefaults,
        room: HostedRoom,
        channel: Channel,
        environment: Mapping[str, str],
        guest: bool = True,
    ) -> None:
        term = environment.get("TERM", "")
        super().__init__(replace(defaults.start, needs_ascii=term.startswith(("linux", "vt"))))
        self.stylesheet = SharedStylesheet(self.get_css_variables(), defaults.parsed)
        self._room, self._guest = room, guest
        self.animation_level = self._motion = "none"
        self.no_color = bool(environment.get("NO_COLOR"))
        self._filters += [Monochrome()] * self.no_color
        self.console = Console(
            file=io.StringIO(), color_system="truecolor", force_terminal=True, legacy_windows=False,
            markup=True, highlight=False, emoji=False, safe_box=False, soft_wrap=False, _environ={},
        )  # fmt: skip
        self.color_system = find_color_system(term, environment)
        self.driver_class = cast("type[Driver]", partial(ChannelDriver, channel))
        # Textual points the process's streams here while it runs, and each app back to what it
        # found: with sessions that come and go, to an app that is gone. So: to where they are.
        self._capture_stdout = sys.stdout  # pyright: ignore[reportAttributeAccessIssue] - as above
        self._capture_stderr = sys.stderr  # pyright: ignore[reportAttributeAccessIssue] - as above
        self.exit_message = ""
        self.first_paint: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    # What the channel brings.

    @property
    def driver(self) -> ChannelDriver:
        """The driver; there is one as soon as somebody can type."""
        assert isinstance(self._driver, ChannelDriver)
        return self._driver

    async def run_session(self, size: tuple[int, int]) -> None:
        """Run until the person leaves; the answers given so far stay in the room."""
        try:
            await self.run_async(size=size)
        finally:
            self._room.remove_member(self)

    def receive(self, data: bytes) -> None:
        """Take in what was typed."""
        if self._driver:
            self.driver.receive(data)

    def resize(self, width: int, height: int) -> None:
        """Follow the window."""
        if self._driver:
            self.driver.resize(width, height)

    def set_paused(self, paused: bool) -> None:
        """Stop drawing while the client doesn't read."""
        if self._driver:
            self.driver.set_paused(paused)

    def show_notice(self, text: str) -> None:
        """Say something; may be called from anywhere in the loop."""
        self.post_message(NoticePosted(text))

    def end(self) -> None:
        """Come to an end; may be called from anywhere in the loop."""
        self.post_message(ExitApp())

    # What the app does.

    @property
    def may_idle(self) -> bool:
        """Whether nobody has to press a key: a ballot is in, and the close is waited for."""
        lobby = self._lobby
        return lobby is not None and lobby.is_waiting

    @property
    def _lobby(self) -> LobbyScreen | None:
        return next((each for each in self.screen_stack if isinstance(each, LobbyScreen)), None)

    # Handlers may take their event or leave it, says Textual.
    def on_mount(self, event: Mount) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Show the first screen of a session instead of the laptop's."""
        event.prevent_default()
        self.call_after_refresh(
            lambda: self.first_paint.done() or self.first_paint.set_result(None)
        )
        self._room.members.add(self)
        view = self._seen = self._room.view
        on_board = not self._guest or (view and view.last_result and not view.progress)
        board = HostedBoard(self._room, self._guest)
        self.push_screen(board if on_board else LobbyScreen(self._room, self))

    def on_room_changed(self, event: RoomChanged) -> None:
        """Show a new view on every screen; a round that has ended ends the turn."""
        before, now = self._seen, event.view
        self._seen = now
        for screen in self._following():
            screen.show_view(now)
        if not before or not before.progress or before.round_id == now.round_id:
            return
        if lobby := self._lobby:
            lobby.end_turn()
            news = f"{before.progress.round.name.capitalize()} has ended, without a result."
            if now.last_result > before.last_result:
                self.push_screen(HostedBoard(self._room, guest=True))
                news = "The box is closed. This is what the group says."
            self.notify(news, markup=False)

    def _following(self) -> list[LobbyScreen | HostedBoard]:
        return [
            each
            for each in cast("list[Screen[object]]", self.screen_stack)
            if isinstance(each, LobbyScreen | HostedBoard) and each.is_mounted
        ]

    def on_session_taken_over(self, _: SessionTakenOver) -> None:
        """End a turn that goes on elsewhere."""
        if lobby := self._lobby:
            lobby.end_turn()
            text = "Your code was entered on another terminal: your turn goes on there."
            self.notify(text, timeout=30, markup=False)

    def on_notice_posted(self, event: NoticePosted) -> None:
        """Show what everybody should read."""
        self.notify(event.text, timeout=30, markup=False)

    def _print_error_renderables(self) -> None:
        """Keep what a defect says for this client; Textual would print it on the host."""
        if self._exit_renderables:
            defect = "peerreview stopped by a defect of its own."
            self.exit_message = self.crash_message or defect
        self._exit_renderables.clear()
