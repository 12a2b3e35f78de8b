"""A check-up of one group's files: what is wrong, where, what to do, and what can be mended.

Knows findings; must not know how they are found.
"""

from dataclasses import dataclass


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
