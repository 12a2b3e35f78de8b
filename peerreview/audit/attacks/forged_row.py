"""The holder of the file seals a row to the public key and puts it over somebody's."""

from nacl.public import PublicKey

from peerreview.audit.lapse import unchecked_rows
from peerreview.audit.playing import Table, with_row
from peerreview.audit.result import Attack
from peerreview.ballotbox.key import TAG_BYTES, data
from peerreview.ballotbox.row import seal
from peerreview.domain.box import Box


def play(table: Table) -> bool:
    """Replace a row by one made without a code."""

    def forged(box: Box) -> Box:
        place = next(at for at, hole in enumerate(box.holes) if hole.tag)
        row = seal(PublicKey(data(box.head.public_key)), bytes(TAG_BYTES), 0, None)
        return with_row(box, place, row)

    table.rewrite(forged)
    return table.unseen()


ATTACK = Attack("FORGE", "a forged row", "the box file", play, unchecked_rows, "rows unchecked")
