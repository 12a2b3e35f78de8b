"""What one look finds: a finding, and how to mend it if that is possible.

Knows findings and errors; must not know any file's contents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peerreview.errors import BusyError, FileError, NewerError
from peerreview.services.checkup import Finding
from peerreview.store.disk.os_errors import file_error

Repair = Callable[[], str]
"""Does something about an ailment and says what, in a sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding, and what can be done about it."""

    finding: Finding
    repair: Repair | None = None


def problem_from_error(code: str, error: FileError, mend: Repair | None = None) -> Problem:
    """Return an ailment from an error that says `where: what: what to do`.

    Args:
        code: for scripts; errors that speak for themselves (busy, newer) have their own.
        error: in the words of `trouble.refused`.
        mend: what can be done about it.
    """
    where, _, rest = str(error).partition(": ")
    what, _, todo = rest.rpartition(": ")
    own: dict[type[FileError], str] = {BusyError: "busy", NewerError: "newer"}
    return Problem(Finding(own.get(type(error), code), what, where, todo, mend is not None), mend)


def make_problem(
    code: str, path: Path, what: str, todo: str, mend: Repair | None = None
) -> Problem:
    """Return an ailment in our own words."""
    return problem_from_error(code, file_error(path, f"{what}: {todo}"), mend)


def changed_file_problem(path: Path, todo: str, mend: Repair | None = None) -> Problem:
    """Return the ailment of a file that doesn't fit its checksum."""
    return make_problem(
        "changed", path, "it was damaged, or changed by another program", todo, mend
    )
