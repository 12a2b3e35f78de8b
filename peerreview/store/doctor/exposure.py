"""Finds what a group's files and their folder would give away to somebody who gets hold of them.

Files are opened only to see whether they are copies of a box.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from peerreview.services.checkup import CheckUp, Finding
from peerreview.store.disk.naming import GROUP_SUFFIX

_TELLING_CODES = {
    "permissions",
    "synced",
    "git",
    "network",
    "orphan",
    "leftover",
    "stranger",
}
_BOX_IN_NAME = re.compile(r"\.round-[0-9]+\.box\b")
_BOX_NAME = re.compile(r"(.+)\.round-[1-9][0-9]*\.box\.json")
_KEYS_OF_BOX = (b'"public_key"', b'"wraps"', b'"holes"')
_LARGEST_COPY = 20_000_000
"""In bytes; larger files are no copies of a box."""


def check_exposure(group: Path, check_up: CheckUp) -> CheckUp:
    """Return what would tell something about ballots, and what can't be found out here.

    Args:
        group: the group file.
        check_up: what the doctor found.

    Raises:
        OSError: The folder can't be read.
    """
    telling = [finding for finding in check_up.findings if finding.code in _TELLING_CODES]
    copies = [_copy_finding(path) for path in sorted(_find_box_copies(group.resolve()))]
    unchecked = "backups of this disk, and what was copied elsewhere while a round was open"
    return CheckUp((*telling, *copies), (*check_up.unchecked, unchecked))


def _copy_finding(path: Path) -> Finding:
    what = (
        "looks like a copy of a ballot box: two of them, from before and after a turn, tell "
        "which slots are one rater's"
    )
    return Finding("copy", what, str(path), "delete it, also from the trash", False)


def _find_box_copies(group: Path) -> Iterator[Path]:
    """Yield files that look like a box: by name anywhere below, by content beside the group."""
    folder = group.parent
    stem = group.name.removesuffix(GROUP_SUFFIX)
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        box_name = _BOX_NAME.fullmatch(path.name)
        if box_name and path.with_name(box_name[1] + GROUP_SUFFIX).is_file():
            is_of_other_group = box_name[1] != stem
            if path.parent == folder or is_of_other_group:
                continue  # a box beside its group, which the doctor looks at
        is_beside_group = path.parent == folder
        if _BOX_IN_NAME.search(path.name) or (is_beside_group and _looks_like_box(path)):
            yield path


def _looks_like_box(path: Path) -> bool:
    if path.stat().st_size > _LARGEST_COPY:
        return False
    with suppress(PermissionError):  # a file that can't be read gives nothing away
        data = path.read_bytes()
        return all(key in data for key in _KEYS_OF_BOX)
    return False
