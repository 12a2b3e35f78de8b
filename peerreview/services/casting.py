"""The order in which a ballot gets into the box, so that no crash leaves half of one counted.

A flag stands only for a complete ballot: it is durably down before a hole is touched, and goes up
after the holes are durable. Touches a rater's own places only, however large the box. Knows no
code, key or answer: what it puts in was sealed before.
"""

from collections.abc import Callable
from dataclasses import replace

from peerreview.domain.round.box import Box, BoxChange, Ticket
from peerreview.errors import CodeError, FileError, RuleError
from peerreview.services.ports import BoxStore, Check, no_check


def hand_in(
    store: BoxStore, mine: Box, filled: BoxChange, again: bool, check: Check = no_check
) -> None:
    """Put filled holes into the box and raise the flag; on return the ballot counts, durably.

    Args:
        store: the box.
        mine: the rater's part of it, as it was when the turn began.
        filled: the same holes, all of them, with a sealed ballot in them.
        again: whether another ballot may have been there before this turn began. A flag that
            reads as lowered may then still be up on the device, if a crash came in between.
        check: called under the lock, before anything is written; raises if the round has ended.
            The box may outlive a close that was killed, and nobody would ever count what goes
            into it.

    Raises:
        BoxGoneError: The box was closed first; this ballot isn't counted.
        CodeError: The places aren't this rater's any more.
        FileError: The box isn't the one the ballot was sealed for.
        RuleError: The same code handed in somewhere else at the same moment.
    """
    if again:
        _lower(store, mine, check)
    _fill(store, mine, filled, check)
    first = filled.slots[0]

    def raised(box: Box) -> BoxChange:
        if box.slots[0].row != first.row:  # the first is written first
            raise RuleError("this code handed in elsewhere just now: enter it again and look")
        return BoxChange([box.tickets[0]._replace(handed_in=True)])

    _swap(store, Box(mine.head, _down(mine), (first,)), raised, check)


def take_out(store: BoxStore, mine: Box, emptied: BoxChange, check: Check = no_check) -> None:
    """Lower the flag, then empty the holes; `check` as for `hand_in`.

    Raises:
        BoxGoneError: The box was closed first.
        CodeError: The places aren't this rater's any more.
        FileError: The box isn't the one the ballot was sealed for.
    """
    _lower(store, mine, check)
    _fill(store, mine, emptied, check)


def _fill(store: BoxStore, mine: Box, filled: BoxChange, check: Check) -> None:
    """Overwrite all holes; the flag of a ballot that is in goes down first."""
    if len(mine.slots[0].row) != len(filled.slots[0].row):  # in a box all are of one length
        raise FileError("nobody sealed these rows: the file was tampered with, tell the room")

    def put(box: Box) -> BoxChange:
        return BoxChange(_down(box)) if box.tickets[0].handed_in else filled

    seen = mine
    while _swap(store, seen, put, check) is not filled:  # there was a flag; it is down now
        seen = replace(mine, tickets=_down(mine))


def _lower(store: BoxStore, mine: Box, check: Check) -> None:
    _swap(store, Box(mine.head, mine.tickets, ()), lambda box: BoxChange(_down(box)), check)


def _swap(
    store: BoxStore, seen: Box, decide: Callable[[Box], BoxChange], check: Check
) -> BoxChange:
    """Swap what is decided, again as often as something else stands there; return what it was."""
    while (found := store.update_if_unchanged(seen, change := decide(seen), check)) is not seen:
        _check_same(found, seen)
        seen = found
    return change


def _down(box: Box) -> tuple[Ticket, ...]:
    return (box.tickets[0]._replace(handed_in=False),)


def _check_same(box: Box, mine: Box) -> None:
    ours = _tags(box) == _tags(mine)
    if box.head != mine.head or (ours and _shape(box) != _shape(mine)):
        raise FileError("the box isn't as it was: the file was tampered with, tell the room")
    if not ours:
        raise CodeError("this code owns nothing in the box any more: enter it again")


def _tags(box: Box) -> list[tuple[int, str]]:
    return [(each.id, each.tag) for each in (*box.tickets, *box.slots)]


def _shape(box: Box) -> list[tuple[int, int]]:
    return [(hole.partner, len(hole.row)) for hole in box.slots]
