"""Somebody counts how many rated a partner for whom there are too few: none, one, two or three?"""

from benchmarks.anonymity.lapse import no_floor
from benchmarks.anonymity.leak import always, swapped
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.scratch import scratch
from peerreview.domain.round.round import LOWEST_FLOOR
from peerreview.services import rating

_RATERS = 5


def _released(voices: int) -> str:
    # A rater's own severity would go along with what he says about the other partner.
    with swapped(rating, "severity", always(0.0)), scratch(2, _RATERS) as round_:
        for number in range(_RATERS):
            round_.turn([4, 2 if number < voices else None])
        return round_.close(_RATERS).model_dump_json()


def play(table: Table) -> bool:
    """Compare what is kept of the round."""
    return len({_released(voices) for voices in range(LOWEST_FLOOR)}) > 1


ATTACK = Attack("ZERO", "fewer than four", "all that is kept", play, no_floor, "no least number")
