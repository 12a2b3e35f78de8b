"""The one lock of a group and its boxes, between threads and between programs.

Knows waiting and giving up; must not know what is locked. Calls of one vault in one thread nest.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from peerreview.errors import BusyError
from peerreview.store.trouble import refused, told

WAIT = 5.0
_ASK_AGAIN = 0.003


class Lock:
    """An exclusive lock in a hidden file beside the group; the file stays, empty, for the next.

    Args:
        path: the group file; the lock stands beside it.
        wait: seconds until we give up.
    """

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self._path, self._wait = path, wait
        self._lock = FileLock(str(path.with_name(f".{path.name}.lock")), mode=0o600)

    @contextmanager
    def held(self) -> Generator[None]:
        """Hold the lock inside the block.

        Raises:
            BusyError: Somebody else holds it for too long.
            FileError: The folder isn't there, or can't be written.
        """
        if not self._path.parent.is_dir():
            raise refused(self._path, f"its folder {self._path.parent} isn't there: check the name")
        with told(self._path):
            try:
                self._lock.acquire(timeout=self._wait, poll_interval=_ASK_AGAIN)
            except Timeout as error:
                raise BusyError(
                    f"{self._path.name}: another program has been writing for "
                    f"{self._wait:g} seconds: wait for it or close it, then try again"
                ) from error
        try:
            yield
        finally:
            self._lock.release()
