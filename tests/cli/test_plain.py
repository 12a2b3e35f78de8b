"""Plain mode: lines on the standard streams, asked for or because nothing else is possible."""

from collections.abc import Callable
from pathlib import Path

import pytest
from stories import opened

from peerreview.cli.files import open_services

from .conftest import FILE, Run

Started = list[tuple[object, ...]]
QUICK = "4 4 n n "
TURNS = "t take a turn, m my ballot"


def lines(*answers: str) -> str:
    """What somebody types: every word on a line of its own."""
    return "".join(f"{word}\n" for answer in answers for word in answer.split())


@pytest.fixture
def open_round(group: Path, turned: None) -> Path:
    """The group with a round open, on a day when its partners can be rated again."""
    opened(open_services(group))
    return group


@pytest.fixture
def turned(run: Run, calendar: object) -> None:
    calendar.turn(90)  # pyright: ignore


def handed_in(group: Path) -> tuple[int, int]:
    progress = open_services(group).rounds.progress()
    assert progress
    return progress.drawn, progress.handed_in


def test_a_ballot_goes_through_a_pipe(run: Run, open_round: Path) -> None:
    result = run("rate", open_round, stdin=lines("t y", QUICK * 5, "cast y leave"))
    assert result.exit_code == 0 and result.stderr == ""
    assert "5 rated" in result.stdout and "Handed in. Receipt: " in result.stdout
    assert "\n" * 60 + "Thank you." in result.stdout, "the curtain is sixty empty lines"
    assert handed_in(open_round) == (1, 1)


@pytest.mark.parametrize("answers", ["t", "t y", "t y 4", "t y 4 4 n n c", "t y c cas"])
@pytest.mark.parametrize("end", ["", "\n", "x"])
def test_the_end_of_the_input_during_a_ballot_hands_nothing_in(
    run: Run, open_round: Path, answers: str, end: str
) -> None:
    result = run("rate", open_round, stdin=lines(answers) + end)
    assert result.exit_code == 130
    assert result.stderr == "peerreview: stopped: nothing is handed in\n"
    assert result.stdout.endswith("\n" * 60), "the answers are out of sight"
    assert handed_in(open_round) == (0, 0)


def test_the_end_of_the_input_between_two_turns_ends_the_program(
    run: Run, open_round: Path
) -> None:
    for command in ("rate", "open"):
        result = run(command, open_round)
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "nasty",
    [b"\x00", b"\x1b[2J\x1b]0;x\x07", b"\xff\xfe", b"x" * 200_000, b"\r", "‮yes".encode()],
    ids=["nul", "escape", "no text", "long", "return", "bidi"],
)
def test_invalid_lines_are_asked_again(run: Run, open_round: Path, nasty: bytes) -> None:
    result = run(
        "rate", open_round, stdin=nasty + b"\nt\n" + nasty + b"\ny\n" + nasty + b"\nleave\n"
    )
    assert result.exit_code == 0
    assert result.stdout.count("Please answer with one of: ") == 3
    assert len(result.stdout) < 10_000


def test_an_open_group_shows_board_and_partner(run: Run, group: Path) -> None:
    result = run("open", group, stdin="p\nalder\np\nNobody\x1b\nb\nleave\n")
    assert result.exit_code == 0
    assert result.stdout.startswith(" BOARD   Gulf Coast Peers")
    assert " PARTNER   Alder Security" in result.stdout
    assert "Nobody\\x1b: no partner here goes by that name" in result.stdout
    assert result.stdout.count(" BOARD ") == 2 and "is open" not in result.stdout


def test_a_group_opened_for_reading_offers_no_turn(run: Run, open_round: Path) -> None:
    result = run("open", open_round, "--readonly", stdin="t\nleave\n")
    assert result.stdout.startswith("Round 2 is open: 0 of 4 handed in, 4 more needed.\n BOARD")
    assert "Please answer with one of: b p leave" in result.stdout and TURNS not in result.stdout


def test_a_group_without_a_board_can_be_opened(run: Run) -> None:
    run("new", "Gulf Coast Peers")
    result = run("open", FILE, stdin="t\nleave\n")
    assert result.exit_code == 0 and "no round has been closed yet" in result.stdout
    assert "No round is open." in result.stdout


ASKED: list[Callable[[pytest.MonkeyPatch], tuple[str, ...]]] = [
    lambda _: ("--plain",),
    lambda patch: patch.setenv("TERM", "dumb") or (),
]


@pytest.mark.parametrize("ask", ASKED, ids=["plain", "dumb"])
@pytest.mark.parametrize("command", [("rate", FILE), ("open", FILE), ("demo",), ()], ids=str)
def test_at_a_terminal_lines_come_when_asked_for_or_when_it_cant_draw(
    run: Run, open_round: Path, terminal: Started, monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...], ask: Callable[[pytest.MonkeyPatch], tuple[str, ...]],
) -> None:  # fmt: skip
    result = run(*command, *ask(monkeypatch), stdin="leave\n")
    assert result.exit_code == 0 and terminal == []
    assert (TURNS if command[:1] == ("rate",) else "b the board, p a partner") in result.stdout


def test_without_a_kind_of_terminal_screens_are_tried(
    run: Run, open_round: Path, terminal: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TERM")  # as on Windows
    assert run("rate", open_round).exit_code == 0 and len(terminal) == 1


def test_the_option_may_stand_before_the_command(
    run: Run, open_round: Path, terminal: Started
) -> None:
    assert TURNS in run("--plain", "rate", open_round).stdout and terminal == []


def test_plain_without_a_group_says_that_there_is_none(run: Run, terminal: Started) -> None:
    result = run("--plain")
    assert "No group in this folder." in result.stdout and terminal == []
