"""Copies kept of a file before it is replaced for good: beside it, named after the reason.

Knows names and bytes; must not know what is inside. The copies of a box go when the box goes.
"""

from itertools import count
from pathlib import Path

from peerreview.store import durable
from peerreview.store.naming import copy_path
from peerreview.store.trouble import told


def keep(path: Path, why: str) -> Path:
    """Copy a file as it is, durably; return the copy, which may have been there already.

    Args:
        path: the file; the caller holds the lock.
        why: the reason, as it stands in the name: `schema-0`, `before-repair`.

    Raises:
        FileError: It can't be read, or the copy can't be written.
    """
    with told(path):
        data = path.read_bytes()
        for number in count(1):
            copy = copy_path(path, why, number)
            try:
                durable.create(copy, data)
            except FileExistsError:
                if copy.read_bytes() != data:
                    continue
            return copy
    raise AssertionError("there is always a free name")
