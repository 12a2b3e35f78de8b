"""Whoever holds the file compares the marks on taken places, byte by byte."""

from benchmarks.anonymity.leak import names_on_places
from benchmarks.anonymity.linking import Place
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import data


def score(one: Place, two: Place) -> float:
    """Return how many bytes two marks share."""
    pairs = zip(data(one.hole.tag), data(two.hole.tag), strict=True)
    return sum(a == b for a, b in pairs)


ATTACK = Attack("LINK", "marks", "the box file", score, names_on_places, "names stored")
