"""Several programs on one group: `benchmarks/company.py` in short, and casts that meet closes."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.company import acknowledging_early, play
from benchmarks.evening import Evening, fill_draft
from peerreview.errors import BoxGoneError, CountError
from peerreview.services.rating import Rating, Seat
from peerreview.store.disk import durable, platform

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.mark.slow
def test_eight_programs_lose_nothing_and_never_see_half_a_change() -> None:
    verdict = play(3)
    assert verdict.wrong == []
    assert verdict.busy == 0
    assert verdict.acknowledged > 8


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path).create_group(4)


@pytest.fixture
def last_cast(evening: Evening) -> tuple[Seat, str]:
    """Five ballots are in, a sixth is about to be cast; and the keeper's key."""
    key = evening.open_round(8)
    for _ in range(5):
        evening.cast(evening.services.rating.draw_code(), 4)
    return evening.services.rating.draw_code(), key


def in_another_program(act: Callable[[], object]) -> None:
    """Do something in another program, to its end."""
    child = multiprocessing.get_context("fork").Process(target=act)
    child.start()
    child.join()
    assert child.exitcode == 0


def close_in_another_program(evening: Evening, key: str) -> None:
    hands = evening.vault.box(1).read_without_slots().ballots_in
    in_another_program(lambda: Evening(evening.path.parent).close(key, hands))


def is_acknowledged(evening: Evening, seat: Seat) -> bool:
    try:
        evening.services.rating.cast(seat, fill_draft(seat, 2))
    except BoxGoneError as refusal:
        assert "closed or discarded" in str(refusal)
        return False
    return True


def ballots_counted(evening: Evening) -> int:
    release = evening.vault.group.read().find_release(1)
    return release.ballots if release else 0


LastCast = tuple[Seat, str]


def test_a_cast_after_the_close_is_refused(evening: Evening, last_cast: LastCast) -> None:
    close_in_another_program(evening, last_cast[1])
    assert not is_acknowledged(evening, last_cast[0])
    assert ballots_counted(evening) == 5


@pytest.mark.parametrize("flush", [1, 2])
def test_a_close_during_a_cast_waits_or_counts_it(
    evening: Evening, last_cast: LastCast, monkeypatch: pytest.MonkeyPatch, flush: int
) -> None:
    """While slots are flushed, the close is refused and names the ballot that is half handed in."""
    (seat, key), left, real = last_cast, [flush], platform.flush
    tried: list[str] = []

    def interrupt(file: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            monkeypatch.setattr(platform, "flush", real)
            try:
                evening.close(key, evening.vault.box(1).read_without_slots().ballots_in)
            except CountError as refusal:
                tried.append(str(refusal))
        real(file)

    monkeypatch.setattr(platform, "flush", interrupt)
    assert is_acknowledged(evening, seat)
    if flush == 1:
        assert "1 more was cut off while it was handed in" in tried[0]
        close_in_another_program(evening, key)
    assert ballots_counted(evening) == 6


@pytest.fixture
def discarded_midway(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program discards the box after the next slots are written, before their flag."""
    real = platform.flush

    def interrupt(file: int) -> None:
        monkeypatch.setattr(platform, "flush", real)
        in_another_program(lambda: Evening(evening.path.parent).services.rounds.discard("Evening"))
        real(file)

    monkeypatch.setattr(platform, "flush", interrupt)


def test_a_cast_is_refused_if_its_round_is_discarded_midway(
    evening: Evening, last_cast: LastCast, discarded_midway: None
) -> None:
    assert not is_acknowledged(evening, last_cast[0])
    assert not evening.current_round


def test_the_check_notices_a_refusal_that_is_swallowed(
    evening: Evening, last_cast: LastCast, discarded_midway: None
) -> None:
    with acknowledging_early():
        assert is_acknowledged(evening, last_cast[0])
    assert not evening.current_round


def test_the_check_notices_a_box_opened_before_the_lock(
    evening: Evening, last_cast: LastCast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box opened before the close, and nobody asks again: the ballot goes into a dead file."""
    seat, key = last_cast
    kept = platform.open_existing(next(evening.path.parent.glob("*.box.json")), write=True)
    monkeypatch.setattr(durable, "erase", Path.unlink)  # without the blanks that would show it
    close_in_another_program(evening, key)
    monkeypatch.setattr(Rating, "_make_open_check", lambda self, round_: lambda: None)
    monkeypatch.setattr(platform, "open_existing", lambda path, write: os.dup(kept))
    monkeypatch.setattr(Rating, "_make_rows", lambda self, draft: dict.fromkeys(draft.entries))
    assert is_acknowledged(evening, seat)
    monkeypatch.undo()
    assert ballots_counted(evening) == 5
