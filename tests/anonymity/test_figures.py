"""The statistics of the attack suite have known values and keep known laws."""

from math import exp, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.anonymity.guessing import guess_answers
from benchmarks.anonymity.regression import LogisticCurve, ridge_weights
from benchmarks.anonymity.result import (
    NO_LEAK,
    Attack,
    Figure,
    Result,
    advantage,
    area,
    exact,
    share,
    standard_errors,
)

pytestmark = pytest.mark.anonymity

scores = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=40)


@pytest.mark.parametrize(("attacks", "z"), [(1, 1.6449), (2, 1.9600), (10, 2.5758)])
def test_more_attacks_widen_the_bound(attacks: int, z: float) -> None:
    assert standard_errors(attacks) == pytest.approx(z, abs=1e-4)


def test_a_share_has_wilsons_interval() -> None:
    tenth = share(10, 100)  # z = 1.6449: (11.3528 ± 1.6449·√9.6764) / 102.7055
    assert (tenth.value, tenth.low, tenth.high) == pytest.approx((0.1, 0.06071, 0.16036), abs=1e-5)
    nothing = share(0, 8_000)
    assert nothing.low == 0 and nothing.high == pytest.approx(1.6449**2 / (8_000 + 1.6449**2), 1e-3)


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_interval_of_a_share_contains_it_and_lies_within_0_and_1(hits: int, more: int) -> None:
    figure = share(hits, hits + more)
    assert 0 <= figure.low <= figure.value + 1e-12
    assert figure.value <= figure.high + 1e-12 <= 1 + 1e-12


@given(scores, scores)
def test_an_area_equals_the_count_over_all_pairs(alike: list[float], unlike: list[float]) -> None:
    wins = sum((a > b) + (a == b) / 2 for a in alike for b in unlike)
    expected = abs(wins / (len(alike) * len(unlike)) - 0.5)
    assert isclose(area(alike, unlike, 1).value, expected, abs_tol=1e-9)


@given(scores, scores)
def test_an_area_doesnt_depend_on_the_sign_of_the_score(
    alike: list[float], unlike: list[float]
) -> None:
    turned = area([-score for score in alike], [-score for score in unlike], 1)
    assert isclose(area(alike, unlike, 1).value, turned.value, abs_tol=1e-9)


def test_a_perfect_score_has_the_largest_area_and_a_constant_score_none() -> None:
    assert area([2.0] * 10, [1.0] * 10, 1).value == 0.5
    nothing = area([1.0] * 10_000, [1.0] * 10_000, 5)
    assert nothing.value == 0 and nothing.high == pytest.approx(2.3263 * 0.0040826, rel=1e-3)


def test_a_perfect_score_has_an_advantage_of_1() -> None:
    truths = [Random(1).random() < 0.5 for _ in range(200)]
    for sign in (1, -1):
        assert advantage([sign * float(truth) for truth in truths], truths, 1).value == 1


def test_an_advantage_is_signed_and_counts_only_the_second_half() -> None:
    # The rule of the first half is wrong in the second.
    truths = [number % 2 == 0 for number in range(100)]
    scores = [float(truth if number < 50 else not truth) for number, truth in enumerate(truths)]
    assert advantage(scores, truths, 1).value == -1


@given(st.integers(0, 2**32))
def test_the_advantage_of_random_guesses_is_about_zero(seed: int) -> None:
    random = Random(seed)
    truths = [random.random() < 0.5 for _ in range(4_000)]
    figure = advantage([random.random() for _ in truths], truths, 1)
    assert abs(figure.value) < 6 / 2_000**0.5 and figure.low < figure.value < figure.high


@pytest.mark.parametrize(
    ("figure", "mark", "control", "verdict"),
    [
        (exact(0), 0, 1.0, "holds"),
        (exact(1), 0, 1.0, "falls short"),
        (Figure(0.01, 0.0, 0.02), 0.02, 0.9, "holds"),
        (Figure(0.01, 0.0, 0.021), 0.02, 1.0, "falls short"),
        (Figure(0.01, 0.0, 0.02), 0.02, 0.89, "its control isn't beaten"),
    ],
)
def test_the_upper_end_of_the_interval_and_the_control_decide_the_verdict(
    figure: Figure, mark: float, control: float, verdict: str
) -> None:
    result = Result(Attack("LINK", "", "", len, NO_LEAK, ""), figure, mark, control)
    assert result.verdict == verdict
    assert (result.excess <= 1) is result.holds is (verdict != "falls short")


def test_ridge_weights_recover_the_true_weights() -> None:
    random = Random(4)
    cases = [[1.0, random.gauss(0, 1), random.gauss(0, 1), 0.0] for _ in range(2_000)]
    targets = [3 + 2 * first - second + random.gauss(0, 0.1) for _, first, second, _ in cases]
    assert ridge_weights(cases, targets) == pytest.approx([3, 2, -1, 0], abs=0.02)


def test_equal_numbers_share_their_weight() -> None:
    cases = [[float(number), float(number)] for number in range(-50, 51)]
    targets = [case[0] for case in cases]
    assert ridge_weights(cases, targets) == pytest.approx([0.5, 0.5], abs=0.01)


def test_a_logistic_curve_recovers_the_true_chances() -> None:
    random = Random(5)
    numbers = [random.gauss(0, 1) for _ in range(8_000)]
    points = [-1.0, 0.0, 0.5, 1.0, 1.6]
    curve = LogisticCurve(
        numbers, [random.random() < 1 / (1 + exp(1 - 2 * number)) for number in numbers]
    )
    true_chances = [1 / (1 + exp(1 - 2 * point)) for point in points]
    assert curve(points) == pytest.approx(true_chances, abs=0.02)


def test_a_logistic_curve_of_certain_events_is_steep_and_finite() -> None:
    numbers = [float(number % 5) - 2 for number in range(1_000)]
    curve = LogisticCurve(numbers, [number > 0 for number in numbers])
    assert curve(0.0) < 0.01 and curve(1.0) > 0.99


@pytest.mark.parametrize(("chance", "least", "most"), [(0.8, 0, 0.005), (0.97, 0.95, 0.99)])
def test_a_guess_is_sure_only_if_it_is_right_in_nine_of_ten_cases(
    chance: float, least: float, most: float
) -> None:
    random = Random(6)
    noise = [[random.gauss(0, 1) for _ in range(20)] for _ in range(4_000)]
    answers = [5 if random.random() < chance else random.randint(1, 4) for _ in noise]
    cases = [[1.0, *numbers] for numbers in noise]
    half = 2_000
    guesses = list(guess_answers(cases[:half], answers[:half], cases[half:], answers[half:]))
    sure = sum(is_sure for _, is_sure in guesses) / len(guesses)
    assert least <= sure <= most, sure
