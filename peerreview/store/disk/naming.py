"""The names of files: a group's file, and the files beside it.

Only names that every operating system accepts are made. Must not open files.
"""

import re
import unicodedata
from pathlib import Path

GROUP_SUFFIX = ".group.json"
_LONGEST_STEM = 60
_COPY = r"\.(schema-[0-9]+|before-repair)(-[0-9]+)?"
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_ASCII_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


def find_group_files(folder: Path) -> list[Path]:
    """Return the group files in a folder, sorted by name."""
    return sorted(path for path in folder.glob(f"*{GROUP_SUFFIX}") if path.is_file())


def group_file_name(name: str) -> str:
    """Return the file name of a group: `Gulf Coast Peers` → `gulf-coast-peers.group.json`.

    Before the suffix stand at most 60 lower-case ASCII letters, digits and hyphens. `group` is put
    in front if nothing is left of the name, or if Windows reserves it (`con`).
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_ASCII_LETTERS))
    ascii_name = decomposed.encode("ascii", "ignore").decode("ascii").replace("'", "")
    stem = "-".join(re.findall(r"[a-z0-9]+", ascii_name))[:_LONGEST_STEM].strip("-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"group-{stem}".strip("-")
    return stem + GROUP_SUFFIX


def box_path(group: Path, number: int) -> Path:
    """Return the path of the box of round `number`, beside the group file."""
    return group.with_name(f"{group.name.removesuffix(GROUP_SUFFIX)}.round-{number}.box.json")


def notice_path(group: Path) -> Path:
    """Return the path of the file in which a host tells the room screen how to join the group."""
    return group.with_name(f"{group.name.removesuffix(GROUP_SUFFIX)}.join")


def find_box_numbers(group: Path) -> list[int]:
    """Return the numbers of the rounds that have a box beside the group file, sorted.

    Raises:
        OSError: The folder can't be listed.
    """
    return sorted(int(match[1]) for match in _match_files(group, rf"{_box_pattern(group)}\.json"))


def copy_path(path: Path, reason: str, number: int = 1) -> Path:
    """Return the path of the `number`th copy of a file that is kept for one reason."""
    suffix = f"-{number}" if number > 1 else ""
    return path.with_name(f"{path.name.removesuffix('.json')}.{reason}{suffix}.json")


def find_copies(path: Path) -> list[Path]:
    """Return the copies of a file that were kept beside it.

    Raises:
        OSError: The folder can't be listed.
    """
    pattern = re.escape(path.name.removesuffix(".json")) + _COPY + r"\.json"
    return [path.with_name(match[0]) for match in _match_files(path, pattern)]


def find_unfinished_saves(group: Path) -> list[Path]:
    """Return the temporary files that interrupted saves of a group and its boxes left.

    Raises:
        OSError: The folder can't be listed.
    """
    stem = re.escape(group.name.removesuffix(".json"))
    pattern = rf"\.({stem}|{_box_pattern(group)})({_COPY})?\.json\.tmp"
    return [group.with_name(match[0]) for match in _match_files(group, pattern)]


def _box_pattern(group: Path) -> str:
    """Return a pattern for the names of boxes without `.json`; it captures the round's number."""
    stem = re.escape(group.name.removesuffix(GROUP_SUFFIX))
    return rf"{stem}\.round-([1-9][0-9]{{0,8}})\.box"


def _match_files(path: Path, pattern: str) -> list[re.Match[str]]:
    """Return the matches of the names of all files beside `path`, in the order of the names."""
    matches = (re.fullmatch(pattern, file.name) for file in sorted(path.parent.iterdir()))
    return [match for match in matches if match]
