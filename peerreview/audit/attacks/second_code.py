"""A rater hands in twice under one code, or draws again and again."""

from peerreview.audit.forging import HEADS, HONEST, PARTNERS, Forgery, Table
from peerreview.audit.leak import endless_codes


def play(table: Table) -> bool:
    """Draw more codes than there are heads."""
    for _ in range(HEADS - HONEST + 1):
        table.round.turn([1] * PARTNERS)
    return True


ATTACK = Forgery("a second code", "the program", play, endless_codes, "no limit")
