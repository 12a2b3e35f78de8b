"""Turns signals into an orderly exit, which restores the terminal and deletes temporary folders."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_EXIT_SIGNALS = ("SIGTERM", "SIGHUP")
"""Sent to end a program, and when its window is closed; Windows has only the first."""


@contextmanager
def exit_on_signals() -> Generator[None]:
    """Inside the block, leave the program with `SystemExit` at a signal that ends programs."""
    numbers = [getattr(signal, name) for name in _EXIT_SIGNALS if hasattr(signal, name)]
    old_handlers = {number: signal.signal(number, _exit) for number in numbers}
    try:
        yield
    finally:
        for number, handler in old_handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _exit(number: int, _: FrameType | None) -> None:
    from asyncio import get_running_loop

    try:
        loop = get_running_loop()
    except RuntimeError:
        sys.exit(128 + number)
    # Exit between two callbacks: one that was interrupted might never release its lock.
    loop.call_soon_threadsafe(sys.exit, 128 + number)
