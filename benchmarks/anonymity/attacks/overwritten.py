"""The facilitator knows everybody's code, and hands in another ballot under one of them."""

from benchmarks.anonymity.lapse import same_receipt
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack


def play(table: Table) -> bool:
    """Replace a ballot; its rater comes back and looks at the receipt."""
    table.again(0, 1)
    return table.unseen()


ATTACK = Attack("FORGE", "another's code", "all codes", play, same_receipt, "no receipt")
