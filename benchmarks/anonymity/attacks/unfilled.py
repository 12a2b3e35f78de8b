"""Whoever holds the file looks which places hold no ballot yet: those of a code belong together.

What nobody wrote is often emptier than what is sealed, and its first key has a top bit no key has.
"""

from benchmarks.anonymity.leak import empty_places
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import data

_TOP, _FEWEST = 0x80, 56


def play(table: Table) -> bool:
    """Tell whether a place shows that nobody has put a ballot in."""
    rows = [data(hole.row) for hole in table.round.box().slots]
    return any(row[31] & _TOP or len(set(row)) < _FEWEST for row in rows)


ATTACK = Attack("ZERO", "unfilled places", "the box file", play, empty_places, "not prefilled")
