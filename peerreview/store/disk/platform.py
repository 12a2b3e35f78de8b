"""What differs between operating systems: writing at an offset, flushing, renaming, links.

Works with file descriptors and paths. Must not know what is in a file.
"""

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

READERS_BLOCK_RENAMES = sys.platform == "win32"
"""Whether a file can't be replaced while somebody reads it."""

_READ_AT_ONCE, _PAGE = 1 << 20, 1 << 12
_BINARY = getattr(os, "O_BINARY", 0)
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | _BINARY
"""Flags for every file; without blocking, so that a named pipe never makes the program wait."""
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def open_existing(path: Path, *, write: bool) -> int:
    """Return a descriptor of a file that exists.

    Raises:
        OSError: It doesn't exist or can't be opened.
    """
    return os.open(path, (os.O_RDWR if write else os.O_RDONLY) | _FLAGS)


def open_lock(path: Path) -> int:
    """Return a descriptor of a file to be locked, which is created with mode 0600 if needed.

    Raises:
        OSError: It can't be opened or created, or it is a link.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | _FLAGS
    return os.open(path, flags, 0o600)


def open_new(path: Path) -> int:
    """Return a descriptor of a new file that only its owner may read (mode 0600).

    Raises:
        OSError: The name is taken, or the file can't be created.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)


def read_all(file: int, limit: int) -> bytes:
    """Return everything in a file, and at most one byte more than `limit` bytes.

    The size of the file isn't asked for, as a `stat` here makes the next write slower
    (docs/design/storage.md).
    """
    data = bytearray()
    remaining = limit + 1
    while remaining and (part := read_at(file, len(data), min(_READ_AT_ONCE, remaining))):
        data += part
        remaining -= len(part)
    return bytes(data)


def read_at(file: int, offset: int, size: int) -> bytes:
    """Return up to `size` bytes from `offset` on; fewer only at the end of the file."""
    if sys.platform == "win32":
        os.lseek(file, offset, os.SEEK_SET)
        return os.read(file, size)
    return os.pread(file, size, offset)


def contains(file: int, pieces: Iterable[tuple[int, bytes]]) -> bool:
    """Tell whether a file holds all of these bytes at these offsets."""
    return all(read_at(file, offset, len(data)) == data for offset, data in pieces)


def write_all(file: int, data: bytes) -> None:
    """Write all of `data` at the current position, a page at a time.

    A file that is written in large pieces is cached in large pieces, and overwriting a line then
    takes 4 µs instead of 0.7 (measured with Linux 6.18 on ext4).
    """
    remaining = memoryview(data)
    while remaining:
        remaining = remaining[os.write(file, remaining[:_PAGE]) :]


def overwrite(file: int, pieces: Iterable[tuple[int, bytes]]) -> None:
    """Write bytes at offsets over what is there, one piece after the other."""
    for offset, data in pieces:
        if sys.platform == "win32":
            os.lseek(file, offset, os.SEEK_SET)
            write_all(file, data)
            continue
        written = os.pwrite(file, data, offset)
        while written < len(data):
            written += os.pwrite(file, data[written:], offset + written)


def flush(file: int) -> None:
    """Return once the content of a file is on the device itself."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
        except OSError:  # not every file system knows it; on a failing disk fsync fails too
            os.fsync(file)
    elif sys.platform == "win32":
        os.fsync(file)
    else:
        os.fdatasync(file)


def flush_folder(folder: Path) -> None:
    """Return once the names in a folder are on the device (Windows has no such call)."""
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def rename_without_replacing(temporary: Path, path: Path) -> None:
    """Rename a finished file to a name that must be free.

    Raises:
        FileExistsError: The name is taken; nothing was touched.
        OSError: The folder can't be written.
    """
    if sys.platform == "win32":
        temporary.rename(path)  # only Windows refuses a name that is taken
        return
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temporary.replace(path)  # FAT has no hard links; the lock keeps our other programs out
    else:
        temporary.unlink()
