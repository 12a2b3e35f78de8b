"""The doctor of one group's files: it looks at everything under the lock, and repairs step by step.

Must not know what is in a box.
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

_GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class FileDoctor:
    """Checks and repairs the files of a group.

    Attributes:
        vault: the group and its boxes.
        today: returns the date, for a round that has to be discarded.
    """

    vault: FileVault
    today: Callable[[], date] = date.today

    def examine(self) -> CheckUp:
        """Return what is wrong, without changing anything.

        Raises:
            ForeignError: The file is no group file.
        """
        findings = [problem.finding for problem in self._find_problems()]
        risks = folder_risks.find_folder_risks(self.vault.path.parent)
        return CheckUp((*findings, *risks), folder_risks.list_unchecked_risks())

    def repair(self) -> tuple[str, ...]:
        """Repair what can be repaired; return a sentence on each success or failure.

        A copy of what is replaced is kept beside it.

        Raises:
            ForeignError: The file is no group file.
            BusyError: Another program holds the lock for too long.
        """
        sentences: list[str] = []
        tried: set[Finding] = set()
        with self.vault.lock.held():
            # One repair may solve other problems or show new ones, so look again after each.
            while problem := self._find_untried_problem(tried):
                tried.add(problem.finding)
                if problem.repair:
                    try:
                        with os_errors_as_file_errors(self.vault.path):
                            sentences.append(problem.repair())
                    except FileError as error:
                        sentences.append(str(error))
        return tuple(sentences)

    def _find_untried_problem(self, tried: set[Finding]) -> Problem | None:
        problems = self._find_problems()
        return next((problem for problem in problems if problem.finding not in tried), None)

    def _find_problems(self) -> list[Problem]:
        """Return all problems; boxes are checked only under the lock, while nobody writes."""
        vault = self.vault
        with ExitStack() as lock, os_errors_as_file_errors(vault.path):
            problems: list[Problem] = []
            try:
                lock.enter_context(vault.lock.held())
                is_locked = True
            except FileError as error:
                problems.append(problem_from_error("unwritable", error))
                is_locked = False
            problems += _find_open_permissions(vault.path)
            try:
                group = vault.group.read()
            except ForeignError:
                raise
            except FileError as error:
                return [*problems, _unreadable_group_problem(vault, error)]
            problems += _find_missing_results(vault, group)
            if is_locked:
                problems += _find_unfinished_saves(vault.path)
                problems += find_box_problems(vault, group, self.today)
            return problems


def _unreadable_group_problem(vault: FileVault, error: FileError) -> Problem:
    """Return the problem of a group that can't be read, and how to repair it."""
    path = vault.path
    if not isinstance(error, ChangedError):
        return problem_from_error("unreadable", error)
    try:
        vault.group.read(trusted=True)
    except FileError as other_error:
        return problem_from_error("unreadable", other_error)

    def accept_change() -> str:
        copy = durable.keep_copy(path, "before-repair")
        vault.group.update(lambda group: group, trusted=True)
        return f"{path.name}: taken as it is; {copy.name} is what it was, until the next close"

    todo = "put back a copy of it, or let it be taken as it is"
    return changed_file_problem(path, todo, accept_change)


def _find_missing_results(vault: FileVault, group: Group) -> Iterator[Problem]:
    """Yield the closed rounds whose results should be in the group and aren't."""
    closed = [round_.number for round_ in group.rounds if round_.state is RoundState.CLOSED]
    for number in closed[-KEPT_RELEASES:]:
        if not group.find_release(number):
            what = f"round {number} was closed, and its result isn't there"
            yield make_problem("result", vault.path, what, "put back a copy that has it")


def _find_open_permissions(group: Path) -> Iterator[Problem]:
    """Yield the files that other users of the computer may read or change."""
    if os.name == "nt":  # Windows has no such modes
        return
    files = (group, *(box_path(group, number) for number in find_box_numbers(group)))
    for file in files:
        for path in (file, *find_copies(file)):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & _GROUP_AND_OTHERS:
                what = f"others may read or change it (mode {mode:04o})"
                repair = partial(_restrict_permissions, path)
                yield make_problem("permissions", path, what, "let only its owner", repair)


def _restrict_permissions(path: Path) -> str:
    path.chmod(0o600)
    return f"{path.name}: only its owner may read it now"


def _find_unfinished_saves(group: Path) -> Iterator[Problem]:
    for path in find_unfinished_saves(group):
        what = "an interrupted save left it"
        todo = "let it be removed"
        yield make_problem("leftover", path, what, todo, partial(remove_unfinished_save, path))
