"""The holder of the file draws a code for himself and hands a ballot in."""

from benchmarks.anonymity.lapse import uncounted_hands
from benchmarks.anonymity.playing import PARTNERS, Table
from benchmarks.anonymity.result import Attack


def play(table: Table) -> bool:
    """Hand in a fifth ballot where four hands will go up."""
    table.round.turn([1] * PARTNERS)
    return table.unseen()


ATTACK = Attack(
    "FORGE", "an extra ballot", "the program", play, uncounted_hands, "no hands counted"
)
