"""Simulated power cuts: of what wasn't flushed, any of it may be lost, in any order.

Every write to the box and every flush is noted while raters draw, cast, change and take out
ballots. Then the power is cut at every point: on the disk is all that was flushed before, and any
of the slots written since. Whatever was acknowledged must be there.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from store_samples import row, sample_box, tag, with_spaced_ids

from peerreview.domain.round.box import Box, BoxChange, Slot, Ticket
from peerreview.services import casting
from peerreview.services.ports import BoxStore
from peerreview.store.box.open_box_file import parse_box
from peerreview.store.disk import platform
from peerreview.store.vault import FileVault

pytestmark = pytest.mark.slow

RATERS, PARTNERS, CUTS = 5, 4, 4
Event = tuple[str, object]


class KilledError(Exception):
    """The program ends before its next flush; the machine goes on."""


@dataclass
class Disk:
    """Notes what happens to the box's file, and plays it back as a disk may keep it."""

    image: bytes
    events: list[Event] = field(default_factory=list[Event])
    killing: bool = False

    def write(self, pieces: Iterable[tuple[int, bytes]]) -> None:
        self.events += [("write", piece) for piece in pieces]

    def flush(self) -> None:
        self.events.append(("flush", None))

    def acknowledge(self, rater: int, ballot: int | None) -> None:
        self.events.append(("acknowledged", (rater, ballot)))

    def begin(self, rater: int, ballot: int | None) -> None:
        self.events.append(("begun", (rater, ballot)))

    def cuts(self, random: Random) -> Iterator[tuple[bytes, dict[int, set[int | None]]]]:
        """Yield what is on the disk after a cut, and for each rater the ballots it may hold.

        None is for no ballot.
        """
        flushed_bytes, unflushed = bytearray(self.image), list[tuple[int, bytes]]()
        allowed: dict[int, set[int | None]] = {rater: {None} for rater in range(RATERS)}
        for kind, what in self.events:
            match kind, what:
                case "write", (int(offset), bytes(data)):
                    unflushed.append((offset, data))
                case "flush", _:
                    for offset, data in unflushed:
                        flushed_bytes[offset : offset + len(data)] = data
                    unflushed.clear()
                case "begun", (int(rater), ballot):
                    allowed[rater] |= {ballot, None}
                case _, (int(rater), ballot):
                    allowed[rater] = {ballot}
            for _ in range(CUTS):
                yield _kept(flushed_bytes, unflushed, random), allowed


def _kept(flushed_bytes: bytearray, unflushed: list[tuple[int, bytes]], random: Random) -> bytes:
    """Any of the loose writes, and of several to one slot any one: the disk has its own order."""
    disk, share = bytearray(flushed_bytes), random.choice((0.1, 0.5, 0.9))
    for offset, data in random.sample(unflushed, len(unflushed)):
        if random.random() < share:
            disk[offset : offset + len(data)] = data
    return bytes(disk)


Cast = Callable[[BoxStore, Box, BoxChange, bool], None]


def rows_of(rater: int, ballot: int, part: Box) -> BoxChange:
    return BoxChange(
        slots=[
            Slot(slot.id, slot.partner, slot.tag, row(1000 * rater + 10 * ballot + slot.partner))
            for slot in part.slots
        ]
    )


def draw(store: BoxStore, rater: int) -> Box:
    def decide(box: Box) -> BoxChange:
        ticket = next(ticket for ticket in box.tickets if not ticket.tag)
        slots = [
            next(slot for slot in box.slots if slot.partner == partner and not slot.tag)
            for partner in range(PARTNERS)
        ]
        return BoxChange(
            [Ticket(ticket.id, tag(rater), False)],
            [Slot(slot.id, slot.partner, tag(rater), slot.row) for slot in slots],
        )

    return part_of(store.update(decide), rater)


def part_of(box: Box, rater: int) -> Box:
    tickets = tuple(ticket for ticket in box.tickets if ticket.tag == tag(rater))
    return Box(box.head, tickets, tuple(slot for slot in box.slots if slot.tag == tag(rater)))


def play_evening(store: BoxStore, disk: Disk, cast: Cast, random: Random) -> None:
    """Everybody draws, casts, and some change or take out, one thing after the other."""
    parts = [draw(store, rater) for rater in range(RATERS)]
    for ballot in range(1, 4):
        for rater in random.sample(range(RATERS), RATERS):
            again = bool(random.getrandbits(1))  # with the code, or still at the screen
            if ballot == 2 and rater % 2:
                disk.begin(rater, None)
                casting.take_out(store, parts[rater], rows_of(rater, 9, parts[rater]))
                disk.acknowledge(rater, None)
                continue
            disk.begin(rater, ballot)
            cast(store, parts[rater], rows_of(rater, ballot, parts[rater]), again)
            disk.acknowledge(rater, ballot)


