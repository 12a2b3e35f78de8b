"""The estimate is robust against outliers, and few answers make it less sure."""

import math
from itertools import pairwise
from random import Random
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.rating.ballot import Voice
from peerreview.domain.rating.criteria import Side
from peerreview.domain.tally.estimate import GRID, PRIOR, Estimate, estimate

from .builders import voices

some_voices = st.lists(voices, min_size=1, max_size=30)
sides = st.sampled_from(Side)


def apply_formula(side: Side, given: list[Voice], ballots: int) -> tuple[float, float]:
    """Return mean and spread by the formula of docs/design/statistics.md, without shortcuts."""
    centre, tau = PRIOR[side]
    density: list[float] = []
    for theta in GRID:
        log = -((theta - centre) ** 2) / (2 * tau**2)
        for voice in given:
            z = (voice.value - theta) / math.sqrt(0.20 + 0.35 / voice.answered)
            log -= 2.5 * math.log(1 + z * z / 4)
        density.append(math.exp(log))
    mean = sum(d * theta for d, theta in zip(density, GRID, strict=True)) / sum(density)
    spread = 0.2025 / ballots + 0.11 * max(0, 1 / fmean(voice.answered for voice in given) - 1 / 5)
    return mean, math.sqrt(spread)


@given(sides, some_voices, st.integers(4, 60))
def test_the_estimate_follows_the_formula_of_the_design(
    side: Side, sample: list[Voice], ballots: int
) -> None:
    result = estimate(side, sample, ballots)
    mean, spread = apply_formula(side, sample, ballots)
    assert result.mean == pytest.approx(mean, abs=1e-9)
    assert result.spread == pytest.approx(spread, abs=1e-12)
    assert math.fsum(result.weights) == pytest.approx(1)


def test_the_grid_runs_from_one_to_five_in_fortieths() -> None:
    assert (GRID[0], GRID[-1], len(GRID)) == (1, 5, 161)


@given(sides, some_voices, st.randoms(use_true_random=False))
def test_the_order_of_voices_changes_nothing(
    side: Side, sample: list[Voice], random: Random
) -> None:
    shuffled = sample[:]
    random.shuffle(shuffled)
    assert estimate(side, shuffled, 10) == estimate(side, sample, 10)


@given(sides, some_voices, voices)
def test_one_voice_moves_the_odds_no_more_than_its_own_likelihood(
    side: Side, others: list[Voice], voice: Voice
) -> None:
    """A voice's factor lies between 1 and (1 + (4/s)²/4)^-2.5, wherever it stands.

    So the odds between two points of the grid change by the ratio of the voice's own likelihoods
    there, and never by more than that bound, whatever the voice and the others say.
    """
    variance = 0.20 + 0.35 / voice.answered
    likelihood = [(1 + (voice.value - theta) ** 2 / variance / 4) ** -2.5 for theta in GRID]
    bound = (1 + 16 / (4 * variance)) ** 2.5
    before = estimate(side, others, 10).weights
    after = estimate(side, [*others, voice], 10).weights
    for a, b in ((0, 160), (20, 100), (96, 97), (150, 40)):
        if min(before[a], before[b], after[a], after[b]) > 1e-250:
            odds = (after[a] / after[b]) / (before[a] / before[b])
            assert odds == pytest.approx(likelihood[a] / likelihood[b], rel=1e-6)
            assert 1 / bound * (1 - 1e-6) <= odds <= bound * (1 + 1e-6)


def test_an_outlier_loses_its_pull_the_farther_it_stands() -> None:
    calm = [Voice(4.0, 5)] * 7
    moved = [
        estimate(Side.GET, calm, 18).mean - estimate(Side.GET, [*calm, Voice(x, 5)], 18).mean
        for x in (3.5, 3.0, 2.0, 1.0)
    ]
    assert all(0 < shift < 0.15 for shift in moved)
    assert moved[-1] < moved[1], "a voice that is implausibly far away counts less"
    plain = fmean([4.0] * 7) - fmean([*[4.0] * 7, 1.0])
    assert moved[-1] < plain / 4


def test_few_voices_stay_near_the_prior() -> None:
    one = estimate(Side.GET, [Voice(5.0, 5)], 10).mean
    four = estimate(Side.GET, [Voice(5.0, 5)] * 4, 10).mean
    twenty = estimate(Side.GET, [Voice(5.0, 5)] * 20, 10).mean
    assert 3.4 < one < four < twenty < 5


def find_quantile(result: Estimate, share: float) -> float:
    """Return the value below which `share` of the probability lies."""
    low, high = -1.0, 7.0
    for _ in range(40):
        middle = (low + high) / 2
        if 1 - result.probability_above(middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def test_fewer_answers_and_fewer_ballots_widen_the_interval() -> None:
    def width(answered: int, ballots: int) -> float:
        result = estimate(Side.GET, [Voice(3.5, answered)] * 8, ballots)
        return find_quantile(result, 0.95) - find_quantile(result, 0.05)

    assert width(5, 30) < width(5, 6) < width(1, 6)
    assert width(5, 30) < width(3, 30) < width(1, 30)


def test_work_has_a_higher_prior() -> None:
    sample = [Voice(3.4, 1)]
    assert estimate(Side.WORK, sample, 10).mean > estimate(Side.GET, sample, 10).mean


@given(sides, some_voices)
def test_probabilities_fall_and_quantiles_rise(side: Side, sample: list[Voice]) -> None:
    result = estimate(side, sample, 12)
    chances = [result.probability_above(cut / 4) for cut in range(0, 25)]
    assert all(high >= low - 1e-12 for high, low in pairwise(chances))
    assert chances[0] == pytest.approx(1, abs=0.02) and chances[-1] == pytest.approx(0, abs=0.02)
    low, middle, high = (find_quantile(result, share) for share in (0.05, 0.5, 0.95))
    assert low < middle < high
    assert result.probability_above(low) == pytest.approx(0.95, abs=1e-6)
    assert 1 <= result.mean <= 5


def test_a_density_on_one_point_gives_a_plain_normal_distribution() -> None:
    weights = tuple(float(k == 80) for k in range(161))
    result, normal = Estimate(weights, 0.3, 5), NormalDist(3, 0.3)
    assert result.mean == 3
    assert result.probability_above(3.25) == pytest.approx(1 - normal.cdf(3.25))
    assert find_quantile(result, 0.05) == pytest.approx(normal.inv_cdf(0.05))


def test_hundreds_of_extreme_voices_stay_in_the_range_of_a_float() -> None:
    result = estimate(Side.GET, [Voice(1.0, 5)] * 200 + [Voice(5.0, 5)] * 200, 60)
    assert math.fsum(result.weights) == pytest.approx(1) and 1 < result.mean < 5


@pytest.mark.parametrize(("sample", "ballots"), [([], 10), ([Voice(3, 1)], 0)])
def test_an_estimate_without_voices_or_ballots_is_refused(
    sample: list[Voice], ballots: int
) -> None:
    with pytest.raises(ValueError, match="needs a voice and a ballot"):
        estimate(Side.GET, sample, ballots)
