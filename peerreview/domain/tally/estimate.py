"""The estimate: what a handful of answers says about one side of one partner.

Source: docs/design/statistics.md, "The estimate": a t-likelihood (4 degrees of freedom) around each
voice, a normal prior, on a grid from 1 to 5; then widened for what a round of few raters can't
know.
A grid density widened by a normal is a mixture of normals, so its probabilities are exact sums.
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
"""Mean and spread of a side before any voice is heard."""
_UNIT = NormalDist()


@dataclass(frozen=True)
class Estimate:
    """What is known of one side: weights on the grid, and the spread that widens them.

    Attributes:
        weights: probabilities of the points of `GRID`, summing to 1.
        spread: standard deviation added to each point (people who weren't asked).
        answered: mean number of answers a voice gave on this side.
    """

    weights: tuple[float, ...]
    spread: float
    answered: float

    @cached_property
    def mean(self) -> float:
        """The index, 1 to 5."""
        return math.fsum(w * x for w, x in zip(self.weights, GRID, strict=True))

    def probability_above(self, cut: float) -> float:
        """Return the probability that the side is at or above `cut`."""
        return math.fsum(
            w * _UNIT.cdf((x - cut) / self.spread)
            for w, x in zip(self.weights, GRID, strict=True)
            if w > 1e-12
        )


def _log_likelihood(voices: Sequence[Voice]) -> list[float]:
    """Return -2.5 times the sum of log(1 + z²/4) over the voices, at each grid point.

    The factors are multiplied first: far fewer logarithms, and the product of all the voices a
    round can have stays within the range of a float.
    """
    products = [1.0] * len(GRID)
    for voice in voices:
        x, inverse = voice.value, 1 / (4 * (0.20 + 0.35 / voice.answered))
        factors = [1 + (x - theta) * (x - theta) * inverse for theta in GRID]
        products = list(map(mul, products, factors))
    return [-2.5 * math.log(each) for each in products]


def estimate(side: Side, voices: Sequence[Voice], ballots: int) -> Estimate:
    """Return the estimate of one side of one partner.

    Args:
        side: which side; decides the prior.
        voices: one a row that answered something on this side; their order doesn't matter.
        ballots: B, the number of ballots of the round.

    Raises:
        ValueError: There is no voice or no ballot.
    """
    if not voices or ballots < 1:
        raise ValueError("an estimate needs a voice and a ballot")
    voices = sorted(voices)
    centre, tau = PRIOR[side]
    logs = [
        likelihood - (theta - centre) ** 2 / (2 * tau * tau)
        for theta, likelihood in zip(GRID, _log_likelihood(voices), strict=True)
    ]
    top = max(logs)
    raw = [math.exp(each - top) for each in logs]
    total = math.fsum(raw)
    answered = sum(voice.answered for voice in voices) / len(voices)
    variance = 0.2025 / ballots + 0.11 * max(0.0, 1 / answered - 1 / 5)
    return Estimate(tuple(each / total for each in raw), math.sqrt(variance), answered)
