"""Terminals as people have them: without colors, as small as a phone, pulled to another size."""

import os
import re
import signal
from pathlib import Path

import pytest

from e2e import meetup
from e2e.conftest import Start

pytestmark = pytest.mark.slow

_TRUE_COLOR = re.compile(rb"[34]8;2;(\d+);(\d+);(\d+)[;m]")  # whole: reading may end in one
_PALETTE = re.compile(rb"\x1b\[(?:[0-9];)?(?:3[1-6]|4[1-6]|9[1-6]|10[1-6]|[34]8;5;\d+)[;m]")


def _colors(seen: bytes) -> list[tuple[bytes, ...]]:
    """Return the colors that aren't a gray."""
    return [color for color in _TRUE_COLOR.findall(seen) if len(set(color)) > 1]


def test_colors_can_be_switched_off_by_the_environment(start: Start) -> None:
    colored = start("demo", COLORTERM="truecolor")
    colored.wait_for("DEMO", "TWO-WAY STREETS")
    meetup.quit_from_board(colored)
    assert _colors(colored.seen)

    gray = start("demo", COLORTERM="truecolor", NO_COLOR="1")
    gray.wait_for("DEMO", "TWO-WAY STREETS", "▸")
    gray.press("t")
    meetup.draw(gray)
    gray.press("51x")
    gray.wait_for("1/14")
    assert _colors(gray.seen) == []
    assert not _PALETTE.search(gray.seen)


@pytest.mark.parametrize(
    ("answer", "ground"),
    [(b"\x1b]11;rgb:ffff/ffff/ffff\x07", "fbfaf7"), (b"\x1b]11;rgb:0000/0000/0000\x07", "12161c")],
)
def test_the_first_start_follows_the_ground_of_the_terminal(
    start: Start, answer: bytes, ground: str
) -> None:
    terminal = start("demo", COLORTERM="truecolor")
    terminal.paper = answer
    terminal.wait_for("TWO-WAY STREETS", "Ironwood SOC")
    assert terminal.ground("Ironwood SOC") == ground
    terminal.press("?")  # the first key is the first key: nothing of the answer was left
    terminal.wait_for("HELP")


def test_a_console_without_our_signs_is_drawn_in_ascii(start: Start) -> None:
    terminal = start("demo", TERM="linux")
    terminal.wait_for("TWO-WAY STREETS", "=+=")
    assert terminal.text.isascii()


def test_a_setting_is_kept_from_start_to_start(start: Start) -> None:
    for _ in range(2):
        terminal = start("demo", COLORTERM="truecolor")
        terminal.wait_for("TWO-WAY STREETS")
        terminal.press(",")
        terminal.wait_for("SETTINGS", "high-contrast")
        kept = "● room" in terminal.text
        if not kept:
            terminal.press("down", "down", "down", "down")
            terminal.wait_for("▸ ○ room")
            terminal.press("enter")
            terminal.wait_for("▸ ● room")
        assert terminal.ground("SIGNS") == "ffffff"
        terminal.press("esc")
        terminal.wait_for("BOARD")
        meetup.quit_from_board(terminal)
    assert kept


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (60, 20), (120, 40)])
def test_a_turn_can_be_taken_on_a_screen_of_another_size(
    start: Start, columns: int, rows: int
) -> None:
    terminal = start("demo", columns=columns, rows=rows)
    terminal.wait_for("BOARD", "Alder")
    terminal.press("enter")
    terminal.wait_for("PARTNER")
    terminal.press("esc")
    terminal.wait_for("BOARD", "Alder")
    terminal.press("t")
    terminal.wait_for("YOUR TURN")
    terminal.press("enter")
    terminal.wait_for("YOUR CODE")
    terminal.press(meetup.HAVE_IT)
    terminal.wait_for("BALLOT", "Alder")
    terminal.press("54x", "enter")
    terminal.wait_for("RATE", "Bayou")
    terminal.press("4" * 14)
    terminal.press("esc")
    terminal.wait_for("BALLOT")
    terminal.press("c")
    terminal.wait_for("CHECK", "Cast my ballot")
    terminal.press("esc")
    terminal.wait_for("BALLOT")
    terminal.press("?")
    terminal.wait_for("HELP")
    assert terminal.alive


def test_resizing_the_window_loses_no_answer(group: Path, key: str, start: Start) -> None:
    terminal = start("rate", group)
    meetup.draw(terminal)
    for rated, (columns, rows) in enumerate([(60, 20), (120, 40), (40, 12), (80, 24)], start=1):
        terminal.press("54x")
        terminal.wait_for(f"{rated}/6")
        terminal.resize(columns, rows)
        terminal.press("?")
        terminal.wait_for("HELP")
        terminal.press("esc")
        terminal.wait_for("BALLOT", f"{rated}/6")
        terminal.wait_until_gone("begun")  # which stands far down on the help page
    shown = terminal.wait_for("BALLOT", "4/6", "Fennel Backup")
    answered = [line for line in shown.split("\n") if line[1:2] == "●"]
    assert len(answered) == 4
    assert all(re.search(r" 5 ■+┃■+·+ 4 +none", line) for line in answered)
    terminal.press("54x54x")
    terminal.wait_for("6/6")
    meetup.cast(terminal)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads as Linux does")
def test_a_window_that_is_closed_leaves_nobody_reading_keys(start: Start) -> None:
    """It sends SIGHUP and SIGCONT; the second one starts nothing that nobody would end."""
    terminal = start("demo")
    terminal.wait_for("TWO-WAY STREETS")
    tasks = Path(f"/proc/{terminal.process_id}/task")
    before = len(list(tasks.iterdir()))
    os.kill(terminal.process_id, signal.SIGCONT)
    terminal.press("?")
    terminal.wait_for("HELP")
    assert len(list(tasks.iterdir())) == before
    os.kill(terminal.process_id, signal.SIGHUP)
    os.kill(terminal.process_id, signal.SIGCONT)
    assert terminal.exit_code() == 128 + signal.SIGHUP
