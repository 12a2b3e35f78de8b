"""Ways to look at boards: whom a filter keeps, what stands side by side, what the rounds were."""

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

from .results import cells, group, release

BANDS = {
    "they.back": Band(band=2, of=5),
    "we.back": Band(band=4, of=5),
    "they.job": Band(band=3, of=3),
    "letdown": Band(band=1, of=3),
}


def five() -> Board:
    found = group(
        release(
            cells(partner="alder"),
            cells(Street.QUIET, "émile"),
            cells(Street.MIXED, "vendor direct"),
            cells(Street.ONE_WAY, "bayou", bands=BANDS),
            cells(Street.TOO_FEW, "cobalt"),
        )
    )
    kinds = {"bayou": PartnerKind.VENDOR, "cobalt": PartnerKind.VENDOR, "alder": PartnerKind.PEER}
    for partner in found.partners:
        changed = partner.evolve(
            kind=kinds.get(partner.id, PartnerKind.OTHER),
            aliases=("Night Desk",) if partner.id == "alder" else (),
        )
        found = found.with_partner(changed)
    return make_board(found)


def names(found: Board) -> list[str]:
    return [line.partner.id for line in found.all_lines]


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
def test_a_filter_keeps_names_and_kinds_with_every_word(text: str, left: list[str]) -> None:
    assert names(filter_board(five(), text)) == left


@given(st.text(max_size=8))
def test_a_filter_only_leaves_out(text: str) -> None:
    whole = five()
    found = filter_board(whole, text)
    assert names(found) == [name for name in names(whole) if name in names(found)]
    assert all(section.lines for section in found.sections)
    assert filter_board(found, text) == found


def test_the_history_holds_the_rounds_a_partner_was_in_the_first_one_first() -> None:
    rounds = group(
        release(cells(partner="acme"), cells(partner="bayou")),
        release(cells(partner="bayou"), number=2),
        release(cells(Street.TOO_FEW, "acme"), cells(partner="bayou"), number=3),
        release(cells(Street.QUIET, "acme"), number=4),
    )
    past = partner_history(rounds, "acme")
    assert [(each.round, line.result.street) for each, line in past] == [
        (1, Street.TWO_WAY),
        (3, Street.TOO_FEW),
        (4, Street.QUIET),
    ]
    assert partner_history(rounds, "nobody") == ()


def stories(*partners: str) -> list[Story]:
    found = five()
    return [
        make_story(found, line)
        for partner in partners
        for line in found.all_lines
        if line.partner.id == partner
    ]


def test_side_by_side_stands_what_each_ones_own_page_says() -> None:
    shown = dict(compare_stories(stories("bayou", "alder")))
    assert list(shown) == ["they, to us", "we, to them", "their work"]
    back = shown["they, to us"][0]
    assert back.label == "send business back"
    assert back.values == (("rarely", pytest.approx(2.2)), (NOT_SHOWN, None))
    assert shown["we, to them"][0].values[0][0] == "often"
    assert shown["their work"][0].label == "do good work"
    assert [each.values[0][0] for each in shown["their work"]] == [
        "mostly", NOT_SHOWN, "rarely", NOT_SHOWN, NOT_SHOWN,
    ]  # fmt: skip


def test_turned_round_the_sides_change_places() -> None:
    one = dict(compare_stories(stories("bayou", "alder")))
    other = dict(compare_stories(stories("alder", "bayou")))
    turned = {
        heading: [(each.label, each.values[::-1]) for each in found]
        for heading, found in one.items()
    }
    assert turned == {
        heading: [(each.label, each.values) for each in found] for heading, found in other.items()
    }


def test_nothing_is_beside_nothing() -> None:
    assert list(compare_stories(stories("alder", "cobalt"))) == []
    assert list(compare_stories([])) == []


def test_a_question_of_another_set_is_not_asked() -> None:
    one = stories("bayou")[0]
    shown = dict(compare_stories([one, replace(one, habits=one.habits[:1])]))
    back, thanks, *_ = shown["they, to us"]
    assert back.values[0] == back.values[1]
    assert thanks.values == ((NOT_SHOWN, None), (NOT_ASKED, None))
