"""Which groups were opened lately, in one small file outside any group.

This list is a convenience, so problems with its file are never shown to anybody.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from peerreview.store.disk import durable

_KEPT = 9


def read_recent_groups(file: Path) -> list[Path]:
    """Return the group files that `file` lists and that still exist, the last opened first."""
    from pydantic import TypeAdapter  # imported late, as it slows down every start

    try:
        paths = TypeAdapter(list[Path]).validate_json(file.read_bytes())
    except (OSError, ValueError):
        return []
    return list(filter(os.path.isfile, paths))  # unlike Path.is_file, it never raises


def remember_group(file: Path, group: Path) -> None:
    """Put a group first in the list in `file`; do nothing if that can't be written."""
    with suppress(OSError, UnicodeEncodeError):
        group = group.resolve()
        others = [path for path in read_recent_groups(file) if path != group]
        paths = [str(path) for path in [group, *others][:_KEPT]]
        text = json.dumps(paths, ensure_ascii=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(file, text.encode("utf-8"))
