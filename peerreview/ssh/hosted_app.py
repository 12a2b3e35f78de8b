"""The app of one session: the program's screens on the terminal at the other end of a channel.

Knows its room and its channel's driver; must not know other sessions, nor be called by them.
"""

import asyncio
import inspect
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from rich.color import ColorSystem
from rich.console import Console
from textual.driver import Driver
from textual.events import Mount
from textual.filter import LineFilter, Monochrome
from textual.messages import ExitApp
from textual.screen import Screen

from peerreview.ssh.driver import Channel, ChannelDriver
from peerreview.ssh.lobby import HostedBoard, LobbyScreen
from peerreview.ssh.room_state import HostedRoom, NoticePosted, RoomChanged, SessionTakenOver
from peerreview.ssh.session_defaults import SessionDefaults, SharedStylesheet
from peerreview.tui.app.app import PeerReviewApp

_STYLES = Path(inspect.getfile(PeerReviewApp)).with_name(str(PeerReviewApp.CSS_PATH))
_TRUECOLOR_TERMINALS = {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"}
_SIXTEEN_COLOR_TERMINALS = ("linux", "ansi", "vt", "cons", "screen.linux")
_ASCII_TERMINALS = ("linux", "vt")
"""What the names of terminals start with that have few colors, or lack our signs."""


def find_color_system(term: str, environment: Mapping[str, str]) -> ColorSystem:
    """Return how many colors a terminal shows: by COLORTERM, then by its name, else 256."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    if term in _TRUECOLOR_TERMINALS or term.endswith("-direct"):
        return ColorSystem.TRUECOLOR
    if term.endswith("-16color") or term.startswith(_SIXTEEN_COLOR_TERMINALS):
        return ColorSystem.STANDARD
    return ColorSystem.EIGHT_BIT


class HostedApp(PeerReviewApp):
    """peerreview for one channel.

    Args:
        defaults: what all sessions of a host start with.
        room: the group.
        channel: the channel to the terminal.
        environment: the client's environment variables, TERM among them.
        is_guest: whether a guest joined, who looks and rates; otherwise it is the host account.

    Attributes:
        driver: the driver of the channel; None until the app runs.
        exit_message: a line for the person once the app has ended; empty if there is none.
        first_paint: is done as soon as keys can be received.
    """

    CSS_PATH = _STYLES

    def __init__(
        self,
        defaults: SessionDefaults,
        room: HostedRoom,
        channel: Channel,
        environment: Mapping[str, str],
        is_guest: bool = True,
    ) -> None:
        term = environment.get("TERM", "")
        super().__init__(replace(defaults.options, needs_ascii=term.startswith(_ASCII_TERMINALS)))
        self.stylesheet = SharedStylesheet(self.get_css_variables(), defaults.parsed_rules)
        self._room = room
        self._channel = channel
        self._is_guest = is_guest
        self.driver: ChannelDriver | None = None
        self.animation_level = self._motion = "none"
        self.no_color = bool(environment.get("NO_COLOR"))
        self._color_filters = [Monochrome()] if self.no_color else []
        self.console = Console(
            file=io.StringIO(), color_system="truecolor", force_terminal=True, legacy_windows=False,
            markup=True, highlight=False, emoji=False, safe_box=False, soft_wrap=False,
            no_color=False, width=80, height=24,  # otherwise the host's environment decides
        )  # fmt: skip
        self.color_system = find_color_system(term, environment)
        self.driver_class = cast("type[Driver]", self._make_driver)
        # Textual prints errors there, which would be the host's terminal.
        self.error_console = Console(file=io.StringIO())
        # Textual redirects the streams of the process to an app, and later back to one that ended.
        self._capture_stdout = sys.stdout  # pyright: ignore[reportAttributeAccessIssue] - as above
        self._capture_stderr = sys.stderr  # pyright: ignore[reportAttributeAccessIssue] - as above
        self.exit_message = ""
        self.first_paint: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def _make_driver(self, _: object, **options: Any) -> ChannelDriver:
        self.driver = ChannelDriver(self._channel, self, **options)
        return self.driver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every app, and one without colors for a client that wants none."""
        return [*super().get_line_filters(), *self._color_filters]

    # Calls from the session.

    async def run_session(self, size: tuple[int, int]) -> None:
        """Run until the person leaves; the room keeps the answers given so far."""
        try:
            await self.run_async(size=size)
        finally:
            self._room.remove_member(self)
        if self.return_code:
            defect = "peerreview stopped by a defect of its own."
            self.exit_message = self.crash_message or defect

    def receive(self, data: bytes) -> None:
        """Take bytes that the client typed."""
        if self.driver:
            self.driver.receive(data)

    def resize(self, width: int, height: int) -> None:
        """Follow the size of the client's window."""
        if self.driver:
            self.driver.resize(width, height)

    def set_paused(self, is_paused: bool) -> None:
        """Stop drawing while the client doesn't read."""
        if self.driver:
            self.driver.set_paused(is_paused)

    def show_notice(self, text: str) -> None:
        """Show a notice; may be called from anywhere in the loop."""
        self.post_message(NoticePosted(text))

    def end(self) -> None:
        """End the app; may be called from anywhere in the loop."""
        self.post_message(ExitApp())

    # Screens.

    @property
    def may_idle(self) -> bool:
        """Whether nobody has to press a key, because a ballot is in and waits for the close."""
        lobby = self._lobby
        return lobby is not None and lobby.is_waiting

    @property
    def _lobby(self) -> LobbyScreen | None:
        lobbies = (screen for screen in self.screen_stack if isinstance(screen, LobbyScreen))
        return next(lobbies, None)

    # Textual allows handlers with and without the event.
    def on_mount(self, event: Mount) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Show the first screen of a session instead of the one on a laptop."""
        event.prevent_default()
        self.call_after_refresh(
            lambda: self.first_paint.done() or self.first_paint.set_result(None)
        )
        self._room.members.add(self)
        view = self._view = self._room.view
        if not self._is_guest or (view and view.last_result and not view.progress):
            self.push_screen(HostedBoard(self._room, self._is_guest))
        else:
            self.push_screen(LobbyScreen(self._room, self))

    def on_room_changed(self, event: RoomChanged) -> None:
        """Show a new view on every screen; a round that has ended ends the turn."""
        last_view = self._view
        view = event.view
        self._view = view
        for screen in cast("list[Screen[object]]", self.screen_stack):
            if isinstance(screen, LobbyScreen | HostedBoard) and screen.is_mounted:
                screen.show_view(view)
        if not last_view or not last_view.progress or last_view.round_id == view.round_id:
            return
        if lobby := self._lobby:
            lobby.end_turn()
            if view.last_result > last_view.last_result:
                self.push_screen(HostedBoard(self._room, is_guest=True))
                text = "The box is closed. This is what the group says."
            else:
                text = f"{last_view.progress.round.name.capitalize()} has ended, without a result."
            self.notify(text, markup=False)

    def on_session_taken_over(self, _: SessionTakenOver) -> None:
        """End a turn that goes on elsewhere."""
        if lobby := self._lobby:
            lobby.end_turn()
            text = "Your code was entered on another terminal: your turn goes on there."
            self.notify(text, timeout=30, markup=False)

    def on_notice_posted(self, event: NoticePosted) -> None:
        """Show a notice for all sessions."""
        self.notify(event.text, timeout=30, markup=False)
