"""The text of a TinyDB file, read with suspicion: tables of numbered documents, and nothing else.

Knows TinyDB's stock layout, and how to write it whole; must not know what the documents mean.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, TypeGuard

from tinydb.storages import Storage

from peerreview.domain.strict_json import read_json
from peerreview.errors import ForeignError
from peerreview.store.disk import durable, platform
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

LARGEST_FILE = 64 << 20
"""No file of ours is ever larger than this many bytes."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")


def read_open_file(file: int, where: Path) -> bytes:
    """Return everything in an open file.

    Raises:
        FileError: It is empty or far too large to be one of ours.
        OSError: It can't be read.
    """
    data = platform.read_all(file, LARGEST_FILE)
    if not data:
        raise file_error(where, "it is empty: put back a copy of it")
    if len(data) > LARGEST_FILE:
        raise file_error(where, "it is far too large to be a file of ours: check the name")
    return data


def parse_tables(data: bytes, where: Path) -> Tables:
    """Return the tables in the bytes of a TinyDB file.

    Raises:
        ForeignError: It is JSON of another shape.
        FileError: It isn't text, isn't JSON, is cut off, or is ambiguous (a key twice, NaN).
    """
    try:
        found = read_json(data)
    except ValueError as error:
        why = f"damaged or not ours ({error}): put back a copy of it"
        raise file_error(where, why) from error
    if not _are_tables(found):
        raise file_error(where, "it is JSON, but not a TinyDB file: check the name", ForeignError)
    return found


def _are_tables(found: Any) -> TypeGuard[Tables]:
    return _is_dict(found) and all(
        _is_dict(table)
        and all(_NUMBER.fullmatch(key) and _is_dict(document) for key, document in table.items())
        for table in found.values()
    )


def _is_dict(found: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(found, dict)


class WholeFileStorage(Storage):
    """TinyDB's storage for one unit of work: read once, at most written once, whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: Tables | None = None

    def read(self) -> Tables:
        """Return the tables as they were when first asked for.

        Raises:
            FileError: The file is missing, damaged or foreign.
        """
        if self._tables is None:
            with os_errors_as_file_errors(self._path):
                file = platform.open_existing(self._path, write=False)
                try:
                    data = read_open_file(file, self._path)
                finally:
                    os.close(file)
            self._tables = parse_tables(data, self._path)
        return self._tables

    def write(self, data: Tables) -> None:
        """Replace the whole file, durably; the caller holds the lock.

        Raises:
            FileError: It can't be written; the old one is untouched.
        """
        with os_errors_as_file_errors(self._path):
            durable.replace(self._path, tables_to_bytes(data))
        self._tables = data


def tables_to_bytes(tables: Tables) -> bytes:
    """Return the bytes of a TinyDB file: sorted and in ASCII, so that any program reads it."""
    return json.dumps(tables, indent=1, sort_keys=True, allow_nan=False).encode("ascii") + b"\n"
