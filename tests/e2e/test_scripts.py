"""A round that scripts open and close; only rating needs people."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from e2e import meetup
from e2e.conftest import PARTNERS, Shell, Start
from e2e.terminal import COMMAND, PATIENCE

pytestmark = pytest.mark.slow


def test_a_whole_round_can_be_run_by_commands(
    shell: Shell, group: Path, key: str, start: Start
) -> None:
    assert stat.S_IMODE((shell.folder / "keys.txt").stat().st_mode) == 0o600
    assert len(key.split()) == 5
    assert "t take a turn" in shell.run("rate", group).stdout  # and nobody answers
    assert _status(shell, group) == {"open": True, "drawn": 0, "handed_in": 0, "missing": 4}

    knows_alder_only = "44x" + "0" * 5
    for keys in ("44x" * 6, "53x" * 6, "45x" * 6, knows_alder_only):
        terminal = start("rate", group)
        meetup.take_turn(terminal, 6, keys)
        meetup.leave_turns(terminal)
        meetup.quit_from_board(terminal)
    assert _status(shell, group) == {"open": True, "drawn": 4, "handed_in": 4, "missing": 0}

    shell.run("round", "close", group, "--key-file", "-", "--hands", "3", stdin=key, code=1)
    wrong = "abandon ability able about above"
    shell.run("round", "close", group, "--key-file", "-", "--hands", "4", stdin=wrong, code=1)
    shell.run("round", "close", group, "--key-file", "-", "--hands", "4", stdin=key)
    assert shell.run("round", "status", group, code=1).stdout

    shell.run("export", group, "--json")
    summary = next(shell.folder.glob("*.summary.json"))
    answer = json.loads(shell.run("verify", summary, "--json").stdout)
    assert answer["holds"] is True
    assert answer["partners"] == 6
    streets = {
        partner["name"]: partner["street"]
        for partner in json.loads(summary.read_text("utf-8"))["partners"]
    }
    assert set(streets) == set(PARTNERS)
    assert [name for name in PARTNERS if streets[name] != "too_few"] == ["Alder Security"]
    assert "nothing is shown: Bayou Web Works" in shell.run("show", summary).stdout


def _status(shell: Shell, group: Path) -> dict[str, object]:
    status = json.loads(shell.run("round", "status", group, "--json").stdout)
    assert len(status["check_words"]) == 3
    return {name: status[name] for name in ("open", "drawn", "handed_in", "missing")}


def test_a_reader_may_leave_after_one_line(shell: Shell, group: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "gulf-coast-peers.group.json"
    read, write = os.pipe()
    show = subprocess.Popen(
        [*COMMAND, "show", str(sample)],
        cwd=shell.folder,
        env=shell.environment,
        stdout=write,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    os.close(write)
    head = subprocess.run(["head", "-1"], stdin=read, capture_output=True, check=True)
    os.close(read)
    _, errors = show.communicate(timeout=PATIENCE)
    assert b"BOARD" in head.stdout
    assert errors == b""
    assert show.returncode in (0, 141)
