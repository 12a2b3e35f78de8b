"""The holder of the file puts an older copy back: a ballot that was replaced since counts again."""

from benchmarks.anonymity.lapse import same_receipt
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack


def play(table: Table) -> bool:
    """Let somebody rate again, then put the copy from before back."""
    copy = table.round.box_file.read_bytes()
    table.receipts[0] = table.again(0, 2)
    table.round.box_file.write_bytes(copy)
    return table.unseen()


ATTACK = Attack("FORGE", "an older copy", "copies between turns", play, same_receipt, "no receipt")
