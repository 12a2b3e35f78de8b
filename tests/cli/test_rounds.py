"""`round`: open, status, close, discard, for scripts; the key is never an argument."""

import json
from pathlib import Path

import pytest
from stories import KIND, Calendar, closed, rated, spelled_out

from peerreview.cli.files import open_services
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule
from peerreview.errors import RuleError
from peerreview.services.rounds import PreparedRound, Rounds

from .conftest import FILE, Run


@pytest.fixture
def fresh(run: Run) -> Path:
    """A group of three partners that was never rated."""
    run("new", "Gulf Coast Peers")
    run("import", FILE, "-", stdin="Alder Security\nBayou Web Works\nCobalt Voice\n")
    return Path(FILE)


def read_labelled_words(stdout: str) -> dict[str, list[str]]:
    """What `round open` printed, by its label."""
    lines = [line.split() for line in stdout.splitlines()]
    return {" ".join(line[:2]): line[2:] for line in lines}


def test_a_round_goes_from_its_opening_to_the_board(run: Run, fresh: Path) -> None:
    opened = run("round", "open", fresh, "--heads", 4)
    assert opened.exit_code == 0 and "the keys are shown once" in opened.stderr
    assert "round 1 is open: 4 people, 3 partners" in opened.stderr
    words_by_label = read_labelled_words(opened.stdout)
    assert list(words_by_label) == ["check words", "key 1", "key 2"]
    assert [len(key_words) for key_words in words_by_label.values()] == [3, 5, 5]

    rated(open_services(fresh), KIND, KIND, KIND)
    status = run("round", "status", fresh)
    assert status.exit_code == 0 and "handed in     3, 1 more needed" in status.stdout
    assert f"check words   {' '.join(words_by_label['check words'])}" in status.stdout
    rated(open_services(fresh), KIND)
    assert json.loads(run("round", "status", fresh, "--json").stdout) == {
        "group": "Gulf Coast Peers", "open": True, "round": 1, "partners": 3, "heads": 4,
        "drawn": 4, "handed_in": 4, "missing": 0, "check_words": words_by_label["check words"],
        "rehearsal": False, "minutes_left": None,
    }  # fmt: skip

    key = " ".join(words_by_label["key 2"]).upper()
    closed = run("round", "close", fresh, "--hands", 4, "--key-file", "-", stdin=key)
    assert closed.exit_code == 0
    assert closed.stdout == "Gulf Coast Peers: round 1 is closed, 4 ballots\n"
    assert "tear up your slips" in closed.stderr
    assert "TWO-WAY STREETS" in run("show", fresh).stdout


def test_opening_a_round_warns_of_a_folder_that_keeps_copies(run: Run, fresh: Path) -> None:
    fresh.with_name(".git").mkdir()
    opened = run("round", "open", fresh, "--heads", 4)
    assert opened.exit_code == 0
    assert "careful: this folder is in a git work tree: its history keeps" in opened.stderr


def test_keys_can_go_to_a_new_file_of_their_own(run: Run, fresh: Path) -> None:
    result = run("round", "open", fresh, "--heads", 4, "--keepers", "one", "--key-out", "k.txt")
    kept = read_labelled_words(Path("k.txt").read_text("utf-8"))
    assert list(kept) == ["check words", "key 1"] and Path("k.txt").stat().st_mode & 0o777 == 0o600
    assert not spelled_out(kept["key 1"], result.output)
    assert read_labelled_words(result.stdout) == {"check words": kept["check words"]}
    rated(open_services(fresh), *[KIND] * 4)
    key = Path("k.txt").read_text("utf-8").splitlines()[1].removeprefix("key 1")
    Path("key").write_text(key, encoding="utf-8")
    assert run("round", "close", fresh, "--hands", 4, "--key-file", "key").exit_code == 0


