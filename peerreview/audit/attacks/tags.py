"""Whoever holds the file compares the marks on taken places, byte by byte."""

from peerreview.audit.leak import names_on_places
from peerreview.audit.linking import Place
from peerreview.audit.result import Attack
from peerreview.ballotbox.key import data


def score(one: Place, two: Place) -> float:
    """Return how many bytes two marks share."""
    pairs = zip(data(one.hole.tag), data(two.hole.tag), strict=True)
    return sum(a == b for a, b in pairs)


ATTACK = Attack("LINK", "marks", "the box file", score, names_on_places, "names stored")
