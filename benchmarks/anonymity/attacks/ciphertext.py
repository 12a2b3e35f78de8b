"""Whoever holds the file compares what is sealed in two places, byte by byte.

A rater with the same style everywhere, or a sealing that repeats itself, would show.
"""

from benchmarks.anonymity.leak import one_nonce
from benchmarks.anonymity.linking import Place
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import data


def score(one: Place, two: Place) -> float:
    """Return how many bytes two sealed texts share."""
    pairs = zip(data(one.hole.row), data(two.hole.row), strict=True)
    return sum(a == b for a, b in pairs)


ATTACK = Attack("LINK", "sealed texts", "the box file", score, one_nonce, "fixed nonce")
