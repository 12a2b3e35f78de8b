"""The demo: somebody who has just installed the program plays the twelfth owner."""

import hashlib
from pathlib import Path

import pytest

from e2e import meetup
from e2e.terminal import COMMAND, Terminal
from peerreview.shipped import find_folder as shipped

pytestmark = pytest.mark.slow

_AROUND = """
before=$(stty -g)
"$@"
echo "it ended with $?"
[ "$before" = "$(stty -g)" ] && echo "the terminal is as it was"
"""


def _sample() -> dict[str, str]:
    """What ships, file by file."""
    files = sorted(path for path in shipped("sample_data").rglob("*") if path.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_twelfth_owner_rates_closes_and_looks(
    folder: Path, temporary: Path, environment: dict[str, str]
) -> None:
    sample = _sample()
    terminal = Terminal(("/bin/sh", "-c", _AROUND, "sh", *COMMAND, "demo"), folder, environment)
    try:
        _play(terminal, temporary)
        terminal.press("q")
        terminal.wait_for("it ended with 0", "the terminal is as it was")
    finally:
        terminal.close()
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h")):
        assert terminal.seen.rfind(off) > terminal.seen.rfind(on) >= 0
    assert list(temporary.iterdir()) == []
    assert list(folder.iterdir()) == []
    assert _sample() == sample


def _play(terminal: Terminal, temporary: Path) -> None:
    terminal.wait_for("DEMO", "round 3", "Alder Security", "12 ballots")
    key = terminal.read(r"key: ([a-z]+(?: [a-z]+){4})")
    assert [path.name.startswith("peerreview-demo-") for path in temporary.iterdir()] == [True]

    terminal.press("t")
    terminal.wait_for("11 of 12 handed in")
    code = meetup.draw(terminal)
    assert len(set(code.split())) >= 3
    terminal.press(meetup.QUICK * 3)
    terminal.wait_for("3/14")
    terminal.press("enter")
    terminal.wait_for("RATE", "4/14", "Cobalt Voice")
    terminal.press("4" * 30)  # more than there are questions; the last ones take yes and no only
    terminal.press("x")
    terminal.wait_for("5/14  Delta Printers")
    terminal.press("esc")
    terminal.wait_for("BALLOT", "4/14 · nothing handed in")
    terminal.press("000")
    terminal.wait_for("7/14")

    terminal.press("c")
    assert "4 rated    3 left out    7 open" in terminal.wait_for("CHECK AND CAST", "Cast my")
    terminal.press("esc")
    terminal.wait_for("BALLOT")
    assert len(meetup.cast(terminal).split()) == 2
    terminal.wait_for("Would they say the same of you?")
    meetup.pass_on(terminal)
    terminal.wait_for("12 of 12 handed in")

    meetup.leave_turns(terminal)
    meetup.close_box(terminal, 12, key)
    terminal.wait_for("round 4", "12 ballots · 14 partners", "Alder Security")
    terminal.press("enter")
    terminal.wait_for("PARTNER", "Alder Security", "round 4")
    meetup.scroll_down_to(terminal, "What to do")
    terminal.press("esc")
    terminal.wait_for("BOARD")
    terminal.press("n")
    terminal.wait_for("A fresh copy", "round 3", "11 hands are up", key)
