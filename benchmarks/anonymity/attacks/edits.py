"""Whoever took copies between the turns looks what changed: also for somebody who knew nobody?"""

from benchmarks.anonymity.leak import no_dummies
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.swapping import Trace


def score(one: Trace, two: Trace) -> float:
    """Return which of the two places was written again when the ballot was handed in."""
    return (one.claimed.row != one.cast.row) - (two.claimed.row != two.cast.row)


ATTACK = Attack("SWAP", "what changed", "copies between turns", score, no_dummies, "no dummies")
