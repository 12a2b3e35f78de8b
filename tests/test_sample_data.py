"""The sample data says what its README promises, and the demo's way through it works."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from memory import MemoryVault

from benchmarks.make_sample_data import GROUP_FILE, KEY_FILE
from benchmarks.sample_life import find_gaps, live_through, rate_last_and_close
from benchmarks.sample_summaries import five_summaries
from peerreview import bootstrap, shipped
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.group.partner_list import (
    RowStatus,
    decode_list,
    describe_matches,
    match_rows,
    parse_list,
)
from peerreview.domain.result.board import Board
from peerreview.domain.summary.contradiction import find_contradictions
from peerreview.domain.summary.summary import Summary
from peerreview.domain.tally.release import VoicesBand
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

SAMPLE = shipped.find_folder("sample_data")
BROKEN_CLOCK, OPENING_DAY, YEARS_LATER = date(2020, 2, 29), date(2026, 10, 15), date(2041, 1, 1)


@pytest.fixture
def copied(tmp_path: Path) -> FileVault:
    for file in SAMPLE.glob(GROUP_FILE.replace(".group.json", ".*")):
        shutil.copy(file, tmp_path)
    return FileVault(tmp_path / GROUP_FILE)


@pytest.fixture
def weak() -> Environment:
    """The product's world, but with codes that cost next to nothing."""
    return Environment(shipped.load_criteria_sets(), Stretcher(Strength(ops=1, memory=8192)))


def key() -> str:
    notice, words = (SAMPLE / KEY_FILE).read_text(encoding="utf-8").splitlines()
    assert notice.startswith("A demo key")
    return words


def board_lines(board: Board) -> list[tuple[object, ...]]:
    return [
        (line.partner.name, *line.result.model_dump(exclude={"partner"}).values(), line.change.word)
        for section in board.sections
        for line in section.lines
    ]


def test_the_last_closed_round_shows_everything_there_is(copied: FileVault) -> None:
    board = GroupServices(copied, bootstrap.make_environment()).results.board()
    assert board.round == 3
    assert find_gaps(board) == []
    assert [line.partner.name for line in board.hidden_lines] == ["Bayou Web Works", "Cobalt Voice"]
    assert {line.result.voices for line in board.shown_lines} == {VoicesBand.FEW, VoicesBand.SOME}


def test_eleven_of_twelve_ballots_are_in(copied: FileVault) -> None:
    progress = GroupServices(copied, bootstrap.make_environment()).rounds.progress()
    assert progress is not None
    assert (progress.handed_in, progress.drawn, progress.round.heads) == (11, 11, 12)


@pytest.mark.parametrize("day", [BROKEN_CLOCK, OPENING_DAY, YEARS_LATER])
def test_the_twelfth_owner_rates_and_the_key_closes_the_box(copied: FileVault, day: date) -> None:
    board = rate_last_and_close(copied, bootstrap.make_environment(), day, key())
    assert (board.round, board.ballots) == (4, 12)
    assert len(board.sections) >= 5
    assert any(line.change.word.startswith("was") for line in board.shown_lines)
    assert board.hidden_lines == (), "the twelfth ballot was the voice that Bayou Web Works lacked"


def test_after_the_close_the_partners_rest_and_the_next_round_waits(copied: FileVault) -> None:
    rate_last_and_close(copied, bootstrap.make_environment(), OPENING_DAY, key())
    services = GroupServices(
        copied, replace(bootstrap.make_environment(), today=lambda: OPENING_DAY)
    )
    assert services.rounds.ready_partners() == ()


def test_the_script_builds_the_same_sample_again(copied: FileVault, weak: Environment) -> None:
    again = MemoryVault()
    live_through(again, weak)
    for number in (1, 2, 3):
        shipped_board = GroupServices(copied, weak).results.board(number)
        assert board_lines(GroupServices(again, weak).results.board(number)) == board_lines(
            shipped_board
        )


@pytest.mark.parametrize(
    ("name", "tally"),
    [
        ("partners.csv", "14 read, 14 new"),
        ("partners-windows-1252.csv", "10 read, 10 new"),
        (
            "partners-messy.csv",
            "19 read, 9 new, 5 you have, 2 look like one you have, 3 refused",
        ),
    ],
)
def test_every_row_of_a_list_is_accounted_for(name: str, tally: str) -> None:
    rows = parse_list(decode_list((SAMPLE / name).read_bytes(), name), name)
    assert describe_matches(match_rows(rows, ())) == tally


def test_the_windows_list_has_a_windows_encoding() -> None:
    data = (SAMPLE / "partners-windows-1252.csv").read_bytes()
    assert b"\r\n" in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "€uroparts" in decode_list(data, "list")


def test_the_messy_list_holds_an_escape_sequence_that_no_name_keeps() -> None:
    data = (SAMPLE / "partners-messy.csv").read_bytes()
    assert b"\x1b[2J" in data
    outcomes = match_rows(parse_list(decode_list(data, "list"), "list"), ())
    assert all(outcome.row.name.isprintable() for outcome in outcomes)
    assert any(
        "U+001B" in outcome.note for outcome in outcomes if outcome.status is RowStatus.REFUSED
    )


def test_the_clean_list_can_be_imported_into_the_sample_group(copied: FileVault) -> None:
    rows = parse_list((SAMPLE / "partners.csv").read_text(encoding="utf-8"), "list")
    outcomes = GroupServices(copied, bootstrap.make_environment()).setting_up.add_list(rows)
    assert {outcome.status for outcome in outcomes} == {RowStatus.NEW}


def test_the_summaries_hold_and_come_out_the_same_again(weak: Environment) -> None:
    files = sorted((SAMPLE / "summaries").glob("*.summary.json"))
    stored = [Summary.model_validate_json(file.read_bytes()) for file in files]
    sets = {criteria.hash: criteria for criteria in weak.sets.values()}
    assert [find_contradictions(summary, sets) for summary in stored] == [[]] * 5
    assert len({summary.group for summary in stored}) == 5
    unnamed = [summary.model_copy(update={"group": "-"}) for summary in stored]
    assert unnamed == [
        summary.model_copy(update={"group": "-"}) for summary in five_summaries(weak)
    ]
