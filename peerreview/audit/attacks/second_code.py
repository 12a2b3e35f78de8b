"""A rater hands in twice under one code, or draws again and again."""

from peerreview.audit.lapse import endless_codes
from peerreview.audit.playing import HEADS, HONEST, PARTNERS, Table
from peerreview.audit.result import Attack


def play(table: Table) -> bool:
    """Draw more codes than there are heads."""
    for _ in range(HEADS - HONEST + 1):
        table.round.turn([1] * PARTNERS)
    return True


ATTACK = Attack("FORGE", "a second code", "the program", play, endless_codes, "no limit")
