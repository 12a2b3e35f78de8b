"""Made-up partners and raters for guessing games: those of the accuracy benchmark.

Raters are kinder or harder on everybody, with a halo a side, chance in every answer, and a fifth of
the lines left open. Knows a population; must not know what is released or guessed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import floor, sqrt
from random import Random
from typing import NamedTuple

from peerreview import shipped
from peerreview.domain.rating.ballot import CANT_SAY, NO, Row
from peerreview.domain.rating.criteria import CriteriaSet, Scale, Section, Side

_KINDNESS, _HALO, _NOISE, _CANT_SAY = 0.5, 0.45, 0.7, 0.2
_LINE = sqrt(0.25**2 + 0.35**2)
"""How far a partner's lines lie from its side: some are easier for everybody, some for it."""
_SIDES = {Side.GET: (3.4, 0.8, 1.0), Side.GIVE: (3.6, 0.55, 0.35), Side.WORK: (3.7, 0.7, 0.4)}
"""Mean, spread, and how much of it goes along with what comes back."""


@cache
def criteria() -> CriteriaSet:
    """Return the set that is asked."""
    return shipped.load_criteria_sets()["vendor"]


class Rater(NamedTuple):
    """How kind somebody is to everybody, and how he feels about each side of one partner."""

    kindness: float
    halo: Mapping[Side, float]


def draw_firm(random: Random) -> list[float]:
    """Return a partner's own value on every line, letdowns as 5 for never."""
    common, asked = random.gauss(0, 1), criteria()
    sides = {
        side: mean + spread * (along * common + sqrt(1 - along**2) * random.gauss(0, 1))
        for side, (mean, spread, along) in _SIDES.items()
    }
    return [sides[_side(each.id)] + random.gauss(0, _LINE) for each in asked.questions]


@cache
def _side(question: str) -> Side:
    weights = criteria().weights
    place = criteria().position[question]
    sides = (side for side in Side if any(each.position == place for each in weights[side]))
    return next(sides, Side.WORK)


def draw_rater(random: Random, kindness: float | None = None) -> Rater:
    """Return somebody, as kind as anybody or as kind as he is known to be."""
    own = random.gauss(0, _KINDNESS) if kindness is None else kindness
    return Rater(own, {side: random.gauss(0, _HALO) for side in Side})


def draw_row(random: Random, firm: Sequence[float], rater: Rater) -> Row:
    """Return a voice: the starred pair is answered, a fifth of the other lines isn't."""
    asked = criteria()

    def answer(place: int, value: float) -> int:
        line = asked.questions[place]
        if line.scale is Scale.YES_NO:
            return NO
        if line.id not in asked.pair and random.random() < _CANT_SAY:
            return CANT_SAY
        felt = value + rater.kindness + rater.halo[_side(line.id)] + random.gauss(0, _NOISE)
        rounded = floor(max(1.0, min(5.0, felt)) + 0.5)
        return 6 - rounded if line.section is Section.BAD else rounded

    severity = floor(4 * max(-1.0, min(1.0, random.gauss(rater.kindness, 0.3) / 2)) + 0.5) / 4
    return Row(tuple(answer(*each) for each in enumerate(firm)), severity)
