"""Estimates decide the street, its certainty, and when no street is declared."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.rating.ballot import Voice
from peerreview.domain.rating.criteria import Side
from peerreview.domain.tally.estimate import GRID, Estimate, estimate
from peerreview.domain.tally.verdict import (
    CUT,
    Certainty,
    Street,
    Work,
    chi_square_tail,
    compute_give_cut,
    decide_street,
    decide_work,
    is_mixed,
    round_half_up,
)

from .builders import voices


def estimate_at(value: float, spread: float = 0.1, answered: float = 5) -> Estimate:
    """Return an estimate whose whole probability lies at one value."""
    place = min(range(len(GRID)), key=lambda k: abs(GRID[k] - value))
    return Estimate(tuple(float(k == place) for k in range(len(GRID))), spread, answered)


def estimate_with_chance(chance: float, answered: float = 5) -> Estimate:
    """Return an estimate just above the cut that is above it with probability `chance`."""
    place, spread = 100, 0.0
    while spread < 5:
        spread += 0.0005
        result = Estimate(tuple(float(k == place) for k in range(161)), spread, answered)
        if result.probability_above(CUT) <= chance:
            return result
    raise AssertionError


@pytest.mark.parametrize(
    ("value", "steps", "rounded"),
    [
        (1.25, 2, 1.5), (1.75, 2, 2.0), (2.25, 2, 2.5), (2.75, 2, 3.0), (3.249, 2, 3.0),
        (3.25, 2, 3.5), (4.75, 2, 5.0), (1.0, 2, 1.0), (0.125, 4, 0.25), (0.375, 4, 0.5),
        (-0.125, 4, 0.0), (-0.375, 4, -0.25), (0.1249, 4, 0.0),
    ],
)  # fmt: skip
def test_halves_are_always_rounded_up(value: float, steps: int, rounded: float) -> None:
    assert round_half_up(value, steps) == rounded


@given(st.floats(1, 5), st.integers(11, 18).map(lambda quarters: quarters / 4))
def test_a_rounded_index_stays_on_its_side_of_the_cut(mean: float, cut: float) -> None:
    shown = round_half_up(mean, 2)
    assert (shown >= cut) if mean >= cut else (shown <= cut)


@pytest.mark.parametrize(
    ("mean", "rows", "cut"),
    [
        (3.6, 100, 3.25),  # as everybody does
        (4.6, 80, 4.0),  # (4.6 - 3.6)·80/100 = .8 → .75
        (4.6, 20, 3.75),  # shrunk by half
        (5.0, 10_000, 4.5),  # at most 1.25 up
        (1.0, 10_000, 2.75),  # at most .5 down
        (3.6 + 0.25 / 2 + 1e-6, 10**9, 3.5),  # halves go up
        (4.0, 4, 3.25),  # four rows move nothing: .4·4/24 = .07
        (0.0, 0, 3.25),
    ],
)
def test_the_cut_for_giving_follows_the_mean_of_all_rows(
    mean: float, rows: int, cut: float
) -> None:
    assert compute_give_cut(mean, rows) == cut


@pytest.mark.parametrize(
    ("statistic", "degrees", "tail"),
    [
        (3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05),
        (11.070, 5, 0.05), (12.592, 6, 0.05), (18.307, 10, 0.05), (28.869, 18, 0.05),
        (41.337, 28, 0.05), (43.773, 30, 0.05), (79.082, 60, 0.05),
        (6.635, 1, 0.01), (11.345, 3, 0.01), (23.209, 10, 0.01), (50.892, 30, 0.01),
        (0.352, 3, 0.95), (3.940, 10, 0.95), (16.266, 3, 0.001),
    ],
)  # fmt: skip
def test_the_chi_square_tail_matches_printed_tables(
    statistic: float, degrees: int, tail: float
) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(tail, rel=2e-3)


@given(st.floats(0, 3000), st.integers(1, 60))
def test_the_tail_is_a_probability_and_falls(statistic: float, degrees: int) -> None:
    tail = chi_square_tail(statistic, degrees)
    assert 0 <= tail <= 1 + 1e-12
    assert chi_square_tail(statistic + 1, degrees) <= tail + 1e-12
    assert chi_square_tail(statistic, degrees + 1) >= tail - 1e-12
    assert chi_square_tail(0, degrees) == pytest.approx(1)


def make_voices(*values: float, answered: int = 5) -> list[Voice]:
    return [Voice(value, answered) for value in values]


def test_two_camps_are_mixed_and_one_dissenter_is_not() -> None:
    assert is_mixed(make_voices(4.6, 4.8, 4.5, 1.4, 1.2, 1.3))
    assert not is_mixed(make_voices(4.6, 4.8, 4.5, 4.4, 4.7, 1.0))
    assert is_mixed(make_voices(4.6, 4.8, 4.5, 4.4, 4.7, 1.0, 1.0))


def test_voices_that_agree_are_not_mixed() -> None:
    assert not is_mixed(make_voices(3.4, 3.4, 3.4, 3.4, 3.4))
    assert not is_mixed(make_voices(3.0, 3.4, 3.8, 3.2, 3.6, 4.0))


def test_four_voices_are_never_called_mixed() -> None:
    assert not is_mixed(make_voices(1, 1, 5, 5))
    assert not is_mixed([])


def test_voices_of_few_answers_must_differ_more_to_be_mixed() -> None:
    apart = (3.9, 4.1, 4.0, 2.4, 2.3, 2.2)
    assert is_mixed(make_voices(*apart)) and not is_mixed(make_voices(*apart, answered=1))


def test_the_threshold_for_mixed_follows_the_design() -> None:
    """n = 5, m = 5: mixed when 3·s²/v > χ²(.95, 3) = 7.815, v = (1 - .34)(.22 + .082)."""
    limit = math.sqrt(7.8147 * 0.66 * 0.302 / 3)

    def camps(d: float) -> list[Voice]:
        """Two low, three high: the median is high, a low one is dropped; Σ(x - mean)² = 3d²."""
        return make_voices(3 - d, 3 - d, 3 + d, 3 + d, 3 + d)

    assert not is_mixed(camps(limit - 0.005)) and is_mixed(camps(limit + 0.005))


@given(st.lists(voices, min_size=5, max_size=20), st.randoms(use_true_random=False))
def test_being_mixed_does_not_depend_on_the_order(given_: list[Voice], random: Random) -> None:
    shuffled = given_[:]
    random.shuffle(shuffled)
    assert is_mixed(shuffled) == is_mixed(given_)


@pytest.mark.parametrize(
    ("get", "give", "street"),
    [
        (4.0, 4.0, Street.TWO_WAY),
        (2.0, 4.0, Street.ONE_WAY),
        (4.0, 2.0, Street.WE_OWE),
        (2.0, 2.0, Street.QUIET),
    ],
)
def test_the_two_sides_decide_the_street(get: float, give: float, street: Street) -> None:
    assert decide_street(estimate_at(get), estimate_at(give), CUT, mixed=False) == (
        street,
        Certainty.SOLID,
    )


def test_mixed_takes_precedence_over_every_street() -> None:
    assert decide_street(estimate_at(4), estimate_at(4), CUT, mixed=True) == (Street.MIXED, None)


@pytest.mark.parametrize(
    ("chance", "answered", "expected"),
    [
        (0.86, 5, (Street.TWO_WAY, Certainty.SOLID)),
        (0.84, 5, (Street.TWO_WAY, Certainty.LEANS)),
        (0.71, 5, (Street.TWO_WAY, Certainty.LEANS)),
        (0.69, 5, (Street.TOO_CLOSE, None)),
        (0.86, 2, (Street.TWO_WAY, Certainty.SOLID)),
        (0.99, 1.9, (Street.TWO_WAY, Certainty.LEANS)),  # quick ballots are never solid
    ],
)
def test_the_certainty_follows_the_chance_and_the_number_of_answers(
    chance: float, answered: float, expected: tuple[Street, Certainty | None]
) -> None:
    assert (
        decide_street(estimate_with_chance(chance, answered), estimate_at(4.5), CUT, mixed=False)
        == expected
    )
    assert (
        decide_street(estimate_at(4.5, 0.01), estimate_at(4.5, 0.01, 1.9), CUT, mixed=False)[1]
        is Certainty.LEANS
    )


def test_the_cut_of_the_round_decides_what_we_give() -> None:
    assert decide_street(estimate_at(4), estimate_at(3.5), 3.25, mixed=False)[0] is Street.TWO_WAY
    assert decide_street(estimate_at(4), estimate_at(3.5), 4.00, mixed=False)[0] is Street.WE_OWE


def estimate_with_two_peaks(high: float, low: float, share: float) -> Estimate:
    """Return an estimate with `share` of the probability at `high` and the rest at `low`."""
    weights = [0.0] * len(GRID)
    weights[round((high - 1) / 0.025)] += share
    weights[round((low - 1) / 0.025)] += 1 - share
    return Estimate(tuple(weights), 0.05, 5)


def test_nothing_is_declared_if_the_mean_lies_on_the_other_side() -> None:
    get = estimate_with_two_peaks(3.5, 1.0, 0.75)  # probably above the cut, on average below
    assert get.probability_above(CUT) > 0.7 and get.mean < CUT
    assert decide_street(get, estimate_at(4.5), CUT, mixed=False) == (Street.TOO_CLOSE, None)
    assert decide_work(get) is Work.MIXED
    assert decide_work(estimate_with_two_peaks(5.0, 3.0, 0.25)) is Work.MIXED


@pytest.mark.parametrize(("value", "work"), [(4.5, Work.GOOD), (3.2, Work.MIXED), (2, Work.POOR)])
def test_the_estimate_decides_the_word_for_the_work(value: float, work: Work) -> None:
    assert decide_work(estimate_at(value, 0.3)) is work


def test_the_work_word_and_the_half_step_agree_even_in_odd_groups() -> None:
    """Ten voices at the bottom and nine near the top once gave "good" beside a 3.0."""
    odd = estimate(Side.WORK, [Voice(1.0, 5)] * 10 + [Voice(4.2, 5)] * 9, 30)
    assert odd.probability_above(CUT) > 0.70 and round_half_up(odd.mean, 2) < CUT
    assert decide_work(odd) is Work.MIXED


@given(st.lists(voices, min_size=4, max_size=24), st.lists(voices, min_size=4, max_size=24))
def test_a_declared_street_never_contradicts_the_index_beside_it(
    gets: list[Voice], gives: list[Voice]
) -> None:
    get, give = estimate(Side.GET, gets, 12), estimate(Side.GIVE, gives, 12)
    street, certainty = decide_street(get, give, 3.5, mixed=False)
    if certainty:
        assert (round_half_up(get.mean, 2) >= CUT) is (street in (Street.TWO_WAY, Street.WE_OWE))
        if street in (Street.TWO_WAY, Street.ONE_WAY):
            assert round_half_up(give.mean, 2) >= 3.5
        else:
            assert round_half_up(give.mean, 2) <= 3.5
    work = estimate(Side.WORK, gets, 12)
    if decide_work(work) is not Work.MIXED:
        assert (round_half_up(work.mean, 2) >= CUT) is (decide_work(work) is Work.GOOD)
