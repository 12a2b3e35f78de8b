"""Between two raters: nothing of the last turn is left, and no single key ends anything."""

from itertools import pairwise
from pathlib import Path

import pytest

from e2e import meetup
from e2e.conftest import PARTNERS, Start
from e2e.terminal import Terminal

pytestmark = pytest.mark.slow


@pytest.fixture
def turns(group: Path, key: str, start: Start) -> Terminal:
    """The turn screen of an open round."""
    terminal = start("rate", group)
    terminal.wait_for(meetup.TURNS)
    return terminal


def single_line(text: str) -> str:
    return " ".join(text.split())


def shown_pairs(words: str, text: str) -> list[str]:
    """Return the neighboring words of a code or a receipt that stand somewhere side by side.

    One word alone may well be part of an innocent sentence.
    """
    pairs = [f"{one} {other}" for one, other in pairwise(words.split())]
    return [pair for pair in pairs if pair in single_line(text)]


def test_after_the_curtain_nothing_of_the_turn_is_left(turns: Terminal) -> None:
    code = meetup.draw(turns)
    turns.press("53x44x")
    turns.wait_for("2/6", "■■")
    receipt = meetup.cast(turns)
    assert shown_pairs(receipt, turns.text)
    turns.press(meetup.SEEN)
    turns.wait_for("pass the laptop on")
    screens = [turns.wait_until_gone("Receipt", "■", *PARTNERS)]
    so_far = len(turns.seen)

    turns.press("enter")
    screens.append(turns.wait_for(meetup.TURNS, "1 of 4 handed in"))
    turns.press("m")
    screens.append(turns.wait_for("Your code: four words"))
    turns.press("esc")
    turns.wait_until_gone("Your code: four words")
    for screen in screens:
        assert not shown_pairs(code, screen)
        assert not shown_pairs(receipt, screen)
        assert not [name for name in PARTNERS if name in screen]
        assert "■" not in screen

    turns.press("enter")
    turns.wait_for("I have it")
    turns.press(meetup.HAVE_IT)
    assert "■" not in turns.wait_for("BALLOT", "0/6 · nothing handed in")
    later = turns.seen[so_far:].decode("utf-8", "replace")
    assert not shown_pairs(receipt, later)
    assert not shown_pairs(code, later)


def _look_into_the_palette(turns: Terminal) -> None:
    """Wait for the commands to choose from, which offer no way out, and close them again."""
    offered = turns.wait_for("Type part of a name")
    assert not [word for word in ("Quit", "Close the round", "Discard") if word in offered]
    turns.press("esc")
    turns.wait_until_gone("Type part of a name")


def test_no_single_key_ends_the_turns(turns: Terminal) -> None:
    for key in ("q", "c", "ctrl+c", "ctrl+p", "ctrl+q", "ctrl+z"):
        turns.press(key)
        if key == "ctrl+p":
            _look_into_the_palette(turns)
        turns.press("m")  # shows that we are still on the turn screen, and the key was dealt with
        turns.wait_for("Your code: four words")
        turns.press("esc")
        turns.wait_until_gone("Your code: four words")
        assert "YOUR TURN" in turns.text
    turns.press("esc")
    turns.wait_for("to leave the turns")
    turns.type("please")
    turns.wait_until_gone("to leave the turns")
    assert "YOUR TURN" in turns.text
    meetup.leave_turns(turns)
    meetup.quit_from_board(turns)


def test_no_single_key_loses_a_turn(turns: Terminal) -> None:
    meetup.draw(turns)
    turns.press("44x")
    turns.wait_for("1/6")
    for key in ("q", "ctrl+c", "ctrl+p", "ctrl+q"):
        turns.press(key)
        if key == "ctrl+p":
            _look_into_the_palette(turns)
        turns.press("esc")
        turns.wait_for("Your answers are thrown away")
        turns.press("n")
        turns.wait_until_gone("Your answers are thrown away")
        assert "1/6" in turns.text
    turns.press("44x" * 5)
    turns.wait_for("6/6")
