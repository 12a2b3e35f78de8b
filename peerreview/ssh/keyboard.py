"""Bytes from a client become keys, in small portions; nothing a client sends costs others much.

Knows Textual's parser and what is wrong with it for strangers; must not know SSH.
"""

from asyncio import AbstractEventLoop, TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Protocol

from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import Keys
from textual.message import Message

PORTION, DROPPED_PORTION = 16, 4096
"""Bytes taken in a turn of the loop, and while the rest of a paste is thrown away."""
MOST_PENDING, LONGEST_PASTE = 2048, 16 * 1024
"""Bytes waiting before we stop reading, and characters of a paste that count."""
_BUSY, _ESCAPE = 0.004, constants.ESCAPE_DELAY + 0.01
"""Seconds until we look again whether the app has caught up, and whether Esc was just Esc."""


class ByteSource(Protocol):
    """Where bytes come from: a channel that can be told to wait."""

    def pause_reading(self) -> None:
        """Stop sending."""
        ...

    def resume_reading(self) -> None:
        """Go on."""
        ...


class UntrustedParser(XTermParser):
    """Textual's parser, for terminals we don't trust."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """Parse a mouse event; it counts in cells, whatever the client claims."""
        self.mouse_pixels = False
        return super().parse_mouse_code(code)

    # That it is not cached is the point.
    def _parse_extended_key(  # pyright: ignore[reportIncompatibleVariableOverride]
        self, sequence: str
    ) -> list[events.Key] | None:
        """Parse a key of the kitty protocol.

        Textual keeps each parser alive in a cache, and raises on code points that don't exist.
        """
        try:
            found = vars(XTermParser)["_parse_extended_key"].__wrapped__(self, sequence)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]
        bad = any(key.character and not key.character.isprintable() for key in found or ())
        return [events.Key(Keys.Ignore, sequence)] if bad else found


class PasteLimiter:
    """Cuts what is pasted after the first 16 KB, without losing where it ends."""

    def __init__(self) -> None:
        self._tail = ""
        self._room: int | None = None

    @property
    def dropping(self) -> bool:
        """Whether the rest of a paste is being thrown away."""
        return self._room == 0

    def __call__(self, text: str) -> str:
        """Return what may pass of `text`."""
        if self.dropping and "\x1b" not in self._tail + text:
            return ""
        return "".join(filter(None, map(self._passed, text)))

    def _passed(self, character: str) -> str:
        self._tail = (self._tail + character)[-len(BRACKETED_PASTE_END) :]
        if self._tail == BRACKETED_PASTE_END:
            cut, self._room = self.dropping, None
            return BRACKETED_PASTE_END if cut else character
        if self.dropping:
            return ""
        if self._room:
            self._room -= 1
        elif self._tail == BRACKETED_PASTE_START:
            self._room = LONGEST_PASTE
        return character


class Keyboard:
    """Takes what a client sends, a little in each turn of the loop, and only while we keep up.

    Args:
        source: told to wait while enough is pending.
        post: takes the keys and mouse events.
        busy: whether the app still works on earlier ones.
        loop: the event loop.
    """

    def __init__(
        self,
        source: ByteSource,
        post: Callable[[Message], None],
        busy: Callable[[], bool],
        loop: AbstractEventLoop,
    ) -> None:
        self._source, self._post, self._busy, self._loop = source, post, busy, loop
        self._parser, self._cap = UntrustedParser(), PasteLimiter()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pending = bytearray()
        self._paused = self._running = self._closed = False
        self._tick: TimerHandle | None = None

    def receive(self, data: bytes) -> None:
        """Take bytes in; they become keys in the next turns of the loop."""
        if self._closed:
            return
        self._pending += data
        if len(self._pending) > MOST_PENDING and not self._paused:
            self._paused = True
            self._source.pause_reading()
        if not self._running:
            self._running = True
            self._loop.call_soon(self._process_portion)

    def close(self) -> None:
        """Take no more, and let go of the app."""
        self._closed = True
        self._pending.clear()
        if self._tick:
            self._tick.cancel()
        self._post, self._busy = _ignore_message, bool

    def _process_portion(self) -> None:
        self._running = bool(self._pending) and not self._closed
        if not self._running:
            return
        if self._busy():
            self._loop.call_later(_BUSY, self._process_portion)
            return
        size = DROPPED_PORTION if self._cap.dropping else PORTION
        portion = bytes(self._pending[:size])
        del self._pending[:size]
        if self._paused and len(self._pending) <= MOST_PENDING // 2:
            self._paused = False
            self._source.resume_reading()
        if text := self._cap(self._decode(portion)):
            for message in self._parser.feed(text):
                self._post(message)
        if b"\x1b" in portion:
            if self._tick:
                self._tick.cancel()
            self._tick = self._loop.call_later(_ESCAPE, self._look_for_escape)
        self._loop.call_soon(self._process_portion)

    def _look_for_escape(self) -> None:
        self._tick = None
        for message in self._parser.tick():
            self._post(message)


def _ignore_message(_: Message) -> None:
    """Take a message that nobody is there for any more."""
