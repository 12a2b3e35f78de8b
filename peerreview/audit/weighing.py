"""How much each of many numbers says about another one: least squares, without a library.

Knows numbers; must not know what they are about.
"""

from collections.abc import Sequence
from operator import mul

_RIDGE = 1e-3
"""Keeps numbers that say the same from being played off against each other."""


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
