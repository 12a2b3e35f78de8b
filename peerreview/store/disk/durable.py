"""Whole files made, replaced and erased so that a crash leaves the old or the new, never half.

Knows bytes and names; must not know what is inside. Callers hold the lock, so one temporary
name a file is enough, and one left behind by a crash is overwritten or swept away.
"""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

from peerreview.store.disk import platform
from peerreview.store.disk.naming import copy_path
from peerreview.store.disk.os_errors import os_errors_as_file_errors

_BLANKS = 1 << 16


def temporary_path(path: Path) -> Path:
    """Return the name a file has while it is being written: hidden, in the same folder."""
    return path.with_name(f".{path.name}.tmp")


def replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, all or nothing, on the device on return.

    Raises:
        OSError: It couldn't be; the old file is untouched and no temporary one is left.
    """
    _write(path, data, temporary_path(path).replace)


def create(path: Path, data: bytes) -> None:
    """Write a new file, all or nothing, on the device on return.

    Raises:
        FileExistsError: There is something of that name; it is untouched.
        OSError: It couldn't be; no temporary file is left.
    """
    _write(path, data, lambda final: platform.rename_without_replacing(temporary_path(path), final))


def _write(path: Path, data: bytes, finish: Callable[[Path], object]) -> None:
    temp = temporary_path(path)
    temp.unlink(missing_ok=True)
    file = platform.open_new(temp)
    try:
        try:
            platform.write_all(file, data)
            platform.flush(file)
        finally:
            os.close(file)
        finish(path)
    finally:
        temp.unlink(missing_ok=True)
    platform.flush_folder(path.parent)


def keep_copy(path: Path, why: str) -> Path:
    """Copy a file as it is, durably, to a name beside it, before it is replaced for good.

    Returns the copy, which may have been there already. A box's copies go with the box, a group's
    at the next close.

    Args:
        path: the file; the caller holds the lock.
        why: the reason, as it stands in the name: `schema-0`, `before-repair`.

    Raises:
        FileError: It can't be read, or the copy can't be written.
    """
    with os_errors_as_file_errors(path):
        data, there = path.read_bytes(), os.path.lexists
        names = (copy_path(path, why, number) for number in count(1))
        copy = next(each for each in names if not there(each) or each.read_bytes() == data)
        if not there(copy):
            create(copy, data)
        return copy


def erase(path: Path) -> None:
    """Remove a file durably, then blank the room it had, as far as the device allows.

    The name goes first: a crash in between leaves no half-blank file under it.

    Raises:
        FileNotFoundError: There is none.
        OSError: It couldn't be removed.
    """
    if os.name == "nt":  # an open file has to keep its name there
        path.unlink()
        return
    file = platform.open_existing(path, write=True)
    try:
        path.unlink()
        platform.flush_folder(path.parent)
        overwrite_with_blanks(file)
    finally:
        os.close(file)


def overwrite_with_blanks(file: int) -> None:
    """Overwrite the room of a file whose last name is gone, as far as the device allows.

    Raises:
        OSError: It couldn't be written.
    """
    there = os.fstat(file)
    os.lseek(file, 0, os.SEEK_SET)
    left = 0 if there.st_nlink else there.st_size  # a kill may have left it under two names
    while left > 0:
        left -= os.write(file, b" " * min(_BLANKS, left))
    platform.flush(file)
