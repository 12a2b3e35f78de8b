"""Whoever took copies between the turns compares how long the stored texts really are."""

from benchmarks.anonymity.leak import rows_of_any_length
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.swapping import Trace


def score(one: Trace, two: Trace) -> float:
    """Return how much longer the first is, padding left out."""
    return len(one.cast.row.rstrip("=")) - len(two.cast.row.rstrip("="))


ATTACK = Attack("SWAP", "lengths", "copies between turns", score, rows_of_any_length, "unpadded")
