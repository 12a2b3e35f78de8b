"""The forecast says before a round opens how many results to expect."""

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


def test_declared_shares_match_the_table_and_are_interpolated_between_its_columns() -> None:
    assert [declared_share(n, DECLARED_FULL, 4) for n in VOICES] == list(DECLARED_FULL)
    assert declared_share(6, DECLARED_QUICK, 4) == pytest.approx(0.39 + (0.47 - 0.39) / 3)
    assert declared_share(60, DECLARED_FULL, 4) == DECLARED_FULL[-1]
    assert declared_share(3, DECLARED_FULL, 4) == 0 and declared_share(7, DECLARED_FULL, 8) == 0


def test_counted_hands_give_the_exact_number_of_partners_shown() -> None:
    forecast = forecast_round([3, 4, 12], 12, 4)
    assert (forecast.partners, forecast.partners_shown) == (3, 2)
    assert forecast.streets_if_full == pytest.approx(0.54 + 0.72)
    assert forecast.streets_if_quick == pytest.approx(0.35 + 0.52)


@pytest.mark.parametrize(("heads", "percent"), [(12, 93), (8, 64), (6, 34)])
def test_without_counted_hands_the_number_shown_follows_the_binomial_distribution(
    heads: int, percent: int
) -> None:
    assert round(100 * forecast_round([None], heads, 4).partners_shown) == percent


def test_a_forecast_says_when_a_round_is_poor() -> None:
    assert forecast_round([None] * 10, 6, 4).is_poor
    assert not forecast_round([None] * 10, 12, 4).is_poor
    assert not forecast_round([3, 4], 12, 4).is_poor


@pytest.mark.parametrize(
    ("hands", "sentence"),
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
def test_the_forecast_is_put_into_sentences(hands: list[int | None], sentence: str) -> None:
    assert forecast_round(hands, 20, 4).sentence == sentence


def test_the_minutes_of_a_round_are_as_documented() -> None:
    assert (round_minutes(12, 12, 1), round_minutes(12, 12, 6)) == (25, 6)


@given(
    st.lists(st.none() | st.integers(0, 60), min_size=1, max_size=60),
    st.integers(4, 60),
    st.integers(4, 12),
)
def test_there_are_never_more_streets_than_partners_shown(
    hands: list[int | None], heads: int, floor: int
) -> None:
    forecast = forecast_round(hands, heads, floor)
    assert (
        0 <= forecast.streets_if_quick <= forecast.streets_if_full <= forecast.partners_shown + 1e-9
    )
    assert forecast.partners_shown <= forecast.partners + 1e-9
