"""The holder of the file seals a row to the public key and puts it over somebody's.

Whoever comes back sees another receipt; here nobody does.
"""

from nacl.public import PublicKey

from benchmarks.anonymity.lapse import unchecked_rows
from benchmarks.anonymity.playing import HONEST, Table
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import TAG_BYTES, data
from peerreview.ballotbox.row import seal
from peerreview.domain.round.box import Box, Change


def play(table: Table) -> bool:
    """Replace a row by one made without a code; close."""

    def forged(box: Box) -> Box:
        hole = next(hole for hole in box.slots if hole.tag)
        row = seal(PublicKey(data(box.head.public_key)), bytes(TAG_BYTES), hole.partner, None)
        return box.changed(Change(slots=[hole._replace(row=row)]))

    table.rewrite(forged)
    table.round.close(HONEST)
    return True


ATTACK = Attack("FORGE", "a forged row", "the box file", play, unchecked_rows, "rows unchecked")
