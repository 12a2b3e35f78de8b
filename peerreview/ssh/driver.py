"""A Textual driver for one SSH channel: frames out, keys in, and nothing of the host.

Knows one channel and one app; must not know accounts, rooms or other sessions.
"""

import asyncio
from typing import Any, BinaryIO, Protocol, TextIO

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump

from peerreview.ssh.keyboard import ByteSource, Keyboard

WIDEST, TALLEST = 300, 100
_RESIZE_PAUSE = 0.5
"""Seconds from one change of the window to the next that we follow."""
_FRAME_SIZE = 8192
"""Bytes to a multiple of which the frames of a turn are padded."""
_LONGEST_SEQUENCE = 60
"""Bytes of an escape sequence; tmux drops much longer ones."""
_SHORTEST_SEQUENCE = len(b"\x1b[m")
_STACKED_FIRST_SCREENS = 2
"""How many screens are on the stack while nothing was opened: Textual's own blank one and ours."""
_ENTER_SCREEN = "\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?25l\x1b[?2004h\x1b[?7l"
_LEAVE_SCREEN = "\x1b[?7h\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1049l\x1b[?25h"
"""Alternative screen, mouse clicks and drags (never moves), no cursor, marked paste, no wrap."""


class Channel(ByteSource, Protocol):
    """The part of an SSH channel that front ends use."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def is_closing(self) -> bool:
        """Tell whether nothing can be sent any more."""
        ...


def clamp_size(width: int, height: int) -> tuple[int, int]:
    """Return a size that can be drawn: a client may send zero, or what would cost gigabytes."""
    return min(max(width or 80, 1), WIDEST), min(max(height or 24, 1), TALLEST)


class ChannelDriver(Driver):
    """One person's terminal at the other end of a channel."""

    def __init__(self, channel: Channel, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._channel = channel
        self._session_app = app
        self._event_loop = asyncio.get_running_loop()
        self._keyboard = Keyboard(channel, self.process_message, self._is_busy, self._event_loop)
        self._frame: list[str] = []
        self._is_paused = False
        self._missed_frame = False
        self._new_size: tuple[int, int] | None = None
        self._is_resizing = False

    # Frames for the client.

    def write(self, data: str) -> None:
        """Collect a part of a frame; what is written in one turn of the loop is one packet."""
        if not self._frame:
            self._event_loop.call_soon(self.send_frame)
        self._frame.append(data)

    def send_frame(self) -> None:
        """Send what was collected, or drop it while the client doesn't read."""
        data = "".join(self._frame).encode("utf-8", "replace")
        self._frame.clear()
        if self._is_paused:
            self._missed_frame = True
        elif data and not self._channel.is_closing():
            # Something was opened above the first screen: perhaps a turn.
            if len(self._session_app.screen_stack) > _STACKED_FIRST_SCREENS:
                data += _make_padding(len(data))
            self._channel.write(data)

    def set_paused(self, is_paused: bool) -> None:
        """Drop frames while the client doesn't read; afterwards draw the whole screen."""
        self._is_paused = is_paused
        if self._missed_frame and not is_paused:
            self._missed_frame = False
            self._session_app.call_later(self._session_app.refresh)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self.write(_ENTER_SCREEN)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        self.write(_LEAVE_SCREEN)
        self._is_paused = False
        self.send_frame()

    # Keys and sizes from the client.

    def receive(self, data: bytes) -> None:
        """Take bytes that the client typed."""
        self._keyboard.receive(data)

    def _is_busy(self) -> bool:
        app = self._session_app
        pumps: list[MessagePump | None] = [app]
        if app.screen_stack:
            pumps += [app.screen, app.focused]
        return any(pump.message_queue_size for pump in pumps if pump)

    def process_message(self, message: Message) -> None:
        """Pass a key or a click on, but no size: a client sends that beside its keys."""
        if not isinstance(message, events.Resize):
            super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Post a message to the app; its loop is the one that runs."""
        self._session_app.post_message(message)

    def resize(self, width: int, height: int) -> None:
        """Follow the client's window, at most twice a second."""
        self._new_size = clamp_size(width, height)
        if not self._is_resizing:
            self._follow_window()

    def _follow_window(self) -> None:
        self._is_resizing = self._new_size is not None
        if self._new_size:
            size = Size(*self._new_size)
            self._new_size = None
            self._session_app.post_message(events.Resize(size, size))
            self._event_loop.call_later(_RESIZE_PAUSE, self._follow_window)

    def disable_input(self) -> None:
        """Take no more keys."""
        self._keyboard.close()

    # What must not happen on the host.

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: it would be a browser on the host."""

    def deliver_binary(self, binary: BinaryIO | TextIO, **_: Any) -> None:
        """Save nothing: it would be a file on the host."""
        binary.close()


def _make_padding(size: int) -> bytes:
    """Return sequences that change nothing on a terminal and pad a frame of `size` bytes.

    Whoever listens on the network sees the length of an encrypted frame, which would differ from
    answer to answer.
    """
    missing = _SHORTEST_SEQUENCE + (-size - _SHORTEST_SEQUENCE) % _FRAME_SIZE
    count = missing // _LONGEST_SEQUENCE + 1
    lengths = [(missing + number) // count for number in range(count)]
    return b"".join(b"\x1b[%bm" % (b"0" * (length - _SHORTEST_SEQUENCE)) for length in lengths)
