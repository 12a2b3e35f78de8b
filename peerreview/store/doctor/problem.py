"""A problem that the doctor found: the finding, and how to repair it if that is possible.

Must not know what is in a file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peerreview.errors import BusyError, FileError, NewerError
from peerreview.services.checkup import Finding
from peerreview.store.disk.os_errors import file_error

Repair = Callable[[], str]
"""Repairs a problem, and returns a sentence on what was done."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding, and how to repair it; None if that isn't possible."""

    finding: Finding
    repair: Repair | None = None


def problem_from_error(code: str, error: FileError, repair: Repair | None = None) -> Problem:
    """Return a problem from an error that reads `where: what: what to do`.

    Args:
        code: the code of the finding; files that are busy or newer have codes of their own.
        error: as `file_error` makes it.
        repair: how to repair it.
    """
    where, _, rest = str(error).partition(": ")
    what, _, todo = rest.rpartition(": ")
    own_codes: dict[type[FileError], str] = {BusyError: "busy", NewerError: "newer"}
    code = own_codes.get(type(error), code)
    return Problem(Finding(code, what, where, todo, repair is not None), repair)


def make_problem(
    code: str, path: Path, what: str, todo: str, repair: Repair | None = None
) -> Problem:
    """Return a problem with a file.

    Args:
        code: the code of the finding.
        path: the file.
        what: what is wrong.
        todo: what to do about it.
        repair: how to repair it.
    """
    return problem_from_error(code, file_error(path, f"{what}: {todo}"), repair)


def changed_file_problem(path: Path, todo: str, repair: Repair | None = None) -> Problem:
    """Return the problem that a file doesn't match its checksum."""
    what = "it was damaged, or changed by another program"
    return make_problem("changed", path, what, todo, repair)
