"""Creates, replaces and erases whole files, so that a crash leaves the old or the new content.

The caller holds the lock: so one temporary name for each file is enough, and one that a crash
left behind is overwritten or removed later. Must not know what is in the files.
"""

import os
from collections.abc import Callable
from pathlib import Path

from peerreview.store.disk import platform
from peerreview.store.disk.naming import copy_path
from peerreview.store.disk.os_errors import os_errors_as_file_errors

_BLANKS_AT_ONCE = 1 << 16


def temporary_path(path: Path) -> Path:
    """Return the name of a file while it is being written: hidden, in the same folder."""
    return path.with_name(f".{path.name}.tmp")


def replace(path: Path, data: bytes) -> None:
    """Write a file, or replace it, atomically; on return it is on the device.

    Raises:
        OSError: It can't be written; the old file is untouched and no temporary one is left.
    """
    _write(path, data, temporary_path(path).replace)


def create(path: Path, data: bytes) -> None:
    """Write a new file atomically; on return it is on the device.

    Raises:
        FileExistsError: The name is taken; what has it is untouched.
        OSError: It can't be written; no temporary file is left.
    """
    _write(path, data, lambda final: platform.rename_without_replacing(temporary_path(path), final))


def _write(path: Path, data: bytes, rename: Callable[[Path], object]) -> None:
    temporary = temporary_path(path)
    temporary.unlink(missing_ok=True)
    file = platform.open_new(temporary)
    try:
        try:
            platform.write_all(file, data)
            platform.flush(file)
        finally:
            os.close(file)
        rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    platform.flush_folder(path.parent)


def keep_copy(path: Path, reason: str) -> Path:
    """Copy a file durably to a name beside it, and return the copy.

    A copy with the same content that is there already is returned instead. Copies of a box are
    removed with the box, copies of a group file at the next close.

    Args:
        path: the file; the caller holds the lock.
        reason: why it is copied, as it stands in the name: `schema-0` or `before-repair`.

    Raises:
        FileError: The file can't be read, or the copy can't be written.
    """
    with os_errors_as_file_errors(path):
        data = path.read_bytes()
        number = 1
        while True:
            copy = copy_path(path, reason, number)
            if not os.path.lexists(copy):
                create(copy, data)
                return copy
            if copy.read_bytes() == data:
                return copy
            number += 1


def erase(path: Path) -> None:
    """Remove a file durably, then overwrite its content with blanks, as far as the device allows.

    The name is removed first, so that a crash in between leaves no half-blank file.

    Raises:
        FileNotFoundError: There is no such file.
        OSError: It can't be removed.
    """
    if os.name == "nt":  # Windows doesn't remove the name of an open file
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
    """Overwrite the content of an open file that has no name any more.

    A file that still has a name is left alone: a crash may have left it under two names.

    Raises:
        OSError: It can't be written.
    """
    status = os.fstat(file)
    os.lseek(file, 0, os.SEEK_SET)
    remaining = 0 if status.st_nlink else status.st_size
    while remaining > 0:
        remaining -= os.write(file, b" " * min(_BLANKS_AT_ONCE, remaining))
    platform.flush(file)
