"""How much numbers say about others, and how likely something is: without a library.

Knows numbers; must not know what they are about.
"""

from collections.abc import Sequence
from math import exp
from operator import mul
from typing import NamedTuple

_RIDGE = 1e-3
"""Keeps numbers that say the same from being played off against each other."""
_ROUNDS, _FARTHEST, _SLACK = 25, 30.0, 1e-6


class Odds(NamedTuple):
    """How the chance of something rises or falls with a number.

    Attributes:
        level: the logarithm of the odds at 0.
        slope: how much it grows from one number to the next.
    """

    level: float
    slope: float

    def chance(self, number: float) -> float:
        """Return how likely it is at a number."""
        found = self.level + self.slope * number
        return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, found))))


def odds(numbers: Sequence[float], hits: Sequence[bool]) -> Odds:
    """Return the odds that fit what was seen: logistic regression, by Newton's method.

    Args:
        numbers: one a case, of a size of about 1.
        hits: whether it was so, one a case.
    """
    found = Odds(0.0, 0.0)
    for _ in range(_ROUNDS):
        chances = list(map(found.chance, numbers))
        misses = [hit - chance for hit, chance in zip(hits, chances, strict=True)]
        spreads = [chance * (1 - chance) + _SLACK for chance in chances]
        tilts = list(map(mul, spreads, numbers))
        pull = sum(misses), sum(map(mul, misses, numbers)) - _RIDGE * found.slope
        level, both, slope = sum(spreads), sum(tilts), sum(map(mul, tilts, numbers)) + _RIDGE
        size = level * slope - both * both
        steps = (slope * pull[0] - both * pull[1], level * pull[1] - both * pull[0])
        one, two = (max(-1.0, min(1.0, each / size)) for each in steps)
        found = Odds(found.level + one, found.slope + two)
        if abs(one) + abs(two) < _SLACK:
            break
    return found


def weights(seen: Sequence[Sequence[float]], wanted: Sequence[float]) -> list[float]:
    """Return the weights whose sums over what is seen come nearest to what is wanted.

    Args:
        seen: the numbers, one list a case, all of one length.
        wanted: the other number, one a case.
    """
    columns = list(zip(*seen, strict=True))
    table = [
        [float(sum(map(mul, one, two))) for two in (*columns, tuple(wanted))] for one in columns
    ]
    for place, line in enumerate(table):
        line[place] += _RIDGE * len(seen)
    for place, line in enumerate(table):
        line[:] = [each / line[place] for each in line]
        for other in (each for each in table if each is not line):
            share = other[place]
            other[:] = [a - share * b for a, b in zip(other, line, strict=True)]
    return [line[-1] for line in table]
