"""A power cut at the worst moments: the group stays readable, and a code stays good."""

import json
from pathlib import Path

import pytest

from e2e import meetup
from e2e.conftest import Shell, Start
from e2e.terminal import Terminal

pytestmark = pytest.mark.slow


def _status(shell: Shell, group: Path) -> tuple[int, int]:
    status = json.loads(shell.run("round", "status", group, "--json").stdout)
    return status["drawn"], status["handed_in"]


def _rate_again(terminal: Terminal, code: str) -> None:
    """Come back with the code from before the power cut, and hand a whole ballot in."""
    terminal.wait_for(meetup.TURNS)
    meetup.enter_code(terminal, code)
    terminal.wait_for("MY BALLOT", "rate again")
    terminal.press("a")
    terminal.wait_for("BALLOT", "0/6")
    terminal.press("44x" * 6)
    terminal.wait_for("6/6")
    receipt = meetup.cast(terminal)
    meetup.pass_on(terminal)
    meetup.enter_code(terminal, code)
    terminal.wait_for("MY BALLOT", receipt)


def test_a_code_outlives_a_power_cut_while_rating(
    shell: Shell, group: Path, key: str, start: Start
) -> None:
    first = start("rate", group)
    code = meetup.draw(first)
    first.press("44x44x")
    first.wait_for("2/6")
    first.kill()
    assert _status(shell, group) == (1, 0)

    second = start("rate", group)
    second.wait_for("1 of 4 codes drawn")
    meetup.enter_code(second, code)
    second.wait_for("MY BALLOT", "Nothing is handed in under this code")
    second.press("esc")
    second.wait_for("pass the laptop on")
    second.press("enter")
    _rate_again(second, code)
    assert _status(shell, group) == (1, 1)


@pytest.mark.parametrize("stage", ["the button is pressed", "Handing in"])
def test_a_code_outlives_a_power_cut_while_casting(
    shell: Shell, group: Path, key: str, start: Start, stage: str
) -> None:
    first = start("rate", group)
    code = meetup.draw(first)
    first.press("44x" * 6)
    first.wait_for("6/6")
    meetup.press_cast(first)
    if stage == "Handing in":
        first.wait_until(
            lambda: "Handing in" in first.text or "Receipt" in first.text, "the ballot on its way"
        )
    first.kill()
    drawn, handed_in = _status(shell, group)
    assert drawn == 1
    assert handed_in in (0, 1)

    second = start("rate", group)
    _rate_again(second, code)
    assert _status(shell, group) == (1, 1)
