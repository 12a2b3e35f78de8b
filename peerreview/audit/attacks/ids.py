"""Whoever holds the file compares the ids of places: their gaps, and the order of their digits."""

from peerreview.audit.leak import a_block_each
from peerreview.audit.linking import LinkAttack, Place


def score(one: Place, two: Place) -> float:
    """Return how near two ids are."""
    return -abs(one.hole.id - two.hole.id)


ATTACK = LinkAttack("id gaps", "the box file", score, a_block_each, "ids in order")
