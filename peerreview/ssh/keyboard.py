"""Keys from the bytes of a client, in small portions, so that no client slows others down.

Knows Textual's parser and where it trusts a terminal too much; must not know SSH.
"""

from asyncio import AbstractEventLoop, TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Protocol

from textual import constants, events
from textual._xterm_parser import XTermParser  # the only parser of keys; no public one exists
from textual.keys import Keys
from textual.message import Message

LONGEST_PASTE = 16 * 1024
"""Characters of a paste that count; the rest is dropped."""
_PORTION, _DROPPED_PORTION = 16, 4096
"""Bytes taken in a turn of the loop, and while the rest of a paste is dropped."""
_MOST_PENDING = 2048
"""Bytes that wait before we stop reading."""
_BUSY_PAUSE = 0.004
"""Seconds until we check again whether the app has caught up."""
_ESCAPE_PAUSE = constants.ESCAPE_DELAY + 0.01
"""Seconds after which Esc is a key of its own, not the beginning of a sequence."""
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste."""


class ByteSource(Protocol):
    """A source of bytes that can be paused: a channel."""

    def pause_reading(self) -> None:
        """Deliver nothing from now on."""
        ...

    def resume_reading(self) -> None:
        """Deliver bytes again."""
        ...


class UntrustedParser(XTermParser):
    """Textual's parser, for terminals that can't be trusted."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """Return a mouse event, in cells, even if the client claims to count in pixels."""
        self.mouse_pixels = False
        return super().parse_mouse_code(code)

    # Textual keeps parsers alive in a cache here, and raises on code points that don't exist.
    def _parse_extended_key(  # pyright: ignore[reportIncompatibleVariableOverride]
        self, sequence: str
    ) -> list[events.Key] | None:
        """Return the keys of a sequence of the kitty protocol, without keeping them in a cache."""
        ignored = [events.Key(Keys.Ignore, sequence)]
        try:
            keys = vars(XTermParser)["_parse_extended_key"].__wrapped__(self, sequence)
        except (ValueError, OverflowError):
            return ignored
        if any(key.character and not key.character.isprintable() for key in keys or ()):
            return ignored
        return keys


class PasteLimiter:
    """Cuts a paste after its first 16 KB, and keeps the sequence that ends it."""

    def __init__(self) -> None:
        self._tail = ""
        self._left_of_paste: int | None = None

    @property
    def is_dropping(self) -> bool:
        """Whether the rest of a paste is being dropped."""
        return self._left_of_paste == 0

    def limit(self, text: str) -> str:
        """Return the characters of the next part of a stream that count."""
        if self.is_dropping and "\x1b" not in self._tail + text:
            return ""
        return "".join(map(self._limit_character, text))

    def _limit_character(self, character: str) -> str:
        self._tail = (self._tail + character)[-len(_PASTE_END) :]
        if self._tail == _PASTE_END:
            was_dropping = self.is_dropping
            self._left_of_paste = None
            return _PASTE_END if was_dropping else character
        if self.is_dropping:
            return ""
        if self._left_of_paste:
            self._left_of_paste -= 1
        elif self._tail == _PASTE_START:
            self._left_of_paste = LONGEST_PASTE
        return character


class Keyboard:
    """Takes bytes from a client, a few in each turn of the loop, and only while the app keeps up.

    Args:
        source: where the bytes come from; it is paused while enough are pending.
        post: takes the keys and mouse events.
        is_busy: returns whether the app still works on earlier ones.
        loop: the event loop.
    """

    def __init__(
        self,
        source: ByteSource,
        post: Callable[[Message], None],
        is_busy: Callable[[], bool],
        loop: AbstractEventLoop,
    ) -> None:
        self._source = source
        self._post = post
        self._is_busy = is_busy
        self._loop = loop
        self._parser = UntrustedParser()
        self._paste_limiter = PasteLimiter()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pending = bytearray()
        self._is_paused = False
        self._is_running = False
        self._is_closed = False
        self._escape_timer: TimerHandle | None = None

    def receive(self, data: bytes) -> None:
        """Take bytes; they become keys in the next turns of the loop."""
        if self._is_closed:
            return
        self._pending += data
        if len(self._pending) > _MOST_PENDING and not self._is_paused:
            self._is_paused = True
            self._source.pause_reading()
        if not self._is_running:
            self._is_running = True
            self._loop.call_soon(self._process_portion)

    def close(self) -> None:
        """Take no more bytes, and drop the references to the app."""
        self._is_closed = True
        self._pending.clear()
        if self._escape_timer:
            self._escape_timer.cancel()
        self._post = _ignore_message
        self._is_busy = bool

    def _process_portion(self) -> None:
        self._is_running = bool(self._pending) and not self._is_closed
        if not self._is_running:
            return
        if self._is_busy():
            self._loop.call_later(_BUSY_PAUSE, self._process_portion)
            return
        size = _DROPPED_PORTION if self._paste_limiter.is_dropping else _PORTION
        portion = bytes(self._pending[:size])
        del self._pending[:size]
        if self._is_paused and len(self._pending) <= _MOST_PENDING // 2:
            self._is_paused = False
            self._source.resume_reading()
        if text := self._paste_limiter.limit(self._decode(portion)):
            for message in self._parser.feed(text):
                self._post(message)
        if b"\x1b" in portion:
            if self._escape_timer:
                self._escape_timer.cancel()
            self._escape_timer = self._loop.call_later(_ESCAPE_PAUSE, self._post_escape)
        self._loop.call_soon(self._process_portion)

    def _post_escape(self) -> None:
        self._escape_timer = None
        for message in self._parser.tick():
            self._post(message)


def _ignore_message(_: Message) -> None:
    """Drop a message: the app has ended."""
