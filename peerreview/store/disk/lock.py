"""The one lock of a group and its boxes, between threads and between programs.

Knows waiting and giving up; must not know what is locked. Calls of one vault in one thread nest.
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
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.00005, 0.0005
"""Seconds between two tries."""


class _ThreadState(threading.local):
    """What one thread holds: how often, and through which descriptor."""

    depth = 0
    file = -1


class Lock:
    """An exclusive lock in a hidden file beside the group; the file stays, empty, for the next.

    Args:
        path: the group file; the lock stands beside it.
        wait: seconds until we give up.
    """

    def __init__(self, path: Path, wait: float = LONGEST_WAIT) -> None:
        self.path, self._wait = path, wait
        self._lock_path = path.with_name(f".{path.name}.lock")
        self._thread_state = _ThreadState()

    @contextmanager
    def held(self) -> Generator[None]:
        """Hold the lock inside the block.

        Raises:
            BusyError: Somebody else holds it for too long.
            FileError: The folder isn't there, or can't be written.
        """
        mine = self._thread_state
        if not mine.depth:
            mine.file = self._acquire()
        mine.depth += 1
        try:
            yield
        finally:
            mine.depth -= 1
            if not mine.depth:
                _release(mine.file)

    def _acquire(self) -> int:
        """Return a descriptor that holds the lock; ask ever less often until we give up."""
        pause, until = _SHORTEST_PAUSE, time.monotonic() + self._wait
        while (file := self._try_to_acquire()) is None:
            if time.monotonic() >= until:
                raise BusyError(
                    f"{self.path.name}: another program has been writing for "
                    f"{self._wait:g} seconds: wait for it or close it, then try again"
                )
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)
        return file

    def _try_to_acquire(self) -> int | None:
        from filelock import lock_descriptor  # only who locks pays for the import

        with os_errors_as_file_errors(self.path):
            try:
                file = platform.open_lock(self._lock_path)
            except FileNotFoundError as error:
                why = f"its folder {self.path.parent} isn't there: check the name"
                raise file_error(self.path, why) from error
            held = False  # somebody else's; or tidied away, and nobody else will look at it
            try:
                held = lock_descriptor(file, blocking=False) and os.fstat(file).st_nlink > 0
            finally:
                if not held:
                    os.close(file)
            return file if held else None


def _release(file: int) -> None:
    from filelock import unlock_descriptor

    try:
        unlock_descriptor(file)
    finally:
        os.close(file)
