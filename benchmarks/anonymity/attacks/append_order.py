"""Whoever holds the file counts, partner by partner, which of the taken places comes first.

If places were handed out from the front, the third at one partner would be the third at all.
"""

from benchmarks.anonymity.leak import plain_append
from benchmarks.anonymity.linking import Place
from benchmarks.anonymity.result import Attack


def score(one: Place, two: Place) -> float:
    """Return how near the ranks of two places are."""
    return -abs(one.rank - two.rank)


ATTACK = Attack("LINK", "append order", "the box file", score, plain_append, "first free place")
