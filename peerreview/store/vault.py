"""A group's file and the files of its boxes, found together and locked by one lock.

Knows which file belongs to which; must not know what is in them.
"""

from collections.abc import Mapping
from pathlib import Path

from peerreview.domain.round.box import Box
from peerreview.errors import FileError
from peerreview.store.box.box_file import BoxFile
from peerreview.store.disk import durable
from peerreview.store.disk.lock import WAIT, Lock
from peerreview.store.disk.naming import (
    GROUP_SUFFIX,
    box_path,
    find_box_numbers,
    find_unfinished_saves,
)
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.group_file import GroupFile
from peerreview.store.leftover import LeftoverBox, judge_leftover_box


class FileVault:
    """The vault at `NAME.group.json`, with its boxes `NAME.round-7.box.json` beside it.

    Calls may nest within a thread: all stores of one vault share its lock.

    `path` is the group file itself, `where` the same in words for a person, `lock` the one lock
    of the group and its boxes, `group` the group.

    Args:
        path: the group file; a link is followed, so that the real file is replaced, not the link.
        wait: seconds until a lock held elsewhere is an error.
    """

    def __init__(self, path: Path | str, wait: float = WAIT) -> None:
        with os_errors_as_file_errors(Path(path)):
            self.path = Path(path).resolve()
        self.location = str(self.path)
        self.lock = Lock(self.path, wait)
        self.group = GroupFile(self.path, self.lock)

    def box(self, number: int) -> BoxFile:
        """Return the place of the box of round `number`."""
        return BoxFile(box_path(self.path, number), number, self.lock)

    def seen(self, number: int) -> Box | FileError:
        """Return the box of round `number`, or why it can't be read."""
        try:
            return self.box(number).read()
        except FileError as error:
            return error

    def write_beside(self, texts: Mapping[str, str], overwrite: bool) -> tuple[str, ...]:
        """Write texts beside the group, each whole, and return their paths; see `Vault`.

        Raises:
            FileError: One can't be written.
            BusyError: Somebody else holds the lock for too long.
        """
        stem = self.path.name.removesuffix(GROUP_SUFFIX)
        paths = {self.path.with_name(f"{stem}.{end}"): text for end, text in texts.items()}
        with self.lock.held():
            if not overwrite and any(path.exists() for path in paths):
                return ()
            for path, text in paths.items():
                with os_errors_as_file_errors(path):
                    (durable.replace if overwrite else durable.create)(path, text.encode("utf-8"))
        return tuple(map(str, paths))

    def describe_folder_risks(self) -> tuple[str, ...]:
        """Return who else gets at the files here: a synced folder, git, a network; see `Vault`."""
        from peerreview.store.folder_risks import find_folder_risks

        return tuple(f"{each.what}: {each.todo}" for each in find_folder_risks(self.path.parent))

    def clean_up_after_crash(self) -> tuple[str, ...]:
        """Finish what a crash left half done. Returns what was done, in sentences.

        A folder that can't be written is fine as long as there is nothing to do.

        Raises:
            FileError: The group can't be read, or something left over can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        open_round = self.group.read().open_round
        with os_errors_as_file_errors(self.path):
            odd = set(find_box_numbers(self.path)) - {open_round.number if open_round else 0}
            if not odd and not find_unfinished_saves(self.path):
                return ()
            with self.lock.held():
                said, group = list(map(swept, find_unfinished_saves(self.path))), self.group.read()
                boxes = (
                    (n, judge_leftover_box(group, n, self.seen(n)))
                    for n in find_box_numbers(self.path)
                )
                return (*said, *(self.settled(n, found) for n, found in boxes if found))

    def settled(self, number: int, found: LeftoverBox) -> str:
        """Remove a box left over if it may go; return the sentence that says so, or what to do.

        Raises:
            FileError: It can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        if found.remove:
            self.box(number).remove()
        return found.sentence


def swept(path: Path) -> str:
    """Remove what an interrupted save left; return the sentence that says so.

    Raises:
        OSError: It can't be removed.
    """
    durable.erase(path)
    return f"{path.name}: an interrupted save is removed"
