"""Leaving tidily: a signal that ends the program unwinds it, instead of cutting it off.

So the terminal is a terminal again and temporary folders are gone.
"""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_ENDINGS = ("SIGTERM", "SIGHUP")
"""Asked to end, and the window closed; Windows knows only the first."""


@contextmanager
def exit_on_signals() -> Generator[None]:
    """Turn the signals that end a program into an exit, inside the block."""
    signals = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = [signal.signal(each, _leave) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler or signal.SIG_DFL)


def _leave(number: int, _: FrameType | None) -> None:
    from asyncio import get_running_loop

    try:
        loop = get_running_loop()
    except RuntimeError:
        sys.exit(128 + number)
    # Between two callbacks: in the midst of one, a lock may be held that nobody would give back.
    loop.call_soon_threadsafe(sys.exit, 128 + number)
