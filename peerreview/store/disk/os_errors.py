"""Turns errors of the operating system into sentences: what, where, what to do.

Must not know what a file is for.
"""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from peerreview.domain.text import printable
from peerreview.errors import FileError

_SENTENCES = {
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
    """Return what went wrong and what to do, without the name of the file."""
    sentence = _SENTENCES.get(error.errno or 0)
    return sentence or f"{error.strerror or error}: check the disk and the folder"


def file_error(path: Path, reason: str, error_type: type[FileError] = FileError) -> FileError:
    """Return an error with the name of a file and a reason, as one line a terminal can show.

    The name and the content of a file may hold any characters, control characters too; those
    that can't be shown are replaced.
    """
    return error_type(printable(f"{path.name}: {reason}"))


@contextmanager
def os_errors_as_file_errors(path: Path) -> Generator[None]:
    """Turn every OSError inside the block into a FileError about `path`.

    Raises:
        FileError: Instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise file_error(path, describe_os_error(error)) from error
