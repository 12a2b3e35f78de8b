"""Stock TinyDB beside eight writers, without our lock: with one retry every read parses."""

import multiprocessing
import os
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tinydb import TinyDB

from benchmarks.evening import Evening
from peerreview.domain.errors import RuleError
from peerreview.store.disk import platform

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

WRITERS, HEADS, PARTNERS = 8, 40, 12
SECONDS = 3.0


def write(folder: Path, seed: int) -> None:
    """Draw and cast until killed; every draw and every flag moves what follows in its line."""
    random, evening = Random(seed), Evening(folder)
    seats = [evening.services.rating.draw_code()]
    while True:
        if random.random() < 0.2:
            try:
                seats.append(evening.services.rating.draw_code())
            except RuleError:  # everybody has drawn
                continue
        evening.cast(random.choice(seats), random.randrange(1, 6))


@contextmanager
def writers(folder: Path) -> Generator[None]:
    context = multiprocessing.get_context("fork")
    running = [context.Process(target=write, args=(folder, seed)) for seed in range(WRITERS)]
    for process in running:
        process.start()
    try:
        yield
        assert all(process.is_alive() for process in running)
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.join()


def parses(path: Path) -> bool:
    """Whether stock TinyDB reads every document just now."""
    try:
        with TinyDB(path) as db:
            tickets, slots = db.table("turns").all(), db.table("holes").all()
    except ValueError:
        return False
    assert (len(tickets), len(slots)) == (HEADS, HEADS * PARTNERS)
    return True


@pytest.fixture
def path(tmp_path: Path) -> Path:
    evening = Evening(tmp_path).create_group(PARTNERS)
    evening.open_round(HEADS, spares=0)
    (box_path,) = tmp_path.glob("*.box.json")
    return box_path


def read_repeatedly(path: Path) -> list[bool]:
    """Read in a loop; return for each read whether it parsed at the first or second try."""
    before, until = path.read_bytes(), time.monotonic() + SECONDS
    parsed: list[bool] = []
    with writers(path.parent):
        while time.monotonic() < until:
            parsed.append(parses(path) or parses(path))
    assert path.read_bytes() != before
    return parsed


def test_every_read_parses_at_the_first_or_second_try(path: Path) -> None:
    parsed = read_repeatedly(path)
    assert len(parsed) > 20
    assert all(parsed)


def test_the_check_notices_a_writer_that_blanks_a_line_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = platform.overwrite

    def blank_first(file: int, pieces: Iterable[tuple[int, bytes]]) -> None:
        for offset, data in pieces:
            real(file, [(offset, data[:20].ljust(len(data)))])
            time.sleep(0.01)
            real(file, [(offset, data)])

    monkeypatch.setattr(platform, "overwrite", blank_first)
    assert not all(read_repeatedly(path))
