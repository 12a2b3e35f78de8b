"""Reads the tables of numbered documents in a TinyDB file, strictly, and writes them whole.

Must not know what the documents mean.
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
"""In bytes; no file of this program ever gets as large."""

_DOCUMENT_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")


def read_open_file(file: int, path: Path) -> bytes:
    """Return everything in an open file.

    Args:
        file: its descriptor.
        path: its name, for errors.

    Raises:
        FileError: It is empty, or far too large for a file of this program.
        OSError: It can't be read.
    """
    data = platform.read_all(file, LARGEST_FILE)
    if not data:
        raise file_error(path, "it is empty: put back a copy of it")
    if len(data) > LARGEST_FILE:
        raise file_error(path, "it is far too large to be a file of ours: check the name")
    return data


def parse_tables(data: bytes, path: Path) -> Tables:
    """Return the tables in the bytes of a TinyDB file.

    Args:
        data: everything in the file.
        path: its name, for errors.

    Raises:
        ForeignError: It is JSON of another shape.
        FileError: It isn't text or JSON, is cut off, or is ambiguous (a key twice, NaN).
    """
    try:
        content = read_json(data)
    except ValueError as error:
        reason = f"damaged or not ours ({error}): put back a copy of it"
        raise file_error(path, reason) from error
    if not _are_tables(content):
        raise file_error(path, "it is JSON, but not a TinyDB file: check the name", ForeignError)
    return content


def _are_tables(content: Any) -> TypeGuard[Tables]:
    return _is_dict(content) and all(
        _is_dict(table)
        and all(
            _DOCUMENT_NUMBER.fullmatch(number) and _is_dict(document)
            for number, document in table.items()
        )
        for table in content.values()
    )


def _is_dict(content: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(content, dict)


class WholeFileStorage(Storage):
    """A TinyDB storage for one unit of work: it reads a file once and writes it at most once.

    Args:
        path: the file, whether or not it exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: Tables | None = None

    def read(self) -> Tables:
        """Return the tables as they were at the first call.

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
        """Replace the whole file durably; the caller holds the lock.

        Raises:
            FileError: It can't be written; the old file is untouched.
        """
        with os_errors_as_file_errors(self._path):
            durable.replace(self._path, tables_to_bytes(data))
        self._tables = data


def tables_to_bytes(tables: Tables) -> bytes:
    """Return the bytes of a TinyDB file, with sorted keys and in ASCII."""
    return json.dumps(tables, indent=1, sort_keys=True, allow_nan=False).encode("ascii") + b"\n"
