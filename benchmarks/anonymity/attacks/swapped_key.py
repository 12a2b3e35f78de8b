"""The holder of the file puts a public key of his own into the box, to read what comes next."""

from nacl.public import PrivateKey

from benchmarks.anonymity.lapse import one_check_word
from benchmarks.anonymity.playing import HONEST, PARTNERS, Table
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import text
from peerreview.domain.round.box import Box


def play(table: Table) -> bool:
    """Swap the key; the next rater compares the words of the box with the room's."""
    remembered = table.seats[0].check_words
    own = text(bytes(PrivateKey.generate().public_key))

    def swapped(box: Box) -> Box:
        return Box(box.head.evolve(public_key=own), box.tickets, box.slots)

    table.rewrite(swapped)
    return table.round.turn([HONEST] * PARTNERS).check_words == remembered


ATTACK = Attack("FORGE", "a swapped key", "the box file", play, one_check_word, "no check words")
