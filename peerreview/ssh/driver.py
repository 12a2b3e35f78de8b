"""A Textual driver for one SSH channel: frames out, keys in, and nothing of the host.

Knows one channel and one app; must not know accounts, rooms or other sessions.
"""

from typing import Any, BinaryIO, Protocol, TextIO

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump

from peerreview.ssh.keyboard import ByteSource, Keyboard

WIDEST, TALLEST = 300, 100
_BETWEEN_SIZES = 0.5
"""Seconds from one change of the window to the next that we follow."""
_ALIKE, _PIECE = 8192, 60
"""Bytes that frames are filled up to, and that a sequence may have (tmux drops longer ones)."""
_ON = "\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?25l\x1b[?2004h\x1b[?7l"
_OFF = "\x1b[?7h\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1049l\x1b[?25h"
"""Alternative screen, mouse clicks and drags (never moves), no cursor, marked paste, no wrap."""


class Channel(ByteSource, Protocol):
    """What we need of an SSH channel."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def is_closing(self) -> bool:
        """Tell whether nothing can be sent any more."""
        ...


def clamp_size(width: int, height: int) -> tuple[int, int]:
    """Return a size we draw: what a client says can be zero, or cost gigabytes."""
    return min(max(width or 80, 1), WIDEST), min(max(height or 24, 1), TALLEST)


class ChannelDriver(Driver):
    """One person's terminal at the other end of a channel."""

    def __init__(self, channel: Channel, app: App[Any], **screen: Any) -> None:
        super().__init__(app, **screen)
        self._channel = channel
        self._keyboard = Keyboard(channel, self.process_message, self._is_busy, self._loop)
        self._frame: list[str] = []
        self._held = self._missed = False
        self._wanted: tuple[int, int] | None = None
        self._resizing = False

    # Out.

    def write(self, data: str) -> None:
        """Collect; everything written in one turn of the loop is one packet."""
        if not self._frame:
            self._loop.call_soon(self.send_frame)
        self._frame.append(data)

    def send_frame(self) -> None:
        """Send what was collected, or drop it while the client doesn't read."""
        data = "".join(self._frame).encode("utf-8", "replace")
        self._frame.clear()
        if self._held:
            self._missed = True
        elif data and not self._channel.is_closing():
            # Where something was opened, a turn most of all.
            self._channel.write(data + _make_padding(len(data)) * bool(self._app.screen_stack[2:]))

    def set_paused(self, held: bool) -> None:
        """Draw nothing while the client doesn't read; then draw what was missed, whole."""
        self._held = held
        if self._missed and not held:
            self._missed = False
            self._app.call_later(self._app.refresh)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self.write(_ON)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        self.write(_OFF)
        self._held = False
        self.send_frame()

    # In.

    def receive(self, data: bytes) -> None:
        """Take in what the client typed."""
        self._keyboard.receive(data)

    def _is_busy(self) -> bool:
        pumps: list[MessagePump | None] = [self._app]
        if self._app.screen_stack:
            pumps += [self._app.screen, self._app.focused]
        return any(each.message_queue_size for each in pumps if each)

    def process_message(self, message: Message) -> None:
        """Pass a key or a click on; a size within the stream of keys is none of theirs."""
        if not isinstance(message, events.Resize):
            super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Post to our app; we are in its loop already."""
        self._app.post_message(message)

    def resize(self, width: int, height: int) -> None:
        """Follow the client's window, at most twice a second."""
        self._wanted = clamp_size(width, height)
        if not self._resizing:
            self._follow_window()

    def _follow_window(self) -> None:
        self._resizing = self._wanted is not None
        if self._wanted:
            size, self._wanted = Size(*self._wanted), None
            self._app.post_message(events.Resize(size, size))
            self._loop.call_later(_BETWEEN_SIZES, self._follow_window)

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
    """Return what changes nothing on a terminal, for a frame of so many bytes to be like others.

    The length of an encrypted frame would tell who listens on the network what was answered.
    """
    missing = 3 + (-size - 3) % _ALIKE
    pieces = missing // _PIECE + 1
    return b"".join(b"\x1b[%bm" % (b"0" * ((missing + n) // pieces - 3)) for n in range(pieces))
