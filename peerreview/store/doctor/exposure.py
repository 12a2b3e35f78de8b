"""What a group's files and their folder would give away to whoever gets hold of them.

Knows names and the doctor's findings; opens small files only to see whether they are boxes.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from peerreview.services.checkup import CheckUp, Finding
from peerreview.store.disk.naming import GROUP_SUFFIX

_TELLING = {"permissions", "synced", "git", "network", "orphan", "leftover", "stranger"}
_NAMED = re.compile(r"\.round-[0-9]+\.box\b")
_OURS = re.compile(r"(.+)\.round-[1-9][0-9]*\.box\.json")
_INSIDE = (b'"public_key"', b'"wraps"', b'"holes"')
_LARGEST = 20_000_000


def check_exposure(group: Path, found: CheckUp) -> CheckUp:
    """Return what would tell something about ballots, and what can't be found out here.

    Args:
        group: the group's file.
        found: what the doctor says of it.

    Raises:
        OSError: The folder can't be read.
    """
    telling = (each for each in found.findings if each.code in _TELLING)
    copies = (_copy_finding(each) for each in sorted(_find_box_copies(group.resolve())))
    unchecked = "backups of this disk, and what was copied elsewhere while a round was open"
    return CheckUp((*telling, *copies), (*found.unchecked, unchecked))


def _copy_finding(path: Path) -> Finding:
    what = "looks like a copy of a ballot box: two of them, from before and after a turn, tell"
    todo = "delete it, also from the trash"
    return Finding("copy", f"{what} which places are one rater's", str(path), todo, False)


def _find_box_copies(group: Path) -> Iterator[Path]:
    """Yield what looks like a box, by name anywhere below, by content beside the group."""
    folder, stem = group.parent, group.name.removesuffix(GROUP_SUFFIX)
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        ours = _OURS.fullmatch(path.name)
        beside = ours and path.with_name(ours[1] + GROUP_SUFFIX).is_file()
        if ours and beside and (path.parent == folder or ours[1] != stem):
            continue  # where it belongs: the doctor looks at it
        if _NAMED.search(path.name) or (path.parent == folder and _looks_like_box(path)):
            yield path


def _looks_like_box(path: Path) -> bool:
    if path.stat().st_size > _LARGEST:
        return False
    with suppress(PermissionError):  # then it gives nothing away to us
        data = path.read_bytes()
        return all(each in data for each in _INSIDE)
    return False
