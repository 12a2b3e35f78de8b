"""Whoever holds the file looks how near to one another two places lie in it."""

from peerreview.audit.leak import a_block_each
from peerreview.audit.linking import LinkAttack, Place


def score(one: Place, two: Place) -> float:
    """Return how near two places are."""
    return -abs(one.at - two.at)


ATTACK = LinkAttack("places", "the box file", score, a_block_each, "a block a rater")
