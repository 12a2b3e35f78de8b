"""Tests of filtered boards, of comparisons of partners and of the history of a partner."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.result.board import Board, make_board
from peerreview.domain.result.comparison import (
    NOT_ASKED,
    compare_stories,
    filter_board,
    partner_history,
)
from peerreview.domain.result.story import NOT_SHOWN, Story, make_story
from peerreview.domain.tally.release import Band
from peerreview.domain.tally.verdict import Street

from .results import make_group, make_release, make_result

BANDS = {
    "they.back": Band(band=2, of=5),
    "we.back": Band(band=4, of=5),
    "they.job": Band(band=3, of=3),
    "letdown": Band(band=1, of=3),
}


def make_board_of_five() -> Board:
    group = make_group(
        make_release(
            make_result(partner="alder"),
            make_result(Street.QUIET, "émile"),
            make_result(Street.MIXED, "vendor direct"),
            make_result(Street.ONE_WAY, "bayou", bands=BANDS),
            make_result(Street.TOO_FEW, "cobalt"),
        )
    )
    kinds = {"bayou": PartnerKind.VENDOR, "cobalt": PartnerKind.VENDOR, "alder": PartnerKind.PEER}
    for partner in group.partners:
        changed = partner.evolve(
            kind=kinds.get(partner.id, PartnerKind.OTHER),
            aliases=("Night Desk",) if partner.id == "alder" else (),
        )
        group = group.with_partner(changed)
    return make_board(group)


def list_ids(board: Board) -> list[str]:
    return [line.partner.id for line in board.all_lines]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["alder", "vendor direct", "bayou", "émile", "cobalt"]),
        ("  ", ["alder", "vendor direct", "bayou", "émile", "cobalt"]),
        ("BAY", ["bayou"]),
        ("emile", ["émile"]),
        ("night", ["alder"]),
        ("vend", ["vendor direct", "bayou", "cobalt"]),
        ("vendor", ["bayou", "cobalt"]),
        ("Peer  Firm", ["alder"]),
        ("vend cob", ["cobalt"]),
        ("[/x]", []),
    ],
)
def test_a_filter_keeps_partners_whose_name_or_kind_has_every_word(
    text: str, left: list[str]
) -> None:
    assert list_ids(filter_board(make_board_of_five(), text)) == left


@given(st.text(max_size=8))
def test_a_filter_only_leaves_lines_out(text: str) -> None:
    whole = make_board_of_five()
    filtered = filter_board(whole, text)
    assert list_ids(filtered) == [name for name in list_ids(whole) if name in list_ids(filtered)]
    assert all(section.lines for section in filtered.sections)
    assert filter_board(filtered, text) == filtered


def test_the_history_lists_the_rounds_of_a_partner_from_first_to_last() -> None:
    rounds = make_group(
        make_release(make_result(partner="acme"), make_result(partner="bayou")),
        make_release(make_result(partner="bayou"), number=2),
        make_release(make_result(Street.TOO_FEW, "acme"), make_result(partner="bayou"), number=3),
        make_release(make_result(Street.QUIET, "acme"), number=4),
    )
    past = partner_history(rounds, "acme")
    assert [(board.round, line.result.street) for board, line in past] == [
        (1, Street.TWO_WAY),
        (3, Street.TOO_FEW),
        (4, Street.QUIET),
    ]
    assert partner_history(rounds, "nobody") == ()


def make_stories(*partners: str) -> list[Story]:
    board = make_board_of_five()
    return [
        make_story(board, line)
        for partner in partners
        for line in board.all_lines
        if line.partner.id == partner
    ]


def test_a_comparison_shows_the_same_words_as_the_partner_pages() -> None:
    shown = dict(compare_stories(make_stories("bayou", "alder")))
    assert list(shown) == ["they, to us", "we, to them", "their work"]
    back = shown["they, to us"][0]
    assert back.label == "send business back"
    assert back.values == (("rarely", pytest.approx(2.2)), (NOT_SHOWN, None))
    assert shown["we, to them"][0].values[0][0] == "often"
    assert shown["their work"][0].label == "do good work"
    assert [question.values[0][0] for question in shown["their work"]] == [
        "mostly", NOT_SHOWN, "rarely", NOT_SHOWN, NOT_SHOWN,
    ]  # fmt: skip


def test_comparing_in_the_other_order_swaps_the_values() -> None:
    forward = dict(compare_stories(make_stories("bayou", "alder")))
    backward = dict(compare_stories(make_stories("alder", "bayou")))
    turned = {
        heading: [(question.label, question.values[::-1]) for question in questions]
        for heading, questions in forward.items()
    }
    assert turned == {
        heading: [(question.label, question.values) for question in questions]
        for heading, questions in backward.items()
    }


def test_a_comparison_of_no_partners_is_empty() -> None:
    assert list(compare_stories(make_stories("alder", "cobalt"))) == []
    assert list(compare_stories([])) == []


def test_a_question_of_another_set_is_not_asked() -> None:
    bayou = make_stories("bayou")[0]
    shown = dict(compare_stories([bayou, replace(bayou, habits=bayou.habits[:1])]))
    back, thanks, *_ = shown["they, to us"]
    assert back.values[0] == back.values[1]
    assert thanks.values == ((NOT_SHOWN, None), (NOT_ASKED, None))
