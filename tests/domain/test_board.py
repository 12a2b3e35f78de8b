"""The board groups partners by street, in alphabetical order and without ranks."""

import pytest

from peerreview.domain.errors import RuleError
from peerreview.domain.result.board import make_board
from peerreview.domain.tally.release import PartnerRelease
from peerreview.domain.tally.verdict import Certainty, Street

from .results import make_first_board, make_group, make_release, make_result


def list_names(lines: tuple[object, ...]) -> list[str]:
    return [line.partner.name for line in lines]  # pyright: ignore


def test_every_street_has_its_place() -> None:
    assert list(Street) == [
        "two_way", "we_owe", "mixed", "one_way", "quiet", "too_close", "too_few",
    ]  # fmt: skip


def test_partners_are_sorted_by_street_and_then_by_name_only() -> None:
    board = make_first_board(
        make_result(Street.QUIET, "zeta"),
        make_result(Street.TWO_WAY, "émile", comes_back=5.0),
        make_result(Street.TWO_WAY, "bayou", comes_back=3.5),
        make_result(Street.TOO_FEW, "cobalt"),
        make_result(Street.MIXED, "delta"),
    )
    assert [section.street for section in board.sections] == [
        Street.TWO_WAY,
        Street.MIXED,
        Street.QUIET,
        Street.TOO_FEW,
    ]
    assert list_names(board.shown_lines) == ["Bayou", "Émile", "Delta", "Zeta"]
    assert list_names(board.hidden_lines) == ["Cobalt"]


def test_a_board_without_too_few_voices_has_none() -> None:
    assert make_first_board(make_result()).hidden_lines == ()


def test_the_head_says_what_round_it_was() -> None:
    board = make_first_board(make_result())
    assert (board.group, board.round, board.quarter, board.ballots) == (
        "Gulf Coast Peers",
        1,
        "Q1 2026",
        12,
    )


def test_an_older_board_is_compared_with_the_one_before_it() -> None:
    rounds = (
        make_release(make_result(Street.QUIET)),
        make_release(make_result(Street.MIXED), number=2),
        make_release(make_result(), number=3),
    )
    group = make_group(*rounds)
    words = {number: make_board(group, number).shown_lines[0].change.word for number in (1, 2, 3)}
    assert words == {1: "new", 2: "was quiet", 3: "was mixed"}
    assert make_board(group).round == 3


def test_no_result_is_a_clear_refusal() -> None:
    with pytest.raises(RuleError, match="no round has been closed yet"):
        make_board(make_group())
    with pytest.raises(RuleError, match="round 2 has no result"):
        make_board(make_group(make_release(make_result())), 2)


def test_alternatives_are_two_way_streets_of_the_same_kind_and_solid_ones_come_first() -> None:
    lines: list[PartnerRelease] = [
        make_result(Street.ONE_WAY, "alder"),
        make_result(Street.TWO_WAY, "bayou", certainty=Certainty.LEANS),
        make_result(Street.TWO_WAY, "cobalt"),
        make_result(Street.TWO_WAY, "delta", deal_breaker=True),
        make_result(Street.WE_OWE, "echo"),
    ]
    board = make_first_board(*lines)
    alder = next(line for line in board.shown_lines if line.partner.name == "Alder")
    cobalt = next(line for line in board.shown_lines if line.partner.name == "Cobalt")
    assert list_names(board.alternatives(alder)) == ["Cobalt", "Bayou"]
    assert list_names(board.alternatives(cobalt)) == ["Bayou"]
