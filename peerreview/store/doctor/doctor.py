"""The doctor of one group's files: looks at everything under the lock, mends one thing at a time.

Knows who looks at what, and what a group may be; must not know what is in a box.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from peerreview.domain.group.group import KEPT_RELEASES, Group
from peerreview.domain.round.round import RoundState
from peerreview.errors import ChangedError, FileError, ForeignError
from peerreview.services.checkup import CheckUp, Finding
from peerreview.store import folder_risks
from peerreview.store.disk import durable
from peerreview.store.disk.naming import (
    box_path,
    find_box_numbers,
    find_copies,
    find_unfinished_saves,
)
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.doctor.box_problems import find_box_problems
from peerreview.store.doctor.problem import (
    Problem,
    changed_file_problem,
    make_problem,
    problem_from_error,
)
from peerreview.store.vault import FileVault, remove_unfinished_save

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class FileDoctor:
    """Looks after the files of the group in `vault`; what it replaces is kept beside it."""

    vault: FileVault
    today: Callable[[], date] = date.today

    def examine(self) -> CheckUp:
        """Look, and change nothing.

        Raises:
            ForeignError: It is no group file at all.
        """
        inside = [each.finding for each in self._find_problems()]
        around = folder_risks.find_folder_risks(self.vault.path.parent)
        return CheckUp((*inside, *around), folder_risks.list_unchecked_risks())

    def repair(self) -> tuple[str, ...]:
        """Mend what can be mended; return a sentence for each thing done, or why it wasn't.

        Raises:
            ForeignError: It is no group file at all.
            BusyError: Somebody else holds the lock for too long.
        """
        said: list[str] = []
        tried: set[Finding] = set()
        with self.vault.lock.held():
            while todo := [each for each in self._find_problems() if each.finding not in tried]:
                tried.add(todo[0].finding)
                if mend := todo[0].repair:
                    try:
                        with os_errors_as_file_errors(self.vault.path):
                            said.append(mend())
                    except FileError as error:
                        said.append(str(error))
        return tuple(said)

    def _find_problems(self) -> list[Problem]:
        """Look at everything; at the boxes only under the lock, when nobody writes there."""
        vault = self.vault
        with ExitStack() as locked, os_errors_as_file_errors(vault.path):
            said: list[Problem] = []
            try:
                locked.enter_context(vault.lock.held())
            except FileError as error:
                said.append(problem_from_error("unwritable", error))
            writable = not said
            said += _find_open_permissions(vault.path)
            try:
                group = vault.group.read()
            except ForeignError:
                raise
            except FileError as error:
                return [*said, _unreadable_group_problem(vault, error)]
            said += _find_missing_results(vault, group)
            if writable:
                said += (
                    *_find_unfinished_saves(vault.path),
                    *find_box_problems(vault, group, self.today),
                )
            return said


def _unreadable_group_problem(vault: FileVault, error: FileError) -> Problem:
    """Return what can be done about a group that can't be read."""
    path = vault.path
    if not isinstance(error, ChangedError):
        return problem_from_error("unreadable", error)
    try:
        vault.group.read(trusted=True)
    except FileError as worse:
        return problem_from_error("unreadable", worse)

    def mend() -> str:
        copy = durable.keep_copy(path, "before-repair")
        vault.group.update(lambda group: group, trusted=True)
        return f"{path.name}: taken as it is; {copy.name} is what it was, until the next close"

    return changed_file_problem(path, "put back a copy of it, or let it be taken as it is", mend)


def _find_missing_results(vault: FileVault, group: Group) -> Iterator[Problem]:
    """Yield the rounds whose results should be there and aren't."""
    closed = [each.number for each in group.rounds if each.state is RoundState.CLOSED]
    for number in closed[-KEPT_RELEASES:]:
        if not group.release_of(number):
            what = f"round {number} was closed, and its result isn't there"
            yield make_problem("result", vault.path, what, "put back a copy that has it")


def _find_open_permissions(group: Path) -> Iterator[Problem]:
    files = (group, *(box_path(group, number) for number in find_box_numbers(group)))
    for each in (each for path in files for each in (path, *find_copies(path)) if os.name != "nt"):
        if (mode := stat.S_IMODE(each.stat().st_mode)) & _OTHERS:
            what = f"others may read or change it (mode {mode:04o})"
            yield make_problem(
                "permissions",
                each,
                what,
                "let only its owner",
                partial(_restrict_permissions, each),
            )


def _restrict_permissions(path: Path) -> str:
    path.chmod(0o600)
    return f"{path.name}: only its owner may read it now"


def _find_unfinished_saves(group: Path) -> Iterator[Problem]:
    for path in find_unfinished_saves(group):
        what, todo = "an interrupted save left it", "let it be removed"
        yield make_problem("leftover", path, what, todo, partial(remove_unfinished_save, path))
