"""The text of a TinyDB file, read with suspicion: tables of numbered documents, and nothing else.

Knows TinyDB's stock layout; must not know what the documents mean.
"""

import re
from pathlib import Path
from typing import Any, TypeGuard

from peerreview.domain.strict_json import read_json
from peerreview.errors import ForeignError
from peerreview.store import platform
from peerreview.store.trouble import refused

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

LIMIT = 64 << 20
"""No file of ours is ever larger than this many bytes."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")


def read_bytes(file: int, where: Path) -> bytes:
    """Return everything in an open file.

    Raises:
        FileError: It is empty or far too large to be one of ours.
        OSError: It can't be read.
    """
    data = platform.read_whole(file, LIMIT)
    if not data:
        raise refused(where, "it is empty: put back a copy of it")
    if len(data) > LIMIT:
        raise refused(where, "it is far too large to be a file of ours: check the name")
    return data


def parse(data: bytes, where: Path) -> Tables:
    """Return the tables in the bytes of a TinyDB file.

    Raises:
        ForeignError: It is JSON of another shape.
        FileError: It isn't text, isn't JSON, is cut off, or is ambiguous (a key twice, NaN).
    """
    try:
        found = read_json(data)
    except ValueError as error:
        why = f"damaged or not ours ({error}): put back a copy of it"
        raise refused(where, why) from error
    if not _are_tables(found):
        raise refused(where, "it is JSON, but not a TinyDB file: check the name", ForeignError)
    return found


def _are_tables(found: Any) -> TypeGuard[Tables]:
    return _is_dict(found) and all(
        _is_dict(table)
        and all(_NUMBER.fullmatch(key) and _is_dict(document) for key, document in table.items())
        for table in found.values()
    )


def _is_dict(found: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(found, dict)
