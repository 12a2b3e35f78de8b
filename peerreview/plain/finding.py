"""Finding a partner by what somebody typed: its name or alias, or how only one name begins."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from peerreview.errors import UsageError

T = TypeVar("T")


def find_by_name(wanted: str, things: Iterable[T], names: Callable[[T], tuple[str, ...]]) -> T:
    """Return the one thing that goes by `wanted`.

    Args:
        wanted: a name in any spelling habit, or the beginning of one.
        things: where to look.
        names: what each goes by, its proper name first.

    Raises:
        UsageError: There is none, or there are several.
    """
    from peerreview.domain.group.partner import name_core
    from peerreview.domain.text import comparison_key

    known = [(each, names(each)) for each in things]
    start = comparison_key(wanted.strip())
    exact = [each for each in known if name_core(wanted) in map(name_core, each[1])]
    begun = [
        each
        for each in known
        if start and any(comparison_key(n).startswith(start) for n in each[1])
    ]
    found = exact or begun
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise UsageError(f"{wanted}: no partner here goes by that name")
    several = ", ".join(sorted((theirs[0] for _, theirs in found), key=comparison_key)[:4])
    raise UsageError(f"{wanted}: which one: {several}")
