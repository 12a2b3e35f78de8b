"""Whoever holds the file and saw who sat there reads the stored bytes of both places."""

from benchmarks.anonymity.leak import rows_in_the_clear
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.swapping import Trace


def score(one: Trace, two: Trace) -> float:
    """Return how much larger the bytes of the first are."""
    return sum(one.cast.row.encode()) - sum(two.cast.row.encode())


ATTACK = Attack("SWAP", "stored bytes", "copies between turns", score, rows_in_the_clear, "no seal")
