"""Whoever holds the file counts, partner by partner, which of the taken places comes first.

If places were handed out from the front, the third at one partner would be the third at all.
"""

from peerreview.audit.leak import plain_append
from peerreview.audit.linking import Place
from peerreview.audit.result import Attack


def score(one: Place, two: Place) -> float:
    """Return how near the ranks of two places are."""
    return -abs(one.rank - two.rank)


ATTACK = Attack("LINK", "append order", "the box file", score, plain_append, "first free place")
