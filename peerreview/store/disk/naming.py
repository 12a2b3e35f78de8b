"""What files are called: a group's file from its name, a box's file from its group's.

Knows which names every operating system can hold; must not open anything.
"""

import re
import unicodedata
from pathlib import Path

GROUP_SUFFIX = ".group.json"
_LONGEST = 60
_COPY = r"\.(schema-[0-9]+|before-repair)(-[0-9]+)?"
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


def group_file_name(name: str) -> str:
    """Return the file name of a group: `Gulf Coast Peers` → `gulf-coast-peers.group.json`.

    Only lower-case ASCII letters, digits and hyphens before the suffix, at most 60; `group` if
    nothing is left of the name or Windows keeps it for itself (`con`).
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = plain.encode("ascii", "ignore").decode("ascii")
    stem = "-".join(re.findall(r"[a-z0-9]+", letters.replace("'", "")))[:_LONGEST].strip("-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"group-{stem}".strip("-")
    return stem + GROUP_SUFFIX


def box_path(group: Path, number: int) -> Path:
    """Return where the box of round `number` lies: beside its group's file."""
    return group.with_name(f"{group.name.removesuffix(GROUP_SUFFIX)}.round-{number}.box.json")


def notice_path(group: Path) -> Path:
    """Return where a host hangs out how to join the group, for a room on the same computer."""
    return group.with_name(f"{group.name.removesuffix(GROUP_SUFFIX)}.join")


def find_box_numbers(group: Path) -> list[int]:
    """Return the rounds that have a box beside the group's file, in order.

    Raises:
        OSError: The folder can't be listed.
    """
    return sorted(int(each[1]) for each in _beside(group, rf"{_box(group)}\.json"))


def copy_path(path: Path, why: str, number: int = 1) -> Path:
    """Return what the `number`th copy of a file kept for one reason is called."""
    again = f"-{number}" if number > 1 else ""
    return path.with_name(f"{path.name.removesuffix('.json')}.{why}{again}.json")


def find_copies(path: Path) -> list[Path]:
    """Return the copies kept of a file.

    Raises:
        OSError: The folder can't be listed.
    """
    pattern = re.escape(path.name.removesuffix(".json")) + _COPY + r"\.json"
    return [path.with_name(each[0]) for each in _beside(path, pattern)]


def find_unfinished_saves(group: Path) -> list[Path]:
    """Return the temporary files that interrupted saves of this group and its boxes left.

    Raises:
        OSError: The folder can't be listed.
    """
    ours, box = re.escape(group.name), rf"{_box(group)}\.json"
    names = "|".join(re.sub(r"\\\.json$", rf"({_COPY})?\\.json", each) for each in (ours, box))
    return [group.with_name(each[0]) for each in _beside(group, rf"\.({names})\.tmp")]


def _box(group: Path) -> str:
    stem = re.escape(group.name.removesuffix(GROUP_SUFFIX))
    return rf"{stem}\.round-([1-9][0-9]{{0,8}})\.box"


def _beside(path: Path, pattern: str) -> list[re.Match[str]]:
    found = (re.fullmatch(pattern, each.name) for each in sorted(path.parent.iterdir()))
    return [each for each in found if each]
