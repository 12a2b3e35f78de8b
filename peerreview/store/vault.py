"""A group's file and the files of its boxes, protected by one lock.

This module knows which file belongs to which; it must not know what is in them.
"""

from collections.abc import Mapping
from pathlib import Path

from peerreview.domain.round.box import Box
from peerreview.errors import FileError
from peerreview.store.box.box_file import BoxFile
from peerreview.store.disk import durable
from peerreview.store.disk.lock import LONGEST_WAIT, Lock
from peerreview.store.disk.naming import (
    GROUP_SUFFIX,
    box_path,
    find_box_numbers,
    find_unfinished_saves,
)
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.group_file import CachedGroupFile, GroupFile
from peerreview.store.leftover_box import LeftoverBox, judge_leftover_box


class FileVault:
    """The vault at `NAME.group.json`, with boxes such as `NAME.round-7.box.json` beside it.

    All stores of one vault share its lock, so calls may nest within a thread.

    Attributes:
        path: the group file.
        location: the same in words for a person.
        lock: the lock of the group and its boxes.
        group: the storage of the group.

    Args:
        path: the group file; a link is followed, so that the real file is replaced.
        wait: how many seconds to wait for a lock that is held elsewhere.
    """

    def __init__(self, path: Path | str, wait: float = LONGEST_WAIT) -> None:
        with os_errors_as_file_errors(Path(path)):
            self.path = Path(path).resolve()
        self.location = str(self.path)
        self.lock = Lock(self.path, wait)
        self.group = GroupFile(self.path, self.lock)

    def box(self, number: int) -> BoxFile:
        """Return the storage of the box of round `number`, whether or not there is a box."""
        return BoxFile(box_path(self.path, number), number, self.lock)

    def read_box_or_error(self, number: int) -> Box | FileError:
        """Return the box of round `number`, or the error if it can't be read."""
        try:
            return self.box(number).read()
        except FileError as error:
            return error

    def write_beside(self, texts: Mapping[str, str], overwrite: bool) -> tuple[str, ...]:
        """Write texts to files beside the group, each atomically, and return their paths.

        Args:
            texts: the texts by the ending of their file names, which follows the group's name.
            overwrite: replace files that exist. Otherwise, if one of them exists, nothing is
                written and nothing returned.

        Raises:
            FileError: A file can't be written.
            BusyError: Another program holds the lock for too long.
        """
        stem = self.path.name.removesuffix(GROUP_SUFFIX)
        paths = {self.path.with_name(f"{stem}.{ending}"): text for ending, text in texts.items()}
        with self.lock.held():
            if not overwrite and any(path.exists() for path in paths):
                return ()
            write = durable.replace if overwrite else durable.create
            for path, text in paths.items():
                with os_errors_as_file_errors(path):
                    write(path, text.encode("utf-8"))
        return tuple(map(str, paths))

    def describe_folder_risks(self) -> tuple[str, ...]:
        """Return sentences on a synced folder, a git work tree or a network; see `Vault`."""
        from peerreview.store.folder_risks import find_folder_risks

        risks = find_folder_risks(self.path.parent)
        return tuple(f"{risk.what}: {risk.todo}" for risk in risks)

    def clean_up_after_crash(self) -> tuple[str, ...]:
        """Finish what a crash interrupted, and return sentences that say what was done.

        A folder that can't be written is no error as long as there is nothing to do.

        Raises:
            FileError: The group can't be read, or a leftover can't be removed.
            BusyError: Another program holds the lock for too long.
        """
        open_round = self.group.read().open_round
        with os_errors_as_file_errors(self.path):
            expected = {open_round.number} if open_round else set[int]()
            unexpected = set(find_box_numbers(self.path)) - expected
            if not unexpected and not find_unfinished_saves(self.path):
                return ()
            with self.lock.held():
                sentences = [
                    remove_unfinished_save(path) for path in find_unfinished_saves(self.path)
                ]
                group = self.group.read()
                for number in find_box_numbers(self.path):
                    box = self.read_box_or_error(number)
                    if leftover := judge_leftover_box(group, number, box):
                        sentences.append(self.remove_leftover(number, leftover))
                return tuple(sentences)

    def remove_leftover(self, number: int, leftover: LeftoverBox) -> str:
        """Remove the box of round `number` if it may go; return a sentence on what to do or done.

        Raises:
            FileError: It can't be removed.
            BusyError: Another program holds the lock for too long.
        """
        if leftover.is_removable:
            self.box(number).remove()
        return leftover.sentence


class CachedVault(FileVault):
    """A vault that parses its group only when it has changed, and hides its path from guests.

    Args:
        path: the group file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.location = "the host"
        self.group = CachedGroupFile(self.path, self.lock)


def remove_unfinished_save(path: Path) -> str:
    """Remove a temporary file that an interrupted save left; return a sentence that says so.

    Raises:
        OSError: It can't be removed.
    """
    durable.erase(path)
    return f"{path.name}: an interrupted save is removed"
