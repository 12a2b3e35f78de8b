"""A meetup without screens: somebody at a dumb terminal, and one with a screen reader."""

import re
import signal
from pathlib import Path

import pexpect
import pytest

from e2e.conftest import Shell
from e2e.terminal import COMMAND, PATIENCE
from peerreview.domain.round.box import Box
from peerreview.store.vault import FileVault

QUICK = ("4", "4", "n", "n")
MENU, ANSWERS = "t take a turn", "They send leads"


def at_a_terminal(
    folder: Path, environment: dict[str, str], *arguments: str
) -> "pexpect.spawn[str]":
    """Start the command where what is typed is echoed, as terminals do."""
    return pexpect.spawn(
        COMMAND[0], [*COMMAND[1:], *arguments], cwd=str(folder), encoding="utf-8",
        env=environment, timeout=PATIENCE, dimensions=(24, 80),  # pyright: ignore
    )  # fmt: skip


def box_of(group: Path) -> Box:
    return FileVault(group).box(1).read_without_slots()


def draw(child: "pexpect.spawn[str]") -> str:
    """Take a turn up to its first question; return the code."""
    child.expect(MENU)
    child.sendline("t")
    child.expect(r"([a-z]+(?:, [a-z]+){3})\. y once")
    code = child.match[1].replace(",", "")
    child.sendline("y")
    child.expect(ANSWERS)
    return code


def rate(child: "pexpect.spawn[str]", partners: int) -> str:
    """Rate and cast; return the receipt."""
    for answer in QUICK * partners:
        child.sendline(answer)
    child.expect("The word cast hands it in")
    child.sendline("cast")
    child.expect(r"Receipt: ([a-z]+ [a-z]+)\.")
    receipt = child.match[1]
    child.expect("y to draw the curtain")
    child.sendline("y")
    child.expect("Thank you")
    return receipt


@pytest.mark.slow
def test_four_people_rate_one_changes_a_ballot_and_the_board_is_read(
    shell: Shell, environment: dict[str, str], group: Path, key: str
) -> None:
    child = at_a_terminal(shell.folder, environment, "open", group.name, "--plain")
    child.expect("no round has been closed yet")
    child.expect("p a partner")
    child.sendline("t")
    slips = [(draw(child), rate(child, 6)) for _ in range(4)]
    code, receipt = slips[0]
    child.expect(MENU)
    child.sendline("m")
    child.expect("Your code: four words")
    child.sendline(code)
    child.expect(f"Its receipt: {receipt}")
    assert code not in child.before + child.after, "a code isn't shown while it is typed"
    child.expect("a rate again")
    child.sendline("a")
    child.expect(ANSWERS)
    assert rate(child, 6) != receipt
    child.expect(MENU)
    child.sendline("leave")
    shell.run("round", "close", group.name, "--hands", "4", "--key-file", "-", stdin=key)
    child.expect("p a partner")
    child.sendline("b")
    child.expect(" BOARD   Gulf Coast Peers · round 1")
    child.expect("Alder Security")
    child.sendline("leave")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.slow
@pytest.mark.parametrize("dumb", [True, False])
def test_the_curtain_hides_the_turn(
    shell: Shell, environment: dict[str, str], group: Path, key: str, dumb: bool
) -> None:
    environment = {**environment, "TERM": "dumb"} if dumb else environment
    option = () if dumb else ("--plain",)
    child = at_a_terminal(shell.folder, environment, "rate", group.name, *option)
    draw(child)
    for answer in QUICK * 6:
        child.sendline(answer)
    child.expect("The word cast hands it in")
    child.sendline("cast")
    child.expect("y to draw the curtain")
    child.sendline("y")
    child.expect("Thank you")
    hidden = child.before
    assert (hidden.count("\n") >= 60) is dumb and ("\x1b[3J" in hidden) is not dumb
    assert not dumb or "\x1b" not in hidden
    child.expect(MENU)
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0 and key


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "code"),
    [("eof", 130), ("intr", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["ctrl+d", "ctrl+c", "ended", "closed"],
)
def test_an_interrupted_turn_frees_its_code(
    shell: Shell, environment: dict[str, str], group: Path, key: str, end: str | int, code: int
) -> None:
    child = at_a_terminal(shell.folder, environment, "rate", group.name, "--plain")
    draw(child)
    child.sendline("4")
    child.expect("We send leads")
    assert box_of(group).codes_drawn == 1
    if isinstance(end, int):
        child.kill(end)
    else:
        child.sendeof() if end == "eof" else child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, box_of(group).codes_drawn, box_of(group).ballots_in) == (code, 0, 0)
    assert "Traceback" not in child.before
    messages = re.findall("peerreview: .*", child.before)
    assert len(messages) == (1 if code == 130 else 0) and key


def test_a_turn_can_be_taken_through_a_pipe(shell: Shell, group: Path, key: str) -> None:
    answers = ("t", "y", *QUICK * 6, "cast", "y", "leave")
    done = shell.run("rate", group.name, stdin="".join(f"{answer}\n" for answer in answers))
    assert "Handed in. Receipt: " in done.stdout and done.stderr == "" and key
    half = shell.run("rate", group.name, stdin="t\ny\n4\n", code=130)
    assert half.stderr == "peerreview: stopped: nothing is handed in\n"
    assert (box_of(group).codes_drawn, box_of(group).ballots_in) == (1, 1)
