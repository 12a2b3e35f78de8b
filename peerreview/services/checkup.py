"""A check-up of one group's files: what is wrong, where, what to do, and what can be mended.

Knows findings; must not know how they are found.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or unwise.

    Attributes:
        code: one word for scripts; always the same for the same kind of thing.
        what: what is wrong, in words for a person.
        where: the name of a file, or the path of a folder.
        todo: what to do about it.
        mendable: whether `repair` can.
    """

    code: str
    what: str
    where: str
    todo: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class CheckUp:
    """Everything found, and what this system gives no way to find out."""

    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]


class Doctor(Protocol):
    """Looks after the files of one group."""

    def examine(self) -> CheckUp:
        """Look, and change nothing.

        Raises:
            FileError: It is no file of ours at all.
        """
        ...

    def repair(self) -> tuple[str, ...]:
        """Mend what can be mended without losing a ballot; return a sentence for each thing done.

        What is replaced is kept beside it.

        Raises:
            FileError: It is no file of ours at all, or can't be written.
            BusyError: Somebody else holds the lock for too long.
        """
        ...
