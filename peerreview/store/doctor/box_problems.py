"""What can be wrong with the ballot boxes beside a group: left over, missing, damaged, not whole.

Knows places and counts; must not know what is in them, so nothing here guesses whose they are.
Callers hold the lock.
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
        vault: where they are.
        group: the group in it.
        today: the date, for a round that has to be discarded.
    """
    numbers, round_ = find_box_numbers(vault.path), group.open_round
    for number in numbers:
        path, box = box_path(vault.path, number), vault.read_box_or_error(number)
        if left := judge_leftover_box(group, number, box):
            mend = partial(vault.remove_leftover, number, left) if left.is_removable else None
            what = f"left over, as {left.reason}" if mend else left.reason
            yield make_problem(
                "orphan", path, what, "let it be removed" if mend else left.action, mend
            )
        elif round_ and isinstance(box, ChangedError):
            yield _changed_box_problem(path, round_)
        elif isinstance(box, FileError):
            yield problem_from_error("unreadable", box)
        elif round_:
            yield from _find_other_layout(path, box)
            yield from _find_wrong_content(path, box, round_)
            yield from _find_interrupted_draws(path, box)
    if round_ and round_.number not in numbers:
        what = f"round {round_.number} is open, and its ballot box isn't there"
        todo = "put the box back, or let the round be discarded"
        mend = partial(_discard_round, vault, round_, today())
        yield make_problem("missing", box_path(vault.path, round_.number), what, todo, mend)


def _discard_round(vault: FileVault, round_: Round, today: date) -> str:
    copy = durable.keep_copy(vault.path, "before-repair")
    vault.group.update(lambda group: group.with_round(round_.moved_to(RoundState.DISCARDED, today)))
    said = f"round {round_.number}: discarded, as its ballot box is gone"
    return f"{said}; {copy.name} is the group file before that, until the next close"


def _changed_box_problem(path: Path, round_: Round) -> Problem:
    """Return what can be done about a head that doesn't fit its checksum.

    What the round says is known from the group; if the checksum then fits, all is as it was.
    """
    tables = parse_tables(path.read_bytes(), path)
    there = tables["round"]["1"]
    known = {**there, **_head_fields_of(round_)}
    mended = _box_bytes(path, {**tables, "round": {"1": known}}, trusted=known == there)
    done = "put right"
    if known == there:
        done = "taken as it is: compare the three check words before anybody goes on"
    if not mended:
        return changed_file_problem(path, _RESTORE)
    todo = f"put back a copy of it, or let it be {done}"
    return changed_file_problem(path, todo, partial(_replace_box, path, mended, done))


def _head_fields_of(round_: Round) -> Document:
    return {
        "round_id": round_.id,
        "number": round_.number,
        "partners": sorted(each.id for each in round_.partners),
        "heads": round_.heads,
        "turns": round_.turns,
        "keepers": str(round_.keepers),
    }


def _box_bytes(path: Path, tables: Tables, *, trusted: bool) -> bytes:
    """Return the bytes of a box if the tables are one, else nothing."""
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
    """Yield that a readable box isn't laid out in pigeonholes, if that is so."""
    data, text = path.read_bytes(), BoxLayout.for_box(box).file_bytes(box)
    # An older one is laid out again at the next write.
    if text != data and BOX_FORMAT.read_schema(parse_tables(data, path), path) == BOX_FORMAT.schema:
        what = "another program wrote it, so nothing lies in its place"
        todo = "let it be laid out again, with everything in it"
        yield make_problem(
            "layout", path, what, todo, partial(_replace_box, path, text, "laid out again")
        )


def _find_wrong_content(path: Path, box: Box, round_: Round) -> Iterator[Problem]:
    head = box.head.model_dump(mode="json")
    if head | _head_fields_of(round_) != head:
        todo = "put back the box that belongs there, or discard the round"
        yield make_problem(
            "stranger", path, f"this box isn't the one of round {round_.number}", todo
        )
    if any(turn.handed_in and not turn.tag for turn in box.tickets):
        what = "a ballot is marked as in that nobody drew a code for"
        yield make_problem("unreadable", path, what, _RESTORE)


def _find_interrupted_draws(path: Path, box: Box) -> Iterator[Problem]:
    """Yield what a crash during a draw left: which places belong together, only a code could tell.

    A code claims a place for each partner and then a turn, so it may be cut off with some or all
    of its places claimed and no turn; nobody was shown such a code.
    """
    taken = Counter(hole.partner for hole in box.slots if hole.tag)
    each = [taken[partner] for partner in range(len(box.head.partners))]
    if (more := max(each) - box.drawn) > 0:
        what = f"{_codes(more)} cut off while being drawn: the places taken stay taken"
        todo = f"{more} fewer can be drawn; the count at the close is safe"
        yield make_problem("cut-off", path, what, todo)
    if (fewer := box.drawn - min(each)) > 0:
        what = f"{_codes(fewer)} drawn, but some of the places that go with it aren't taken"
        yield make_problem(
            "cut-off", path, what, "whoever isn't let in by a code draws another one"
        )


def _codes(number: int) -> str:
    return "1 code was" if number == 1 else f"{number} codes were"
