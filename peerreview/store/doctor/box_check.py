"""What can be wrong with the ballot boxes beside a group: left over, missing, damaged, not whole.

Knows places and counts; must not know what is in them, so nothing here guesses whose they are.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from peerreview.domain.box import Box
from peerreview.domain.group import Group
from peerreview.domain.round import Round, State
from peerreview.errors import ChangedError, FileError
from peerreview.store.doctor import box_bytes
from peerreview.store.doctor.ailment import Ailment, ailment, found
from peerreview.store.keeping import keep
from peerreview.store.leftover import Leftover, leftover
from peerreview.store.naming import box_numbers, box_path
from peerreview.store.vault import FileVault


def boxes(vault: FileVault, group: Group, today: Callable[[], date]) -> Iterator[Ailment]:
    """Yield what is wrong with each box, and with the open round if it has none.

    Args:
        vault: where they are; the caller holds its lock.
        group: the group in it.
        today: the date, for a round that has to be discarded.
    """
    numbers = box_numbers(vault.path)
    for number in numbers:
        path, box, error = box_path(vault.path, number), None, None
        try:
            box = vault.box(number).read()
        except FileError as refusal:
            error = refusal
        if left := leftover(group, number, box):
            yield _left(vault, number, left)
        elif group.open_round and isinstance(error, ChangedError):
            yield box_bytes.changed(path, group.open_round)
        elif error:
            yield ailment("unreadable", error)
        elif box and group.open_round:
            yield from box_bytes.rewritten(path)
            yield from _inside(path, box, group.open_round)
    if group.open_round and group.open_round.number not in numbers:
        yield _missing(vault, group.open_round, today())


def _left(vault: FileVault, number: int, left: Leftover) -> Ailment:
    path = box_path(vault.path, number)
    if not left.remove:
        return found("orphan", path, left.why, left.then)

    def mend() -> str:
        vault.box(number).remove()
        return left.sentence

    return found("orphan", path, f"left over, as {left.why}", "let it be removed", mend)


def _missing(vault: FileVault, round_: Round, today: date) -> Ailment:
    def mend() -> str:
        copy = keep(vault.path, "before-repair")
        vault.group.update(lambda group: group.with_round(round_.to(State.DISCARDED, today)))
        return (
            f"round {round_.number}: discarded, as its ballot box is gone; "
            f"{copy.name} is a copy of the group file before that"
        )

    path = box_path(vault.path, round_.number)
    what = f"round {round_.number} is open, and its ballot box isn't there"
    return found("missing", path, what, "put the box back, or let the round be discarded", mend)


def _inside(path: Path, box: Box, round_: Round) -> Iterator[Ailment]:
    partners = tuple(sorted(each.id for each in round_.partners))
    laid_out_for = (round_.id, round_.number, partners, round_.heads, round_.turns)
    head = box.head
    if (head.round_id, head.number, head.partners, head.heads, head.turns) != laid_out_for:
        todo = "put back the box that belongs there, or discard the round"
        yield found("stranger", path, f"this box isn't the one of round {round_.number}", todo)
    if any(turn.handed_in and not turn.tag for turn in box.turns):
        todo = "put back a copy of it, or discard the round"
        yield found(
            "unreadable", path, "a ballot is marked as in that nobody drew a code for", todo
        )
    yield from _claims(path, box)


def _claims(path: Path, box: Box) -> Iterator[Ailment]:
    """Yield what a crash during a draw left: which places belong together, only a code could tell.

    A code claims a place for each partner and then a turn, so it may be cut off with some or all
    of its places claimed and no turn; nobody was shown such a code.
    """
    taken = Counter(hole.partner for hole in box.holes if hole.tag)
    each = [taken[partner] for partner in range(len(box.head.partners))]
    if (more := max(each) - box.drawn) > 0:
        what = f"{_codes(more)} cut off while being drawn: the places taken stay taken"
        yield found(
            "cut-off", path, what, f"{more} fewer can be drawn; the count at the close is safe"
        )
    if (fewer := box.drawn - min(each)) > 0:
        what = f"{_codes(fewer)} drawn, but some of the places that go with it aren't taken"
        yield found("cut-off", path, what, "whoever isn't let in by a code draws another one")


def _codes(number: int) -> str:
    return "1 code was" if number == 1 else f"{number} codes were"
