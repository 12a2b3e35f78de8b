"""How much numbers say about others, and how likely something is: without a library.

Knows numbers; must not know what they are about.
"""

from collections.abc import Callable, Sequence
from math import exp, sqrt
from operator import mul

_RIDGE = 1e-3
_ROUNDS, _FARTHEST, _SLACK = 12, 30.0, 1e-6


def weights(
    seen: Sequence[Sequence[float]], wanted: Sequence[float], ridge: float = _RIDGE
) -> list[float]:
    """Return the weights whose sums over what is seen come nearest to what is wanted.

    Args:
        seen: the numbers, one list a case, all of one length.
        wanted: the other number, one a case.
        ridge: keeps numbers that say the same from being played off against each other.
    """
    columns = list(zip(*seen, strict=True))
    table = [
        [float(sum(map(mul, one, two))) for two in (*columns, tuple(wanted))] for one in columns
    ]
    for place, line in enumerate(table):
        line[place] += ridge * len(seen)
    for place, line in enumerate(table):
        line[:] = [each / line[place] for each in line]
        for other in (each for each in table if each is not line):
            share = other[place]
            other[:] = [a - share * b for a, b in zip(other, line, strict=True)]
    return [line[-1] for line in table]


def odds(numbers: Sequence[float], hits: Sequence[bool]) -> Callable[[float], float]:
    """Return how likely something is at a number: logistic regression.

    It is least squares over and over, each time about the chances found before (IRLS).

    Args:
        numbers: one a case, of a size of about 1.
        hits: whether it was so, one a case.
    """
    level = slope = 0.0

    def chance(number: float) -> float:
        return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, level + slope * number))))

    for _ in range(_ROUNDS):
        seen: list[tuple[float, float]] = []
        wanted: list[float] = []
        for number, hit in zip(numbers, hits, strict=True):
            likely = chance(number)
            size = sqrt(likely * (1 - likely) + _SLACK)
            seen.append((size, size * number))
            wanted.append(size * (level + slope * number) + (hit - likely) / size)
        level, slope = weights(seen, wanted, _SLACK)
    return chance
