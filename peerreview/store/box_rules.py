"""The rules of a box in fixed pigeonholes: everything there from the start, of one size, in place.

Knows the domain's boxes; must not know documents or files.
"""

from collections import Counter
from collections.abc import Iterable

from peerreview.domain.box import Box, Change, Hole, Turn
from peerreview.store.slot import TAG_LENGTH, LayoutError

LARGEST_ID = (1 << 64) - 1

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="


def in_order(box: Box) -> Box:
    """Return a box to be laid out, sorted by its random ids.

    Raises:
        LayoutError: It isn't a whole box with everything of one size.
    """
    turns = tuple(sorted(box.turns, key=lambda turn: turn.id))
    holes = tuple(sorted(box.holes, key=lambda hole: hole.id))
    for items in (turns, holes):
        if len({each.id for each in items}) < len(items):
            raise LayoutError("two turns or two holes share an id")
        if items and not 0 <= items[0].id <= items[-1].id <= LARGEST_ID:
            raise LayoutError("an id is too large")
    _check_texts(turns, holes)
    return whole(Box(box.head, turns, holes))


def whole(box: Box) -> Box:
    """Let a box pass that has all its turns, and a hole for each turn and partner.

    Raises:
        LayoutError: It hasn't.
    """
    if len(box.turns) != box.head.turns:
        raise LayoutError(f"it has {len(box.turns)} turns, not {box.head.turns}")
    wanted = dict.fromkeys(range(len(box.head.partners)), box.head.turns)
    if Counter(hole.partner for hole in box.holes) != wanted:
        raise LayoutError("it hasn't one hole for each turn and partner")
    if len({len(hole.row) for hole in box.holes}) > 1:
        raise LayoutError("its rows aren't all of one length")
    return box


def fitting(box: Box, change: Change) -> Change:
    """Return `change` as tuples, if it overwrites places of `box` and moves nothing.

    Raises:
        LayoutError: It names no place, moves a hole to another partner, or has another size.
    """
    change = Change(tuple(change.turns), tuple(change.holes))
    _check_texts(change.turns, change.holes)
    if not {turn.id for turn in box.turns}.issuperset([turn.id for turn in change.turns]):
        raise LayoutError("there is no such turn")
    now = {(hole.id, hole.partner, len(hole.row)) for hole in box.holes}
    if not now.issuperset([(hole.id, hole.partner, len(hole.row)) for hole in change.holes]):
        raise LayoutError("there is no such hole for this partner and this length of row")
    return change


def _check_texts(turns: Iterable[Turn], holes: Iterable[Hole]) -> None:
    tags = [each.tag for each in (*turns, *holes)]
    if max(map(len, tags), default=0) > TAG_LENGTH:
        raise LayoutError(f"a tag is longer than {TAG_LENGTH} characters")
    check_text("".join((*tags, *(hole.row for hole in holes))))


def check_text(text: str) -> None:
    """Let text pass that needs no escaping anywhere.

    Raises:
        LayoutError: There is something else in it than the letters of base64.
    """
    if text.encode("utf-8", "replace").translate(None, _BASE64):
        raise LayoutError("a tag or row isn't base64 text")
