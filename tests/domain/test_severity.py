"""Severity is computed from a rater's own ballot, because rows can't be linked later."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.rating.criteria import Side
from peerreview.domain.rating.severity import mean_deviation, severity

from .builders import PEER, any_answers, make_row, order_answers

ANCHORS = {Side.GET: 3.4, Side.GIVE: 3.6, Side.WORK: 3.4}


def test_the_deviation_is_a_mean_over_the_answers_of_all_three_indices() -> None:
    given = order_answers({"they.back": 5, "we.back": 3, "greedy": 2})
    assert mean_deviation(PEER, given, ANCHORS) == pytest.approx((1.6 - 0.6 + 0.6) / 3)


def test_severity_ignores_deal_breakers_and_our_own_work() -> None:
    assert (
        mean_deviation(PEER, order_answers({"bus": 2, "we.job": 5, "we.value": 1}), ANCHORS) is None
    )
    assert severity([(PEER, order_answers({"bus": 2}), None)]) == 0


@pytest.mark.parametrize(
    ("question", "adj"), [("they.back", 0.5), ("we.back", 0.25), ("they.job", 0.5)]
)
def test_a_four_raises_severity_more_about_them_than_about_us(question: str, adj: float) -> None:
    # (4 - 3.4) · 20 / 26 = .46, (4 - 3.6) · 20 / 26 = .31
    assert severity([(PEER, order_answers({question: 4}), None)] * 20) == adj


def test_severity_without_rows_is_zero() -> None:
    assert severity([]) == 0


def test_severity_grows_with_the_number_of_harshly_rated_partners() -> None:
    harsh = make_row(they=2, we=2, bad=4).answers
    # per row: 5 lane answers at 2-3.4, 5 at 2-3.6, 5 of work at 2-3.4 = -1.4667
    assert severity([(PEER, harsh, None)] * 12) == -1.0  # -17.6 / 18 = -.98
    assert severity([(PEER, harsh, None)] * 2) == -0.25  # -2.93 / 8 = -.37, halves go up
    assert severity([(PEER, harsh, None)]) == -0.25  # -1.4667 / 7 = -.21


def test_severity_is_at_most_one() -> None:
    kind = make_row(they=5, we=5, bad=1).answers
    assert severity([(PEER, kind, None)] * 30) == 1.0


@pytest.mark.parametrize(
    ("expected", "adj"),
    [(4.125, 0.25), (4.126, 0.0), (5.0, 0.0)],  # (5 - 4.125) / 7 is half a quarter: it goes up
)
def test_severity_is_rounded_half_up_to_quarters(expected: float, adj: float) -> None:
    assert severity([(PEER, order_answers({"they.back": 5}), {Side.GET: expected})]) == adj


def test_the_last_indices_replace_the_expected_values() -> None:
    low = order_answers({"they.back": 1, "we.back": 1})
    assert severity([(PEER, low, None)] * 9) == -1.0
    known = {Side.GET: 1.0, Side.GIVE: 1.0}
    assert severity([(PEER, low, known)] * 9) == 0.0, "everybody finds this partner poor"
    assert severity([(PEER, low, {Side.GET: 1.0})] * 9) < 0, "missing sides keep the anchor"


@given(st.lists(any_answers, max_size=12), st.randoms(use_true_random=False))
def test_severity_is_in_quarters_within_one_and_independent_of_the_order(
    ballots: list[tuple[int, ...]], random: Random
) -> None:
    rows = [(PEER, ballot, None) for ballot in ballots]
    adj = severity(rows)
    assert -1 <= adj <= 1 and (adj * 4).is_integer()
    random.shuffle(rows)
    assert severity(rows) == adj
