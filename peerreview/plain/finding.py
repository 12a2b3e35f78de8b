"""Finding a partner by what somebody typed: a name, an alias, or the beginning of only one."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from peerreview.errors import UsageError

T = TypeVar("T")


def find_by_name(wanted: str, items: Iterable[T], names: Callable[[T], tuple[str, ...]]) -> T:
    """Return the only item with the name `wanted`, or else the only one whose name begins so.

    Args:
        wanted: a name in any spelling, or the beginning of one.
        items: the items to search.
        names: returns all names of an item, its proper name first.

    Raises:
        UsageError: No item matches, or several do.
    """
    from peerreview.domain.group.partner import name_core
    from peerreview.domain.text import comparison_key

    named_items = [(item, names(item)) for item in items]
    core = name_core(wanted)
    start = comparison_key(wanted.strip())
    matches = [
        (item, item_names) for item, item_names in named_items if core in map(name_core, item_names)
    ]
    if not matches and start:
        matches = [
            (item, item_names)
            for item, item_names in named_items
            if any(comparison_key(name).startswith(start) for name in item_names)
        ]
    if not matches:
        raise UsageError(f"{wanted}: no partner here goes by that name")
    if len(matches) > 1:
        proper_names = sorted((item_names[0] for _, item_names in matches), key=comparison_key)
        raise UsageError(f"{wanted}: which one: {', '.join(proper_names[:4])}")
    return matches[0][0]
