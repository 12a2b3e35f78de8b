"""Simulated partners and raters for the guessing games (docs/design/statistics.md).

Raters are kinder or stricter with everybody, have a halo for every side of a partner, answer with
some randomness, and leave a fifth of the questions open.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import floor, sqrt
from random import Random
from typing import NamedTuple

from peerreview import shipped
from peerreview.domain.rating.ballot import Row
from peerreview.domain.rating.criteria import CriteriaSet, Section, Side
from peerreview.domain.rating.scale import CANT_SAY, NO, Scale

_KINDNESS, _HALO, _NOISE, _CANT_SAY = 0.5, 0.45, 0.7, 0.2
_LINE = sqrt(0.25**2 + 0.35**2)
"""The spread of a partner's questions around their side."""
_SIDES = {Side.GET: (3.4, 0.8, 1.0), Side.GIVE: (3.6, 0.55, 0.35), Side.WORK: (3.7, 0.7, 0.4)}
"""Mean, spread, and correlation with what comes back."""


@cache
def criteria() -> CriteriaSet:
    """Return the criteria set that the simulated rounds use."""
    return shipped.load_criteria_sets()["vendor"]


class Rater(NamedTuple):
    """A rater's kindness to everybody, and the halo of each side of one partner."""

    kindness: float
    halo: Mapping[Side, float]


def draw_firm(random: Random) -> list[float]:
    """Return a partner's true value on every question, 1 to 5; for letdowns 5 means never."""
    common = random.gauss(0, 1)
    sides = {
        side: mean + spread * (along * common + sqrt(1 - along**2) * random.gauss(0, 1))
        for side, (mean, spread, along) in _SIDES.items()
    }
    return [sides[_side(question.id)] + random.gauss(0, _LINE) for question in criteria().questions]


@cache
def _side(question: str) -> Side:
    weights = criteria().weights
    position = criteria().positions[question]
    sides = (side for side in Side if any(weight.position == position for weight in weights[side]))
    return next(sides, Side.WORK)


def draw_rater(random: Random, kindness: float | None = None) -> Rater:
    """Return a rater with random halos and, unless it is given, a random kindness."""
    drawn = random.gauss(0, _KINDNESS) if kindness is None else kindness
    return Rater(drawn, {side: random.gauss(0, _HALO) for side in Side})


def draw_row(random: Random, firm: Sequence[float], rater: Rater) -> Row:
    """Return a row; the starred pair is answered, and about a fifth of the rest is not."""
    questions = criteria()

    def answer(position: int, value: float) -> int:
        question = questions.questions[position]
        if question.scale is Scale.YES_NO:
            return NO
        if question.id not in questions.starred_pair and random.random() < _CANT_SAY:
            return CANT_SAY
        felt = value + rater.kindness + rater.halo[_side(question.id)] + random.gauss(0, _NOISE)
        rounded = floor(max(1.0, min(5.0, felt)) + 0.5)
        return 6 - rounded if question.section is Section.BAD else rounded

    severity = floor(4 * max(-1.0, min(1.0, random.gauss(rater.kindness, 0.3) / 2)) + 0.5) / 4
    return Row(tuple(answer(*item) for item in enumerate(firm)), severity)
