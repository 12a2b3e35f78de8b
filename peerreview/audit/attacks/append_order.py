"""Whoever holds the file counts, partner by partner, which of the taken places comes first.

If places were handed out from the front, the third at one partner would be the third at all.
"""

from peerreview.audit.leak import plain_append
from peerreview.audit.linking import LinkAttack, Place


def score(one: Place, two: Place) -> float:
    """Return how near the ranks of two places are."""
    return -abs(one.rank - two.rank)


ATTACK = LinkAttack("append order", "the box file", score, plain_append, "first free place")
