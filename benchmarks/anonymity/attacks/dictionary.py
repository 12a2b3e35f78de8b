"""Somebody with the box file tries codes until one fits a place.

Each guess costs one Argon2id at 64 MiB, so a list of 10^6 codes takes a core a day and a half, and
holds a code of twelve people once in 1.5 million lists. Played with guesses that cost less.
"""

from benchmarks.anonymity.leak import one_word_codes
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.scratch import WEAK
from peerreview.ballotbox.box import ballot_key, parse_code
from peerreview.ballotbox.key import Stretcher
from peerreview.ballotbox.words import CODE_WORDS, word_list


def play(table: Table) -> bool:
    """Try every word of the list, said four times."""
    box, stretcher = table.round.box(), Stretcher(WEAK)
    tags = {turn.tag for turn in box.tickets}
    codes = (parse_code(" ".join([word] * CODE_WORDS)) for word in word_list())
    return any(ballot_key(box.head, code, stretcher).turn_tag in tags for code in codes)


ATTACK = Attack("FORGE", "a list of codes", "box, 2,048 codes", play, one_word_codes, "short codes")
