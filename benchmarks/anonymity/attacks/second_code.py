"""A rater hands in twice under one code, or draws again and again."""

from benchmarks.anonymity.lapse import endless_codes
from benchmarks.anonymity.playing import HEADS, HONEST, PARTNERS, Table
from benchmarks.anonymity.result import Attack


def play(table: Table) -> bool:
    """Draw more codes than there are heads."""
    for _ in range(HEADS - HONEST + 1):
        table.round.turn([1] * PARTNERS)
    return True


ATTACK = Attack("FORGE", "a second code", "the program", play, endless_codes, "no limit")
