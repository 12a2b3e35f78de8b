"""A group's file and the files of its boxes, found together and locked by one lock.

Knows which file belongs to which; must not know what is in them.
"""

from pathlib import Path

from peerreview.domain.box import Box
from peerreview.domain.group import Group
from peerreview.errors import FileError
from peerreview.store import durable
from peerreview.store.box_file import BoxFile
from peerreview.store.group_file import GroupFile
from peerreview.store.leftover import leftover
from peerreview.store.lock import WAIT, Lock
from peerreview.store.naming import box_numbers, box_path, unfinished
from peerreview.store.trouble import told


class FileVault:
    """The vault at `NAME.group.json`, with its boxes `NAME.round-7.box.json` beside it.

    Calls may nest within a thread: all stores of one vault share its lock.

    Args:
        path: the group file; a link is followed, so that the real file is replaced, not the link.
        wait: seconds until a lock held elsewhere is an error.
    """

    def __init__(self, path: Path | str, wait: float = WAIT) -> None:
        with told(Path(path)):
            self._path = Path(path).resolve()
        self._lock = Lock(self._path, wait)
        self._group = GroupFile(self._path, self._lock)

    @property
    def where(self) -> str:
        """The place, in words for a person: a path."""
        return str(self._path)

    @property
    def path(self) -> Path:
        """The group file itself."""
        return self._path

    @property
    def lock(self) -> Lock:
        """The one lock of the group and its boxes."""
        return self._lock

    @property
    def group(self) -> GroupFile:
        """The group."""
        return self._group

    def box(self, number: int) -> BoxFile:
        """Return the place of the box of round `number`."""
        return BoxFile(box_path(self._path, number), number, self._lock)

    def recover(self) -> tuple[str, ...]:
        """Finish what a crash left half done. Returns what was done, in sentences.

        A folder that can't be written is fine as long as there is nothing to do.

        Raises:
            FileError: The group can't be read, or something left over can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        open_round = self._group.read().open_round
        with told(self._path):
            odd = set(box_numbers(self._path)) - {open_round.number if open_round else 0}
            if not odd and not unfinished(self._path):
                return ()
        with self._lock.held():
            return (*self._sweep(), *self._remove_leftovers(self._group.read()))

    def _sweep(self) -> list[str]:
        with told(self._path):
            return [swept(path) for path in unfinished(self._path)]

    def _remove_leftovers(self, group: Group) -> list[str]:
        said: list[str] = []
        with told(self._path):
            numbers = box_numbers(self._path)
        for number in numbers:
            if found := leftover(group, number, self._readable(number)):
                if found.remove:
                    self.box(number).remove()
                said.append(found.sentence)
        return said

    def _readable(self, number: int) -> Box | None:
        try:
            return self.box(number).read()
        except FileError:
            return None


def swept(path: Path) -> str:
    """Remove what an interrupted save left; return the sentence that says so.

    Raises:
        OSError: It can't be removed.
    """
    durable.erase(path)
    return f"{path.name}: an interrupted save is removed"
