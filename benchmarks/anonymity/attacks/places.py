"""Whoever holds the file looks how near two places lie, which is how near their ids are."""

from benchmarks.anonymity.leak import a_block_each
from benchmarks.anonymity.linking import Place
from benchmarks.anonymity.result import Attack


def score(one: Place, two: Place) -> float:
    """Return how near two places are."""
    return -abs(one.at - two.at)


ATTACK = Attack("LINK", "places and ids", "the box file", score, a_block_each, "a block a rater")
