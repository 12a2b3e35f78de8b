"""What an operating system's refusal is called for a person: what, where, what to do.

Knows error numbers; must not know what a file is for.
"""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from peerreview.domain.text import printable
from peerreview.errors import FileError

_WORDS = {
    errno.ENOENT: "it isn't there: check the name and the folder",
    errno.EEXIST: "there is something of that name already: choose another name",
    errno.ESPIPE: "it is a pipe, not a file: check the name",
    errno.EISDIR: "it is a folder, not a file: check the name",
    errno.ENOTDIR: "the folder isn't a folder: check the name",
    errno.EACCES: "no permission: check who owns it and its folder",
    errno.EPERM: "no permission: check who owns it and its folder",
    errno.EROFS: "it is on a disk that can only be read: copy it to one that can be written",
    errno.ENOSPC: "the disk is full: make room and try again, nothing was changed",
    errno.EDQUOT: "your quota of disk space is used up: make room and try again",
    errno.EFBIG: "it would be larger than allowed here: raise the limit, nothing was changed",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.ELOOP: "it is a link that leads nowhere: check where it points to",
    errno.EIO: "the disk doesn't answer: nothing is sure until it is checked",
}


def describe_os_error(error: OSError) -> str:
    """Return what went wrong and what to do, without the file's name."""
    known = _WORDS.get(error.errno or 0)
    return known or f"{error.strerror or error}: check the disk and the folder"


def file_error(path: Path, why: str, kind: type[FileError] = FileError) -> FileError:
    """Return the error about a file: its name and `why`, one line a terminal can show.

    What comes out of a damaged file (or a file's name) may hold anything; none of it gets out.
    """
    return kind(printable(f"{path.name}: {why}"))


@contextmanager
def os_errors_as_file_errors(path: Path) -> Generator[None]:
    """Turn what the operating system refuses inside into one sentence about `path`.

    Raises:
        FileError: Instead of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise file_error(path, describe_os_error(error)) from error
