"""A disk that fills up after the opening: every ballot gets in, anything larger is refused."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.evening import Evening, read_ticket
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.errors import FileError
from peerreview.store.disk import platform

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

HEADS, SPARES = 10, 2


def play_evening(evening: Evening) -> None:
    """Everybody draws, casts and changes; the spares are used up."""
    seats = [evening.services.rating.draw_code(spare=True) for _ in range(HEADS + SPARES)]
    for value in (2, 4):
        for seat in seats:
            evening.cast(seat, value)
    (evening.path.parent / "codes").write_text("\n".join(" ".join(s.code or ()) for s in seats))


def append(file: int, pieces: list[tuple[int, bytes]]) -> None:
    """The control: as a journal would write."""
    os.lseek(file, 0, os.SEEK_END)
    for _, data in pieces:
        os.write(file, data)


def error_without_room(folder: Path, act: Callable[[Evening], object]) -> str:
    """Do something in another program where no file may grow beyond the box; return its error."""
    import resource

    ours, theirs = multiprocessing.get_context("fork").Pipe()

    def limited() -> None:
        (box,) = folder.glob("*.box.json")
        size = box.stat().st_size
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            act(Evening(folder))
        except FileError as error:
            theirs.send(str(error))
        theirs.send("")

    child = multiprocessing.get_context("fork").Process(target=limited)
    child.start()
    theirs.close()
    message: str = ours.recv()
    child.join()
    assert child.exitcode == 0
    return message


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path).create_group(4)


def test_an_open_round_accepts_every_ballot(evening: Evening, tmp_path: Path) -> None:
    key = evening.open_round(HEADS, SPARES)
    (box,) = tmp_path.glob("*.box.json")
    blocks = box.stat().st_blocks
    assert error_without_room(tmp_path, play_evening) == ""
    assert box.stat().st_blocks == blocks, "room that wasn't claimed at the opening"
    codes = (tmp_path / "codes").read_text().splitlines()
    now = evening.vault.box(1).read()
    assert all(read_ticket(now, code)[0] for code in codes)
    assert now.ballots_in == HEADS + SPARES
    assert evening.services.rounds.progress()
    assert len(key.split()) == 5


def test_the_check_notices_a_write_that_appends(
    evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.open_round(HEADS, SPARES)
    monkeypatch.setattr(platform, "overwrite", append)
    assert "larger than allowed" in error_without_room(tmp_path, play_evening)


def test_a_larger_group_is_refused_and_everything_stays_readable(
    evening: Evening, tmp_path: Path
) -> None:
    evening.open_round(HEADS, SPARES)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}

    def grow(evening: Evening) -> None:
        new = (Partner(id=f"{n:016x}", name=f"Another partner {n}") for n in range(400))
        evening.vault.group.update(lambda group: group.evolve(partners=(*group.partners, *new)))

    assert "larger than allowed" in error_without_room(tmp_path, grow)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.json")} == before
    assert not list(tmp_path.glob("*.tmp"))
    evening.services.setting_up.add("One more", PartnerKind.VENDOR)
