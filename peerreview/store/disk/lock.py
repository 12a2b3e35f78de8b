"""The lock of a group and its boxes, between threads and between programs.

Calls of one vault may nest within a thread. Must not know what is locked.
"""

import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from peerreview.errors import BusyError
from peerreview.store.disk import platform
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors

LONGEST_WAIT = 5.0
"""Seconds."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.00005, 0.0005
"""Seconds between two attempts."""


class _ThreadState(threading.local):
    """How often one thread holds the lock, and with which descriptor."""

    depth = 0
    file = -1


class Lock:
    """An exclusive lock on a hidden, empty file beside the group, which is never removed.

    Attributes:
        path: the group file.

    Args:
        path: the group file.
        wait: how many seconds to wait for somebody else.
    """

    def __init__(self, path: Path, wait: float = LONGEST_WAIT) -> None:
        self.path = path
        self._wait = wait
        self._lock_path = path.with_name(f".{path.name}.lock")
        self._thread_state = _ThreadState()

    @contextmanager
    def held(self) -> Generator[None]:
        """Hold the lock inside the block.

        Raises:
            BusyError: Another program holds it for too long.
            FileError: The folder doesn't exist, or can't be written.
        """
        state = self._thread_state
        if not state.depth:
            state.file = self._acquire()
        state.depth += 1
        try:
            yield
        finally:
            state.depth -= 1
            if not state.depth:
                _release(state.file)

    def _acquire(self) -> int:
        """Return a descriptor that holds the lock; try again after ever longer pauses."""
        pause = _SHORTEST_PAUSE
        deadline = time.monotonic() + self._wait
        while (file := self._try_to_acquire()) is None:
            if time.monotonic() >= deadline:
                raise BusyError(
                    f"{self.path.name}: another program has been writing for "
                    f"{self._wait:g} seconds: wait for it or close it, then try again"
                )
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)
        return file

    def _try_to_acquire(self) -> int | None:
        from filelock import lock_descriptor  # imported late, as reading needs no lock

        with os_errors_as_file_errors(self.path):
            try:
                file = platform.open_lock(self._lock_path)
            except FileNotFoundError as error:
                reason = f"its folder {self.path.parent} isn't there: check the name"
                raise file_error(self.path, reason) from error
            is_held = False
            try:
                # A lock on a file that somebody removed would keep nobody else out.
                is_held = lock_descriptor(file, blocking=False) and os.fstat(file).st_nlink > 0
            finally:
                if not is_held:
                    os.close(file)
            return file if is_held else None


def _release(file: int) -> None:
    from filelock import unlock_descriptor

    try:
        unlock_descriptor(file)
    finally:
        os.close(file)