def test_a_round_stays_unopened_if_its_keys_reach_nobody(run: Run, fresh: Path) -> None:
    Path("k.txt").write_text("mine", encoding="utf-8")
    result = run("round", "open", fresh, "--heads", 4, "--key-out", "k.txt")
    assert result.exit_code == 3 and "k.txt" in result.stderr
    assert Path("k.txt").read_text(encoding="utf-8") == "mine"
    assert run("round", "status", fresh).exit_code == 1


def test_a_round_that_can_t_open_leaves_no_keys(run: Run, fresh: Path) -> None:
    result = run("round", "open", fresh, "--heads", 4, "--hands", "Alder=9", "--key-out", "k.txt")
    assert result.exit_code == 1 and "recount" in result.stderr and not Path("k.txt").exists()
    run("round", "open", fresh, "--heads", 4)
    result = run("round", "open", fresh, "--heads", 4, "--key-out", "k.txt")
    assert result.exit_code == 1 and "round 1 is open" in result.stderr
    assert not Path("k.txt").exists()


def test_keys_of_a_round_that_somebody_else_opened_first_are_taken_back(
    run: Run, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(rounds: Rounds, prepared: PreparedRound) -> None:
        raise RuleError("somebody else opened a round just now")

    monkeypatch.setattr(Rounds, "open", too_late)
    result = run("round", "open", fresh, "--heads", 4, "--key-out", "k.txt")
    assert result.exit_code == 1 and not Path("k.txt").exists()


def test_partners_and_hands_are_named_as_people_write_them(run: Run, fresh: Path) -> None:
    result = run(
        "round", "open", fresh, "--heads", 12, "--partner", "alder security inc",
        "--partner", "coba", "--partner", "Alder",
        "--hands", "ALDER=7", "--hands", "Cobalt Voice=3",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "round 1 is open: 12 people, 2 partners\n" in result.stderr
    assert "About 1 partner gets enough voices for a result." in result.stderr
    round_ = open_services(fresh).rounds.group().open_round
    assert round_ and len(round_.partners) == 2


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--partner", "Nobody"), "no partner here goes by that name"),
        (("--hands", "Alder"), "NAME=NUMBER"),
        (("--hands", "=3"), "NAME=NUMBER"),
        (("--hands", "Alder=x"), "NAME=NUMBER"),
        (("--hands", "Alder=-1"), "NAME=NUMBER"),
        (("--hands", "Al\x1b=1"), "no partner here"),
        (("--all", "--partner", "Alder"), "don't go together"),
        (("--keepers", "three"), "--keepers"),
        (("--heads", "many"), "--heads"),
        (("--heads", "3"), "--heads"),
        (("--voices", "3"), "--voices"),
        (("--minutes", "0"), "--minutes"),
    ],
)
def test_options_that_make_no_sense_are_wrong_use(
    run: Run, fresh: Path, options: tuple[str, ...], what: str
) -> None:
    result = run("round", "open", fresh, "--heads", 4, *options)
    assert result.exit_code == 2 and what in result.stderr
    assert run("round", "status", fresh).exit_code == 1


def test_opening_a_round_requires_the_number_of_people(run: Run, fresh: Path) -> None:
    result = run("round", "open", fresh)
    assert result.exit_code == 2 and "--heads" in result.stderr
    result = run("round", "open", fresh, "--like-last")
    assert result.exit_code == 1 and "there is no round yet" in result.stderr


def test_any_two_of_three_keepers_close_a_round(run: Run, fresh: Path) -> None:
    words_by_label = read_labelled_words(
        run("round", "open", fresh, "--heads", 4, "--keepers", "two-of-three").stdout
    )
    assert list(words_by_label) == ["check words", "key 1", "key 2", "key 3"]
    rated(open_services(fresh), *[KIND] * 4)
    one, three = (" ".join(words_by_label[label]) for label in ("key 1", "key 3"))
    close = ("round", "close", fresh, "--hands", 4, "--key-file", "-")
    for key, what in (
        (one, "takes the keys of two keepers"),
        (f"{one}\n{one}", "the same key twice"),
        (f"{one}\napple river stone cloud rian", "key 2: word 5"),
        (f"{one}\napple river stone cloud rain", "one of them is wrong"),
    ):
        result = run(*close, stdin=key)
        assert result.exit_code == 1 and what in result.stderr
    assert run(*close, stdin=f"{three}\n{one}\n").exit_code == 0


