"""Finds problems with the ballot boxes beside a group: left over, missing, damaged, incomplete.

Only positions and numbers are looked at, never who a ballot belongs to. Callers hold the lock.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box
from peerreview.domain.round.round import Round, RoundState
from peerreview.errors import ChangedError, FileError
from peerreview.store.box.box_checks import box_from_tables
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.line_format import LayoutError
from peerreview.store.disk import durable
from peerreview.store.disk.migration import BOX_FORMAT
from peerreview.store.disk.naming import box_path, find_box_numbers
from peerreview.store.disk.tables import Document, Tables, parse_tables
from peerreview.store.doctor.problem import (
    Problem,
    changed_file_problem,
    make_problem,
    problem_from_error,
)
from peerreview.store.leftover_box import judge_leftover_box
from peerreview.store.vault import FileVault

_RESTORE = "put back a copy of it, or discard the round"


def find_box_problems(
    vault: FileVault, group: Group, today: Callable[[], date]
) -> Iterator[Problem]:
    """Yield what is wrong with each box, and with the open round if it has none.

    Args:
        vault: the group and its boxes.
        group: the content of the group.
        today: returns the date, for a round that has to be discarded.
    """
    numbers = find_box_numbers(vault.path)
    open_round = group.open_round
    for number in numbers:
        yield from _find_problems_of_box(vault, group, number)
    if open_round and open_round.number not in numbers:
        path = box_path(vault.path, open_round.number)
        what = f"round {open_round.number} is open, and its ballot box isn't there"
        todo = "put the box back, or let the round be discarded"
        repair = partial(_discard_round, vault, open_round, today())
        yield make_problem("missing", path, what, todo, repair)


def _find_problems_of_box(vault: FileVault, group: Group, number: int) -> Iterator[Problem]:
    path = box_path(vault.path, number)
    box = vault.read_box_or_error(number)
    if leftover := judge_leftover_box(group, number, box):
        if leftover.is_removable:
            what = f"left over, as {leftover.reason}"
            todo = "let it be removed"
            repair = partial(vault.remove_leftover, number, leftover)
            yield make_problem("orphan", path, what, todo, repair)
        else:
            yield make_problem("orphan", path, leftover.reason, leftover.action)
        return
    round_ = group.open_round
    if round_ and isinstance(box, ChangedError):
        yield _changed_box_problem(path, round_)
    elif isinstance(box, FileError):
        yield problem_from_error("unreadable", box)
    elif round_:
        yield from _find_other_layout(path, box)
        yield from _find_wrong_content(path, box, round_)
        yield from _find_interrupted_draws(path, box)


def _discard_round(vault: FileVault, round_: Round, today: date) -> str:
    copy = durable.keep_copy(vault.path, "before-repair")
    discarded = round_.with_state(RoundState.DISCARDED, today)
    vault.group.update(lambda group: group.with_round(discarded))
    return (
        f"round {round_.number}: discarded, as its ballot box is gone; "
        f"{copy.name} is the group file before that, until the next close"
    )


def _changed_box_problem(path: Path, round_: Round) -> Problem:
    """Return the problem of a box whose head doesn't match its checksum, and how to repair it.

    The group knows what the head says about the round. If the head has the right checksum with
    those fields, everything else in it is as it was.
    """
    tables = parse_tables(path.read_bytes(), path)
    head = tables["round"]["1"]
    known_head = {**head, **_head_fields_of(round_)}
    is_same = known_head == head
    repaired = _box_bytes(path, {**tables, "round": {"1": known_head}}, trusted=is_same)
    if not repaired:
        return changed_file_problem(path, _RESTORE)
    done = "put right"
    if is_same:
        done = "taken as it is: compare the three check words before anybody goes on"
    todo = f"put back a copy of it, or let it be {done}"
    return changed_file_problem(path, todo, partial(_replace_box, path, repaired, done))


def _head_fields_of(round_: Round) -> Document:
    """Return the fields of a box's head that the group knows."""
    return {
        "round_id": round_.id,
        "number": round_.number,
        "partners": sorted(partner.id for partner in round_.partners),
        "heads": round_.heads,
        "turns": round_.ticket_count,
        "keepers": str(round_.keepers),
    }


def _box_bytes(path: Path, tables: Tables, *, trusted: bool) -> bytes:
    """Return the bytes of the box in these tables; nothing if there is no box in them."""
    try:
        box = box_from_tables(BOX_FORMAT.check_and_migrate(tables, path, trusted=trusted))
        return BoxLayout.for_box(box).file_bytes(box)
    except (FileError, LayoutError):
        return b""


def _replace_box(path: Path, data: bytes, done: str) -> str:
    copy = durable.keep_copy(path, "before-repair")
    durable.replace(path, data)
    return f"{path.name}: {done}; {copy.name} is a copy, removed together with the box"


def _find_other_layout(path: Path, box: Box) -> Iterator[Problem]:
    """Yield a problem if a readable box isn't laid out in lines of fixed size."""
    data = path.read_bytes()
    expected = BoxLayout.for_box(box).file_bytes(box)
    # A file of an older schema is laid out again at the next write.
    if (
        data != expected
        and BOX_FORMAT.read_schema(parse_tables(data, path), path) == BOX_FORMAT.schema
    ):
        what = "another program wrote it, so nothing lies in its slot"
        todo = "let it be laid out again, with everything in it"
        repair = partial(_replace_box, path, expected, "laid out again")
        yield make_problem("layout", path, what, todo, repair)


def _find_wrong_content(path: Path, box: Box, round_: Round) -> Iterator[Problem]:
    head = box.head.model_dump(mode="json")
    if head | _head_fields_of(round_) != head:
        what = f"this box isn't the one of round {round_.number}"
        todo = "put back the box that belongs there, or discard the round"
        yield make_problem("stranger", path, what, todo)
    if any(ticket.handed_in and not ticket.tag for ticket in box.tickets):
        what = "a ballot is marked as handed in, but nobody drew a code for it"
        yield make_problem("unreadable", path, what, _RESTORE)


def _find_interrupted_draws(path: Path, box: Box) -> Iterator[Problem]:
    """Yield what a crash during a draw left.

    A draw claims a slot for each partner and then a ticket. If it was interrupted, some or all of
    its slots are claimed and no ticket is. Which slots belong together only a code can tell, and
    nobody was shown the code of that draw.
    """
    claimed = Counter(slot.partner for slot in box.slots if slot.tag)
    claimed_by_partner = [claimed[partner] for partner in range(len(box.head.partners))]
    surplus = max(claimed_by_partner) - box.codes_drawn
    if surplus > 0:
        what = f"{_count_codes(surplus)} cut off while being drawn: the slots taken stay taken"
        todo = f"{surplus} fewer can be drawn; the count at the close is safe"
        yield make_problem("cut-off", path, what, todo)
    missing = box.codes_drawn - min(claimed_by_partner)
    if missing > 0:
        what = f"{_count_codes(missing)} drawn, but some of the slots that go with it aren't taken"
        todo = "whoever isn't let in by a code draws another one"
        yield make_problem("cut-off", path, what, todo)


def _count_codes(number: int) -> str:
    return "1 code was" if number == 1 else f"{number} codes were"
