"""The order in which a ballot gets into the box, so that no crash leaves half of one counted.

A flag stands only for a complete ballot: it is durably down before a hole is touched, and goes up
after the holes are durable. Touches a rater's own places only, however large the box. Knows no
code, key or answer: what it puts in was sealed before.
"""

from collections.abc import Callable
from dataclasses import replace

from peerreview.domain.box import Box, Change, Hole
from peerreview.errors import CodeError, FileError, RuleError
from peerreview.services.ports import BoxStore


def hand_in(
    store: BoxStore,
    mine: Box,
    filled: Change,
    again: bool,
    check: Callable[[], object] = lambda: None,
) -> None:
    """Put filled holes into the box and raise the flag; on return the ballot counts, durably.

    Args:
        store: the box.
        mine: the rater's part of it, as it was when the turn began.
        filled: the same holes, all of them, with a sealed ballot in them.
        again: whether another ballot may have been there before this turn began. A flag that
            reads as lowered may then still be up on the device, if a crash came in between.
        check: called under the lock, before a flag moves; raises if the round has ended. The box
            may outlive a close that was killed, and nobody would ever count what goes into it.

    Raises:
        BoxGoneError: The box was closed first; this ballot isn't counted.
        CodeError: The places aren't this rater's any more.
        FileError: The box isn't the one the ballot was sealed for.
        RuleError: The same code handed in somewhere else at the same moment.
    """
    holes = tuple(filled.holes)
    if again:
        _lower(store, mine, check)
    first = holes[0]
    while first not in store.change(lambda box: _put(box, mine, holes), mine).holes:
        continue  # there was a flag; it is down now
    flag = Box(mine.head, mine.turns, (first,))

    def raised(box: Box) -> Change:
        check()
        _check_same(box, flag)
        if box.holes[0].row != first.row:  # the first to be written, so also of half a ballot
            raise RuleError("this code handed in elsewhere just now: enter it again and look")
        return Change(turns=[replace(box.turns[0], handed_in=True)])

    store.change(raised, flag)


def take_out(
    store: BoxStore, mine: Box, emptied: Change, check: Callable[[], object] = lambda: None
) -> None:
    """Lower the flag, then empty the holes; `check` as for `hand_in`.

    Raises:
        BoxGoneError: The box was closed first.
        CodeError: The places aren't this rater's any more.
    """
    holes = tuple(emptied.holes)
    _lower(store, mine, check)
    store.change(lambda box: _put(box, mine, holes), mine)


def _lower(store: BoxStore, mine: Box, check: Callable[[], object]) -> None:
    flag = Box(mine.head, mine.turns, ())

    def lowered(box: Box) -> Change:
        check()
        _check_same(box, flag)
        return _down(box)

    store.change(lowered, flag)


def _put(box: Box, mine: Box, holes: tuple[Hole, ...]) -> Change:
    """Overwrite the holes; but where a ballot is handed in, its flag has to go down first."""
    _check_same(box, mine)
    return _down(box) if box.turns[0].handed_in else Change(holes=holes)


def _down(box: Box) -> Change:
    return Change(turns=[replace(box.turns[0], handed_in=False)])


def _check_same(box: Box, mine: Box) -> None:
    if box.head != mine.head:
        raise FileError("the box isn't as it was when this turn began: the file was tampered with")
    if _tags(box) != _tags(mine):
        raise CodeError("this code owns nothing in the box any more: enter it again")


def _tags(box: Box) -> list[tuple[int, str]]:
    return [(each.id, each.tag) for each in (*box.turns, *box.holes)]
