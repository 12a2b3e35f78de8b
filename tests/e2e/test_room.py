"""A second program shows the room: it follows what the first does to the same file."""

import shutil
from pathlib import Path

import pytest

from e2e.conftest import Shell, Start
from e2e.terminal import Terminal
from peerreview.shipped import find_folder as shipped

pytestmark = pytest.mark.slow

SAMPLE = "gulf-coast-peers"


@pytest.fixture
def sample(folder: Path) -> Path:
    """The sample group: eleven of twelve ballots are in, its key lies open."""
    for file in shipped("sample_data").glob(f"{SAMPLE}.*"):
        shutil.copy(file, folder)
    return folder / f"{SAMPLE}.group.json"


@pytest.fixture
def wall(sample: Path, start: Start) -> Terminal:
    terminal = start("room", sample, columns=120, rows=40)
    terminal.wait_for("Gulf Coast Peers · round 4", "On this laptop: take a turn", "either keeper")
    return terminal


def close(shell: Shell, sample: Path) -> None:
    key = (shell.folder / f"{SAMPLE}.demo-key.txt").read_text("utf-8").splitlines()[1]
    shell.run("round", "close", sample, "--hands", "11", "--key-file", "-", stdin=key)


def test_the_close_in_one_program_is_the_reveal_in_the_other(
    wall: Terminal, shell: Shell, sample: Path
) -> None:
    close(shell, sample)
    wall.wait_for("BOARD", "TWO-WAY STREETS", "11 ballots")
    wall.wait_for("TOO FEW VOICES", "talk list")
    wall.press(" ", "t")  # the first key may end the reveal
    wall.wait_for("TALK LIST", "Kestrel Dev", "talk to them")


def test_the_talk_list_of_one_program_is_followed_by_the_other(
    wall: Terminal, shell: Shell, sample: Path, start: Start
) -> None:
    close(shell, sample)
    wall.wait_for("BOARD", "TOO FEW VOICES", "talk list")
    laptop = start("open", sample)
    laptop.wait_for("BOARD", "talk list")
    laptop.press("t")
    laptop.wait_for("TALK LIST", "1 of 3")
    laptop.press("3")
    wall.wait_for("TALK LIST", "Kestrel Dev", "●talk to them")
    page = shell.run("export", sample, "--markdown", "-o", "-").stdout
    assert "We agreed: talk to them." in page


def test_the_room_changes_nothing(wall: Terminal, sample: Path) -> None:
    def files() -> dict[str, bytes]:
        files = [path for path in sample.parent.iterdir() if path.suffix != ".lock"]
        return {path.name: path.read_bytes() for path in files}

    before = files()
    wall.type("1234tcopmsx")
    wall.press("enter")
    wall.press("q")
    assert wall.exit_code() == 0
    assert files() == before
