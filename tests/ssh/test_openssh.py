"""The installed command as a host, and OpenSSH's own client in a terminal as a guest."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.conftest import SIX
from e2e.conftest import environment as environment
from e2e.conftest import folder as folder
from e2e.conftest import group as group
from e2e.conftest import key as key
from e2e.conftest import shell as shell
from e2e.conftest import start as start
from e2e.conftest import temporary as temporary
from e2e.meetup import QUICK, enter_code, press_cast
from e2e.terminal import Terminal

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("ssh"), reason="needs ptys and OpenSSH"
)
PARTNERS = len(SIX.splitlines()) - 1
Join = Callable[..., Terminal]


@pytest.fixture
def host(start: Callable[..., Terminal], group: Path, key: str) -> Terminal:
    """A host at a terminal, with a round open for four."""
    terminal = start("host", group, "--port", "0", "--listen", "127.0.0.1", columns=100, rows=30)
    terminal.wait_for("Door code", "Fingerprint", "0 of 4 codes drawn")
    return terminal


@pytest.fixture
def join(host: Terminal, folder: Path, environment: dict[str, str]) -> Iterator[Join]:
    """Return a function that joins with OpenSSH and the door code from the host's screen."""
    port = host.read(r"ssh -p (\d+) review@")
    code = host.read(r"Door code +(\d{3} \d{3})")
    terminals: list[Terminal] = []

    def join_host(
        *words: str, columns: int = 80, rows: int = 24, code: str = code, **more: str
    ) -> Terminal:
        options = ("UserKnownHostsFile=known", "StrictHostKeyChecking=no")
        given = [part for option in options for part in ("-o", option)]
        command = ("ssh", "-F", "none", *given, "-p", port, "review@127.0.0.1", *words)
        guest = Terminal(command, folder, environment | more, columns=columns, rows=rows)
        terminals.append(guest)
        guest.wait_for("Door code:")
        guest.type(code)
        return guest

    yield join_host
    for terminal in terminals:
        terminal.close()


def test_the_host_counts_a_ballot_that_a_guest_casts(host: Terminal, join: Join) -> None:
    guest = join()
    guest.wait_for("Your turn, whenever you like", "0 of 4 codes drawn")
    guest.press("enter")
    guest.wait_for("I have it")
    guest.press("y")
    guest.wait_for("BALLOT")
    guest.press(QUICK * 2)
    guest.wait_for(f"2/{PARTNERS}")
    for columns, rows in ((100, 30), (40, 20), (80, 24)):
        guest.resize(columns, rows)
        guest.wait_for(f"2/{PARTNERS}")
    guest.press(QUICK * (PARTNERS - 2))
    guest.wait_for(f"{PARTNERS}/{PARTNERS}")
    press_cast(guest)
    guest.wait_for("Receipt:")
    guest.press(" ")
    guest.wait_for("Your ballot is in", "1 of 4 handed in")
    host.wait_for("1 here", "1 of 4 handed in")
    guest.press("q")
    assert guest.exit_code() == 0
    assert host.alive


@pytest.mark.slow
def test_the_first_screen_is_shown_on_many_terminals(join: Join) -> None:
    terms = ("linux", "screen-256color", "xterm-kitty", "vt100")
    guests = {term: join(columns=40, rows=20, TERM=term) for term in terms}
    for term, guest in guests.items():
        guest.wait_for("Your turn", "0 of 4 codes drawn")
        assert (b"38;2;" in guest.seen) is (term == "xterm-kitty")
        guest.press("q")
        assert guest.exit_code() == 0


@pytest.mark.slow
def test_a_dumb_terminal_gets_plain_lines(join: Join) -> None:
    guest = join(TERM="dumb")
    guest.wait_for("t take a turn")
    guest.type("t")
    guest.wait_for("codes drawn")
    assert b"\x1b[" not in guest.seen
    guest.type("b")
    guest.press("ctrl+c")
    guest.exit_code()


@pytest.mark.slow
def test_answers_survive_a_killed_client(join: Join) -> None:
    guest = join()
    guest.wait_for("codes drawn")
    guest.press("enter")
    guest.wait_for("I have it")
    code = " ".join(guest.read(r"^ *([a-z]+(?: {3}[a-z]+){3})$").split())
    guest.press("y")
    guest.wait_for("BALLOT")
    guest.press(QUICK * 3)
    guest.wait_for(f"3/{PARTNERS}")
    guest.kill()
    again = join()
    again.wait_for("codes drawn")
    enter_code(again, code)
    again.wait_for("BALLOT", f"3/{PARTNERS}", "answers are still here")


@pytest.mark.slow
def test_the_room_screen_shows_how_to_join_while_a_host_runs(
    host: Terminal, group: Path, start: Callable[..., Terminal]
) -> None:
    way, code = host.read(r"(ssh -p \d+ review@127\.0\.0\.1)"), host.read(r"Door code +(\d+ \d+)")
    wall = start("room", group, columns=100, rows=30)
    wall.wait_for(way, f"door code {code}")
    host.press("ctrl+c")
    assert host.exit_code() == 0
    wall.wait_for("On this laptop")
    assert not list(group.parent.glob("*.join"))


@pytest.mark.slow
def test_a_wrong_door_code_gets_a_hint_where_to_find_the_right_one(join: Join) -> None:
    guest = join(code="000000")
    guest.wait_for("The door code stands on the host's screen", "Door code:")


@pytest.mark.slow
def test_a_host_that_is_interrupted_warns_its_guests_and_ends(host: Terminal, join: Join) -> None:
    guest = join()
    guest.wait_for("codes drawn")
    host.press("ctrl+c")
    guest.wait_for("The host stops in 5 seconds")
    assert guest.exit_code() == 0
    assert host.exit_code() == 0
