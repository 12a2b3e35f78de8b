"""The estimate of one side of one partner, from a few voices.

Source: docs/design/statistics.md, "The estimate": a t-likelihood (4 degrees of freedom) around each
voice and a normal prior, on a grid from 1 to 5, widened by a normal distribution because only a few
people were asked. That makes a mixture of normal distributions, so probabilities are exact sums.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from statistics import NormalDist

from peerreview.domain.rating.ballot import Voice
from peerreview.domain.rating.criteria import Side

STEP = 0.025
GRID = tuple(1 + STEP * k for k in range(161))
PRIOR = {Side.GET: (3.4, 0.65), Side.GIVE: (3.4, 0.65), Side.WORK: (3.6, 0.60)}
"""The mean and the standard deviation of a side without any voice."""
_UNIT = NormalDist()


@dataclass(frozen=True)
class Estimate:
    """A probability distribution of the index of one side.

    Attributes:
        weights: the probabilities of the points of `GRID`; their sum is 1.
        spread: the standard deviation of the normal distribution around every point.
        answered: the mean number of answers in a voice on this side.
    """

    weights: tuple[float, ...]
    spread: float
    answered: float

    @cached_property
    def mean(self) -> float:
        """The mean index, 1 to 5."""
        return math.fsum(weight * point for weight, point in zip(self.weights, GRID, strict=True))

    def probability_above(self, cut: float) -> float:
        """Return the probability that the index is at or above `cut`."""
        return math.fsum(
            weight * _UNIT.cdf((point - cut) / self.spread)
            for weight, point in zip(self.weights, GRID, strict=True)
            if weight > 1e-12
        )


def _compute_log_likelihood(voices: Sequence[Voice]) -> list[float]:
    """Return -2.5 times the sum of log(1 + z²/4) over the voices, at every grid point.

    The factors are multiplied first, to take fewer logarithms; their product stays within the range
    of a float with all voices that a round can have.
    """
    products = [1.0] * len(GRID)
    for voice in voices:
        x = voice.value
        inverse = 1 / (4 * (0.20 + 0.35 / voice.answered))
        factors = [1 + (x - theta) * (x - theta) * inverse for theta in GRID]
        products = list(map(mul, products, factors))
    return [-2.5 * math.log(product) for product in products]


def estimate(side: Side, voices: Sequence[Voice], ballots: int) -> Estimate:
    """Return the estimate of one side of one partner.

    Args:
        side: the side, for its prior.
        voices: the voices on this side, in any order.
        ballots: the number of ballots of the round.

    Raises:
        ValueError: There is no voice or no ballot.
    """
    if not voices or ballots < 1:
        raise ValueError("an estimate needs a voice and a ballot")
    voices = sorted(voices)
    centre, tau = PRIOR[side]
    logs = [
        likelihood - (theta - centre) ** 2 / (2 * tau * tau)
        for theta, likelihood in zip(GRID, _compute_log_likelihood(voices), strict=True)
    ]
    top = max(logs)
    densities = [math.exp(log - top) for log in logs]
    total = math.fsum(densities)
    answered = sum(voice.answered for voice in voices) / len(voices)
    variance = 0.2025 / ballots + 0.11 * max(0.0, 1 / answered - 1 / 5)
    weights = tuple(density / total for density in densities)
    return Estimate(weights, math.sqrt(variance), answered)