def test_a_round_can_repeat_the_plan_of_a_rehearsal_with_minutes(run: Run, fresh: Path) -> None:
    words_by_label = read_labelled_words(
        run("round", "open", fresh, "--heads", 4, "--keepers", "one", "--partner", "Alder",
            "--minutes", 30, "--rehearsal").stdout
    )  # fmt: skip
    rated(open_services(fresh), *[KIND] * 4)
    status = run("round", "status", fresh).stdout
    assert status.startswith("Gulf Coast Peers: rehearsal is open\n")
    assert "  minutes left  30\n" in status
    key = " ".join(words_by_label["key 1"])
    closed = run("round", "close", fresh, "--hands", 4, "--key-file", "-", stdin=key)
    assert closed.exit_code == 0 and "gives no result" in closed.output
    opened = run("round", "open", fresh, "--like-last", "--heads", 5)
    assert opened.exit_code == 0 and list(read_labelled_words(opened.stdout)) == [
        "check words",
        "key 1",
    ]
    assert "round 1 is open: 5 people, 1 partners" in opened.stderr
    round_ = open_services(fresh).rounds.group().open_round
    assert round_ and not round_.rehearsal and round_.until is None


def test_partners_shown_lately_are_left_out_and_named(
    run: Run, group: Path, calendar: Calendar
) -> None:
    result = run("round", "open", group, "--heads", 4)
    assert result.exit_code == 0 and "left out: Alder Security was shown lately" in result.stderr
    round_ = open_services(group).rounds.group().open_round
    assert round_ and len(round_.partners) == 1
    run("round", "discard", group, "--name", "Gulf Coast Peers")
    named = run("round", "open", group, "--heads", 4, "--partner", "Alder")
    assert named.exit_code == 1 and "can be rated again from" in named.stderr


def test_no_round_opens_without_a_ready_partner(run: Run) -> None:
    run("new", "Gulf Coast Peers")
    result = run("round", "open", FILE, "--heads", 4)
    assert result.exit_code == 1 and "no partner is ready" in result.stderr


def test_round_commands_fail_without_an_open_round(run: Run, group: Path) -> None:
    status = run("round", "status", group)
    assert (status.exit_code, status.stdout) == (1, "Gulf Coast Peers: no round is open\n")
    as_json = run("round", "status", group, "--json")
    assert as_json.exit_code == 1 and json.loads(as_json.stdout)["open"] is False
    key = "apple river stone cloud rain"
    close = run("round", "close", group, "--hands", 4, "--key-file", "-", stdin=key)
    assert close.exit_code == 1 and "no round is open" in close.stderr
    assert run("round", "discard", group, "--name", "Gulf Coast Peers").exit_code == 1


@pytest.mark.parametrize(
    ("hands", "key", "what"),
    [
        (5, "apple river stone cloud rain", "5 hands are up, 4 ballots are in"),
        (4, "apple river stone cloud rain", "read the slip again"),
        (4, "apple river stone", "3 words typed, 5 needed"),
        (4, "", "0 words typed"),
    ],
)
def test_a_close_that_does_not_add_up_fails_and_changes_nothing(
    run: Run, fresh: Path, hands: int, key: str, what: str
) -> None:
    run("round", "open", fresh, "--heads", 5)
    rated(open_services(fresh), *[KIND] * 4)
    before = fresh.read_bytes()
    result = run("round", "close", fresh, "--hands", hands, "--key-file", "-", stdin=key)
    assert result.exit_code == 1 and what in result.stderr
    assert fresh.read_bytes() == before and run("round", "status", fresh).exit_code == 0


def test_a_file_that_is_not_a_key_file_is_bad_input(run: Run, fresh: Path) -> None:
    run("round", "open", fresh, "--heads", 4)
    Path("key").write_bytes(b"\xff\x00\x81")
    for path, what in (("key", "no text"), ("nokey", "isn't there"), (".", "folder")):
        result = run("round", "close", fresh, "--hands", 4, "--key-file", path)
        assert result.exit_code == 3 and what in result.stderr


