"""The holder of the file looks for a key of his own whose three words are those of the box.

All three take 2^33 keys: hours if one only has to be hashed, decades of a core at an Argon2id each.
Played for the first word, by somebody who hashes as much as he likes and can't pay an Argon2id.
"""

from nacl.utils import random

from benchmarks.anonymity.lapse import words_at_once
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox import keeper
from peerreview.ballotbox.key import Strength, Stretcher, text
from peerreview.ballotbox.words import Words
from peerreview.domain.errors import RuleError

_TRIES = 25_000


class _Poor(Stretcher):
    def stretch(self, words: Words, salt: bytes) -> bytes:
        raise RuleError("an Argon2id a key is too much")


def play(table: Table) -> bool:
    """Try keys until the first word is the box's."""
    head, wanted = table.round.box().head, table.seats[0].check_words[0]
    poor = _Poor(Strength())
    keys = (text(random(32)) for _ in range(_TRIES))
    return any(keeper.check_words(head.evolve(public_key=key), poor)[0] == wanted for key in keys)


ATTACK = Attack("FORGE", "a key like the box's", "box, 25,000 keys", play, words_at_once,
                "words at once")  # fmt: skip
