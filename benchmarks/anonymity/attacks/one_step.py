"""Somebody compares two rounds in which one rater moved one answer by one step."""

from benchmarks.anonymity.lapse import bands_at_the_cut
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from peerreview.domain.tally.release import FIVE_BANDS_FROM, THREE_BANDS_FROM, Band, band_of


def _band(total: int, voices: int, last: Band | None) -> Band | None:
    low, more = divmod(total, voices)
    return band_of([low + 1] * more + [low] * (voices - more), last)


def play(table: Table) -> bool:
    """Tell whether any band moves."""
    for voices in (THREE_BANDS_FROM, FIVE_BANDS_FROM):
        for total in range(voices + 1, 5 * voices):
            last = _band(total, voices, None)
            if any(_band(total + step, voices, last) != last for step in (-1, 1)):
                return True
    return False


ATTACK = Attack("ZERO", "one step", "two boards", play, bands_at_the_cut, "no hysteresis")
