"""The forecast: what a round will bring, told before it opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.round.forecast import (
    DECLARED_FULL,
    DECLARED_QUICK,
    VOICES,
    declared_share,
    forecast_round,
    round_minutes,
)


def test_the_table_of_the_statistics_is_met_and_filled_in_between() -> None:
    assert [declared_share(n, DECLARED_FULL, 4) for n in VOICES] == list(DECLARED_FULL)
    assert declared_share(6, DECLARED_QUICK, 4) == pytest.approx(0.39 + (0.47 - 0.39) / 3)
    assert declared_share(60, DECLARED_FULL, 4) == DECLARED_FULL[-1]
    assert declared_share(3, DECLARED_FULL, 4) == 0 and declared_share(7, DECLARED_FULL, 8) == 0


def test_with_hands_counted_the_number_shown_is_known() -> None:
    found = forecast_round([3, 4, 12], 12, 4)
    assert (found.partners, found.partners_shown) == (3, 2)
    assert found.streets_if_full == pytest.approx(0.54 + 0.72)
    assert found.streets_if_quick == pytest.approx(0.35 + 0.52)


@pytest.mark.parametrize(("heads", "percent"), [(12, 93), (8, 64), (6, 34)])
def test_without_hands_it_is_the_binomial_of_the_promise(heads: int, percent: int) -> None:
    assert round(100 * forecast_round([None], heads, 4).partners_shown) == percent


def test_a_poor_round_is_told() -> None:
    assert forecast_round([None] * 10, 6, 4).is_poor
    assert not forecast_round([None] * 10, 12, 4).is_poor
    assert not forecast_round([3, 4], 12, 4).is_poor


@pytest.mark.parametrize(
    ("hands", "said"),
    [
        ([2] * 12, "No partner would get enough voices yet: ask a neighboring group to rate with "
                   "you."),
        ([4], "About 1 partner gets enough voices for a result."),
        ([4, 1, 1], "About 1 partner gets enough voices for a result. That is few: ask a "
                    "neighboring group to rate with you."),
        ([4, 4, 1], "About 2 partners get enough voices for a result: 1 of them a street from "
                    "quick ballots, 1 from full ones."),
        ([20] * 10, "About 10 partners get enough voices for a result: 6 of them a street from "
                    "quick ballots, 8 from full ones."),
    ],
)  # fmt: skip
def test_what_to_expect_is_said_in_sentences(hands: list[int | None], said: str) -> None:
    assert forecast_round(hands, 20, 4).sentence == said


def test_the_minutes_are_those_of_the_promise() -> None:
    assert (round_minutes(12, 12, 1), round_minutes(12, 12, 6)) == (25, 6)


@given(
    st.lists(st.none() | st.integers(0, 60), min_size=1, max_size=60),
    st.integers(4, 60),
    st.integers(4, 12),
)
def test_no_more_streets_than_partners_shown(
    hands: list[int | None], heads: int, floor: int
) -> None:
    found = forecast_round(hands, heads, floor)
    assert 0 <= found.streets_if_quick <= found.streets_if_full <= found.partners_shown + 1e-9
    assert found.partners_shown <= found.partners + 1e-9
