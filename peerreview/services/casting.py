"""The order of writes that brings a ballot into the box, so that a crash never leaves half of one.

A raised flag of a ticket stands for a complete ballot: it is lowered durably before a slot is
written, and raised after the slots are durable. Only the rater's own ticket and slots are touched,
however large the box is. Must not know codes, keys or answers: rows arrive sealed.
"""

from collections.abc import Callable
from dataclasses import replace

from peerreview.domain.round.box import Box, BoxChange, Ticket
from peerreview.errors import CodeError, FileError, RuleError
from peerreview.services.ports import BoxStore, Check, no_check


def hand_in(
    store: BoxStore, own_part: Box, filled: BoxChange, may_replace: bool, check: Check = no_check
) -> None:
    """Write a sealed ballot into the box and raise its flag; afterwards it counts, durably.

    Args:
        store: the box.
        own_part: the rater's part of the box as it was when the turn began.
        filled: all slots of that part, with the rows of the ballot.
        may_replace: whether a ballot may have been handed in before this turn began. Its flag may
            still be raised on the device although it reads as lowered, if a crash came in between.
        check: called under the lock before anything is written; raises if the round has ended.
            Without it, a ballot could go into the box of a close that was killed before it removed
            the box, and nobody would ever count it.

    Raises:
        BoxGoneError: The box was closed first; this ballot isn't counted.
        CodeError: The ticket and the slots don't belong to this rater any more.
        FileError: The box isn't the one the ballot was sealed for.
        RuleError: The same code handed in somewhere else at the same moment.
    """
    if may_replace:
        _lower_flag(store, own_part, check)
    _write_slots(store, own_part, filled, check)
    first_slot = filled.slots[0]

    def raise_flag(box: Box) -> BoxChange:
        if box.slots[0].row != first_slot.row:  # the first slot is written first
            raise RuleError("this code handed in elsewhere just now: enter it again and look")
        return BoxChange([box.tickets[0]._replace(handed_in=True)])

    _change(store, Box(own_part.head, _lowered(own_part), (first_slot,)), raise_flag, check)


def take_out(store: BoxStore, own_part: Box, emptied: BoxChange, check: Check = no_check) -> None:
    """Lower the flag of a ballot, then overwrite its slots.

    Args:
        store: the box.
        own_part: the rater's part of the box as it was when the turn began.
        emptied: all slots of that part, with rows that hold nothing.
        check: as for `hand_in`.

    Raises:
        BoxGoneError: The box was closed first.
        CodeError: The ticket and the slots don't belong to this rater any more.
        FileError: The box isn't the one the ballot was sealed for.
    """
    _lower_flag(store, own_part, check)
    _write_slots(store, own_part, emptied, check)


def _write_slots(store: BoxStore, own_part: Box, change: BoxChange, check: Check) -> None:
    """Overwrite all slots of a part; if its flag is raised, lower that first."""
    if len(own_part.slots[0].row) != len(change.slots[0].row):  # all rows of a box are equally long
        raise FileError("nobody sealed these rows: the file was tampered with, tell the room")

    def lower_flag_or_write(box: Box) -> BoxChange:
        return BoxChange(_lowered(box)) if box.tickets[0].handed_in else change

    expected = own_part
    while _change(store, expected, lower_flag_or_write, check) is not change:
        expected = replace(own_part, tickets=_lowered(own_part))  # the flag is lowered now


def _lower_flag(store: BoxStore, own_part: Box, check: Check) -> None:
    ticket_part = Box(own_part.head, own_part.tickets, ())
    _change(store, ticket_part, lambda box: BoxChange(_lowered(box)), check)


def _change(
    store: BoxStore, expected: Box, decide: Callable[[Box], BoxChange], check: Check
) -> BoxChange:
    """Write the change decided on the current content of a part; return the change written.

    If the content isn't what was expected, decide again on the content that is there.
    """
    while True:
        change = decide(expected)
        current = store.update_if_unchanged(expected, change, check)
        if current is expected:
            return change
        _check_same_places(current, expected)
        expected = current


def _lowered(box: Box) -> tuple[Ticket, ...]:
    return (box.tickets[0]._replace(handed_in=False),)


def _check_same_places(current: Box, expected: Box) -> None:
    """Check that two readings of a part differ only in flags and rows.

    Raises:
        CodeError: The ticket or a slot belongs to another code.
        FileError: The head of the box or the length of a row has changed.
    """
    has_same_tags = _tags(current) == _tags(expected)
    has_same_shape = _shape(current) == _shape(expected)
    if current.head != expected.head or (has_same_tags and not has_same_shape):
        raise FileError("the box isn't as it was: the file was tampered with, tell the room")
    if not has_same_tags:
        raise CodeError("this code owns nothing in the box any more: enter it again")


def _tags(box: Box) -> list[tuple[int, str]]:
    return [(place.id, place.tag) for place in (*box.tickets, *box.slots)]


def _shape(box: Box) -> list[tuple[int, int]]:
    return [(slot.partner, len(slot.row)) for slot in box.slots]