def play_killed_change(store: BoxStore, disk: Disk, cast: Cast, random: Random) -> None:
    """A program is killed when the old flag is down but not flushed; the code is entered again."""
    mine = draw(store, 0)
    for ballot, again, killed in ((1, False, False), (2, False, True), (3, True, False)):
        disk.begin(0, ballot)
        disk.killing = killed
        with suppress(KilledError):
            cast(store, mine, rows_of(0, ballot, mine), again)
            disk.acknowledge(0, ballot)


def ballot_in(box: Box, rater: int) -> int | None:
    """Return which ballot of a rater counts: None for none, -1 for one that is mixed up."""
    part = part_of(box, rater)
    if not any(ticket.handed_in for ticket in part.tickets):
        return None
    whole = (
        ballot for ballot in range(1, 4) if set(rows_of(rater, ballot, part).slots) == {*part.slots}
    )
    return next(whole, -1) if len(part.slots) == PARTNERS else -1


@pytest.fixture
def losses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[tuple[int, int | None]]]:
    """Play an evening, cut the power everywhere, return (rater, ballot found) for each loss."""

    def play(
        cast: Cast = casting.hand_in,
        *,
        flushing: bool = True,
        evening: Callable[[BoxStore, Disk, Cast, Random], None] = play_evening,
    ) -> list[tuple[int, int | None]]:
        store = FileVault(tmp_path / "gulf.group.json").box(1)
        store.create(with_spaced_ids(sample_box(turns=RATERS + 1, partners=PARTNERS)))
        disk = Disk((tmp_path / "gulf.round-1.box.json").read_bytes())
        overwrite, flush = platform.overwrite, platform.flush

        def note_write(file: int, pieces: list[tuple[int, bytes]]) -> None:
            disk.write(pieces)
            overwrite(file, pieces)

        def note_flush(file: int) -> None:
            if disk.killing:
                raise KilledError
            if flushing:
                flush(file)
                disk.flush()

        monkeypatch.setattr(platform, "overwrite", note_write)
        monkeypatch.setattr(platform, "flush", note_flush)
        evening(store, disk, cast, Random(7))
        return [
            (rater, ballot)
            for data, allowed in disk.cuts(Random(8))
            for box in [parse_box(data, tmp_path)]
            for rater in range(RATERS)
            if (ballot := ballot_in(box, rater)) not in allowed[rater]
        ]

    return play


def test_no_acknowledged_ballot_is_lost_torn_or_mixed(losses: Callable[..., list[object]]) -> None:
    assert losses() == []


def test_the_check_notices_missing_flushes(losses: Callable[..., list[object]]) -> None:
    assert len(losses(flushing=False)) > 50


def update_whatever_is_there(store: BoxStore, mine: Box, change: BoxChange) -> None:
    """Put a change over whatever stands in a rater's places."""
    while (before := store.update_if_unchanged(mine, change)) != mine:
        mine = before


def test_the_check_notices_a_flag_raised_together_with_the_slots(
    losses: Callable[..., list[object]],
) -> None:
    def write_at_once(store: BoxStore, mine: Box, filled: BoxChange, again: bool) -> None:
        ticket = Ticket(mine.tickets[0].id, mine.tickets[0].tag, True)
        update_whatever_is_there(store, mine, BoxChange([ticket], filled.slots))

    lost = losses(write_at_once)
    assert any(ballot == -1 for _, ballot in lost)  # pyright: ignore


def test_the_check_notices_a_flag_that_stays_up_during_a_change(
    losses: Callable[..., list[object]],
) -> None:
    def keep_flag_up(store: BoxStore, mine: Box, filled: BoxChange, again: bool) -> None:
        ticket = Ticket(mine.tickets[0].id, mine.tickets[0].tag, True)
        update_whatever_is_there(store, mine, BoxChange(slots=filled.slots))
        update_whatever_is_there(store, mine, BoxChange([ticket]))

    assert any(ballot == -1 for _, ballot in losses(keep_flag_up))  # pyright: ignore


def test_a_change_after_a_kill_first_lowers_the_flag_durably(
    losses: Callable[..., list[object]],
) -> None:
    assert losses(evening=play_killed_change) == []


def test_the_check_notices_a_change_that_trusts_an_unflushed_flag(
    losses: Callable[..., list[object]],
) -> None:
    def trust_flag(store: BoxStore, mine: Box, filled: BoxChange, again: bool) -> None:
        casting.hand_in(store, mine, filled, may_replace=False)

    lost = losses(trust_flag, evening=play_killed_change)
    assert any(ballot == -1 for _, ballot in lost)  # pyright: ignore
