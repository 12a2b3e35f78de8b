"""The report of a check-up of one group's files: what is wrong, where, and what to do about it.

Knows findings. Must not know how a check-up makes them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem or risk.

    Attributes:
        code: one word for scripts, always the same for the same kind of problem.
        what: the problem, in words for a person.
        where: the name of a file, or the path of a folder.
        todo: what to do about the problem.
        mendable: whether `repair` can solve the problem.
    """

    code: str
    what: str
    where: str
    todo: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class CheckUp:
    """The findings of a check-up, and sentences on what can't be checked on this system."""

    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]