def test_without_a_terminal_nobody_is_asked(run: Run, fresh: Path) -> None:
    run("round", "open", fresh, "--heads", 4)
    close = run("round", "close", fresh, "--hands", 4)
    assert close.exit_code == 2 and "--key-file -" in close.stderr
    discard = run("round", "discard", fresh)
    assert discard.exit_code == 2 and "--name" in discard.stderr


def test_at_a_terminal_the_key_and_the_name_are_asked_for(
    run: Run, fresh: Path, terminal: object
) -> None:
    words_by_label = read_labelled_words(run("round", "open", fresh, "--heads", 4).stdout)
    rated(open_services(fresh), *[KIND] * 4)
    key = " ".join(words_by_label["key 1"])
    close = run("round", "close", fresh, "--hands", 4, stdin=f"{key}\n")
    assert close.exit_code == 0 and not spelled_out(words_by_label["key 1"], close.output)
    run("import", fresh, "-", stdin="Fennel Backup\n")
    run("round", "open", fresh, "--heads", 4)
    discard = run("round", "discard", fresh, stdin="gulf coast peers\n")
    assert discard.exit_code == 0 and "ballots unread" in discard.stdout


def test_two_of_three_keepers_are_asked_one_after_the_other(
    run: Run, fresh: Path, terminal: object
) -> None:
    at = open_services(fresh)
    partners = dict.fromkeys(partner.id for partner in at.rounds.ready_partners())
    prepared = at.rounds.prepare(Plan(partners, 4, keepers=KeeperRule.TWO_OF_THREE))
    at.rounds.open(prepared)
    rated(at, *[KIND] * 4)
    first, _, third = (" ".join(key) for key in prepared.keys)
    same = run("round", "close", fresh, "--hands", 4, stdin=f"{first}\n{first}\n")
    assert same.exit_code == 1 and "the same key twice" in same.stderr
    close = run("round", "close", fresh, "--hands", 4, stdin=f"{first}\n{third}\n")
    assert close.stdout == "Gulf Coast Peers: round 1 is closed, 4 ballots\n"


def test_a_rehearsal_closes_without_a_result(run: Run, fresh: Path) -> None:
    at = open_services(fresh)
    partners = dict.fromkeys(partner.id for partner in at.rounds.ready_partners())
    prepared = at.rounds.prepare(Plan(partners, 4, rehearsal=True))
    at.rounds.open(prepared)
    rated(at, *[KIND] * 4)
    key = " ".join(prepared.keys[0])
    close = run("round", "close", fresh, "--hands", 4, "--key-file", "-", stdin=key)
    assert close.stdout == "Gulf Coast Peers: the rehearsal is closed and gives no result\n"
    assert "next" not in close.stderr and run("show", fresh).exit_code == 1


def test_discarding_a_round_requires_the_name_of_the_group(run: Run, fresh: Path) -> None:
    run("round", "open", fresh, "--heads", 4)
    result = run("round", "discard", fresh, "--name", "Gulf")
    assert result.exit_code == 1 and "type the group's name" in result.stderr
    assert run("round", "status", fresh).exit_code == 0


def test_the_next_writing_command_cleans_up_after_a_crash(
    run: Run, fresh: Path, calendar: Calendar
) -> None:
    run("round", "open", fresh, "--heads", 4)
    box = Path("gulf-coast-peers.round-1.box.json")
    kept = box.read_bytes()
    run("round", "discard", fresh, "--name", "Gulf Coast Peers")
    box.write_bytes(kept)
    assert run("round", "status", fresh).stderr == "" and box.exists()
    result = run("import", fresh, "-", stdin="Fennel Backup\n")
    assert "round 1 was discarded: its ballot box is removed now" in result.stderr
    assert not box.exists()
    assert closed(open_services(fresh), *[KIND] * 4).round == 2
