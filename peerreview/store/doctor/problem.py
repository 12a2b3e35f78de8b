"""What one look finds: a finding, and how to mend it if that is possible.

Knows findings and errors; must not know any file's contents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peerreview.errors import BusyError, FileError, NewerError
from peerreview.services.checkup import Finding
from peerreview.store.disk.os_errors import refused

Mend = Callable[[], str]
"""Does something about an ailment and says what, in a sentence."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """A finding, and what can be done about it."""

    finding: Finding
    mend: Mend | None = None


def ailment(code: str, error: FileError, mend: Mend | None = None) -> Ailment:
    """Return an ailment from an error that says `where: what: what to do`.

    Args:
        code: for scripts; errors that speak for themselves (busy, newer) have their own.
        error: in the words of `trouble.refused`.
        mend: what can be done about it.
    """
    where, _, rest = str(error).partition(": ")
    what, _, todo = rest.rpartition(": ")
    own: dict[type[FileError], str] = {BusyError: "busy", NewerError: "newer"}
    return Ailment(Finding(own.get(type(error), code), what, where, todo, mend is not None), mend)


def found(code: str, path: Path, what: str, todo: str, mend: Mend | None = None) -> Ailment:
    """Return an ailment in our own words."""
    return ailment(code, refused(path, f"{what}: {todo}"), mend)


def outside(path: Path, todo: str, mend: Mend | None = None) -> Ailment:
    """Return the ailment of a file that doesn't fit its checksum."""
    return found("changed", path, "it was damaged, or changed by another program", todo, mend)
