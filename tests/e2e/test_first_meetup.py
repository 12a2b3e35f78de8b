"""The first meetup of a group that starts from nothing, on one laptop passed around."""

import json
import re
from pathlib import Path

import pytest

from e2e import meetup
from e2e.conftest import PARTNERS, SIX, Shell, Start
from e2e.terminal import Terminal


def _keeper(terminal: Terminal, number: int, *, slip_of_the_pen: bool = False) -> str:
    """Take a key over: read it, write it down, type two of its words back."""
    terminal.wait_for(f"keeper {number} of 2", "Everybody else, look away", "for a keeper")
    terminal.press("enter")
    key = " ".join(terminal.read(r"^ *([a-z]+(?: {2}[a-z]+){4})$").split())
    if slip_of_the_pen:
        terminal.press("enter")
        terminal.wait_for("from your slip", "two words")
        terminal.type("never mind")
        terminal.wait_for("Those were other words", *key.split())
    terminal.press("enter")
    asked = terminal.read(r"Type (word \d and word \d) from your slip")
    terminal.wait_for("two words")
    there = [word for word in key.split() if word in terminal.text.split()]
    assert len(there) < 3, "one or two may be words of the question"
    words = [key.split()[int(place) - 1] for place in re.findall(r"\d", asked)]
    terminal.type(" ".join(word[:4] for word in words))
    return key


def _count(terminal: Terminal, what: str) -> None:
    """Type four for the line at the cursor."""
    terminal.press("4")
    terminal.read(rf"({what} .* 4\b)")


def _open_round(terminal: Terminal) -> tuple[str, str]:
    """Open a round through the screens; return both keepers' keys."""
    terminal.wait_for("No round has been closed yet", "6 partners", "open a round")
    terminal.press("o")
    terminal.wait_for("OPEN A ROUND", "▸ People in the room", *PARTNERS)
    _count(terminal, "People in the room")
    choices = ("Keepers of the key", "Minutes to rate", "This round")
    for step in (*choices, "● Alder Security", "● Bayou Web Works"):
        terminal.press("down")
        terminal.read(f"(▸ ?{step})")
        if step.startswith("●"):
            _count(terminal, step)
    terminal.wait_for("4 people, 6 partners")
    terminal.press("enter")
    terminal.wait_for("Is the projector off")
    terminal.press("y")
    terminal.wait_for("Is nobody from these firms in the room?")
    terminal.press("y")
    return _keeper(terminal, 1, slip_of_the_pen=True), _keeper(terminal, 2)


def _refused(terminal: Terminal, code: str) -> None:
    """A code that nobody drew opens nothing."""
    other = "abandon ability able about" if "abandon" not in code else "zoo zone zero youth"
    meetup.enter_code(terminal, other)
    terminal.wait_for("That code doesn't open")
    terminal.wait_until_gone("Your code: four words")
    assert "MY BALLOT" not in terminal.text


def _changes_his_mind(terminal: Terminal, slip: meetup.Slip) -> meetup.Slip:
    """Rate again under the same code; the receipt words are others then."""
    meetup.enter_code(terminal, slip.code)
    terminal.wait_for("MY BALLOT", slip.receipt)
    terminal.press("a")
    terminal.wait_for("BALLOT", "0/6 · handed in before")
    terminal.press("15x" * 6)
    terminal.wait_for("6/6")
    again = meetup.cast(terminal)
    meetup.pass_on(terminal)
    meetup.enter_code(terminal, slip.code)
    terminal.wait_for("MY BALLOT", again)
    terminal.press("esc")
    terminal.wait_for("pass the laptop on")
    terminal.press("enter")
    terminal.wait_for(meetup.TURNS)
    return meetup.Slip(slip.code, again)


@pytest.mark.seconds(12)  # the one whole round of the everyday run, in programs of its own
def test_a_first_meetup_goes_from_an_empty_folder_to_a_summary(shell: Shell, start: Start) -> None:
    made = shell.run("new", "Gulf Coast Peers")
    group = shell.folder / made.stdout.strip()
    (shell.folder / "partners.csv").write_text(SIX, "utf-8")
    assert "6 new" in shell.run("import", group, "partners.csv").stdout

    terminal = start()
    _, key = _open_round(terminal)
    slips = [meetup.take_turn(terminal, 6, keys * 6) for keys in ("44x", "53x", "45x", "44x")]
    assert len({slip.code for slip in slips}) == 4
    assert _changes_his_mind(terminal, slips[3]).receipt != slips[3].receipt
    _refused(terminal, slips[0].code)
    terminal.wait_for("4 of 4 handed in")

    meetup.leave_turns(terminal)
    meetup.close_box(terminal, 4, key)
    terminal.wait_for("round 1", "4 ballots · 6 partners", *PARTNERS)
    meetup.quit_from_board(terminal)
    _takes_home(shell, group)


def _takes_home(shell: Shell, group: Path) -> None:
    assert [path.name for path in shell.folder.glob("*.box.json")] == []
    shown = shell.run("show", group).stdout
    assert all(name in shown for name in PARTNERS)

    written = [Path(line) for line in shell.run("export", group).stdout.split()]
    assert [path.suffix for path in written] == [".json", ".md"]
    shell.run("export", group, code=3)
    shell.run("verify", written[0])
    summary = json.loads(written[0].read_text("utf-8"))
    assert "Gulf Coast Peers" not in written[0].read_text("utf-8")
    assert sorted(partner["name"] for partner in summary["partners"]) == sorted(PARTNERS)

    bent = written[0].with_name("bent.summary.json")
    first = summary["partners"][0]
    first["advice"] = "Find someone else." + first["advice"]
    bent.write_text(json.dumps(summary), "utf-8")
    assert shell.run("verify", bent, code=1).stdout
