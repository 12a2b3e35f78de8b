"""Which groups were opened lately, for whoever starts without one. Never worth an error.

Knows one small file outside any group; must not know what is in a group.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from peerreview.store.disk import durable

_KEPT = 9


def read_recent_groups(file: Path) -> list[Path]:
    """Return the group files remembered in `file` that are still there, the last one first."""
    from pydantic import TypeAdapter  # only who starts without a group waits for it

    try:
        named = TypeAdapter(list[Path]).validate_json(file.read_bytes())
    except (OSError, ValueError):
        return []
    return [*filter(os.path.isfile, named)]  # which raises nothing, unlike Path.is_file


def remember_group(file: Path, group: Path) -> None:
    """Remember that a group was opened just now; where that can't be written down, forget it."""
    with suppress(OSError, UnicodeEncodeError):
        group = group.resolve()
        named = [group, *(each for each in read_recent_groups(file) if each != group)][:_KEPT]
        text = json.dumps([str(each) for each in named], ensure_ascii=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(file, text.encode("utf-8"))
