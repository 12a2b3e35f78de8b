"""Whoever holds the file reads the bytes of a place as the moment it was written."""

from benchmarks.anonymity.leak import times_on_places
from benchmarks.anonymity.linking import Place
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import data


def score(one: Place, two: Place) -> float:
    """Return how near two moments are, if they are any."""
    first, second = (int.from_bytes(data(each.hole.row)[:8], "big") for each in (one, two))
    return -abs(first - second)


ATTACK = Attack("LINK", "time stamps", "the box file", score, times_on_places, "times stored")
