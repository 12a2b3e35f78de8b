"""Whoever took copies between the turns compares how long the stored texts really are."""

from peerreview.audit.leak import rows_of_any_length
from peerreview.audit.result import Attack
from peerreview.audit.swapping import Trace


def score(one: Trace, two: Trace) -> float:
    """Return how much longer the first is, padding left out."""
    return len(one.cast.row.rstrip("=")) - len(two.cast.row.rstrip("="))


ATTACK = Attack("SWAP", "lengths", "copies between turns", score, rows_of_any_length, "unpadded")
