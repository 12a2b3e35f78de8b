"""The verdict: from estimates to a street, how sure it is, and a word for the work.

Source: docs/design/statistics.md, "The cuts" and "The verdict".
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean, median

from peerreview.domain.rating.ballot import Voice
from peerreview.domain.tally.estimate import Estimate

CUT = 3.25
SOLID, LEANS = 0.85, 0.70
ENOUGH_ANSWERS = 2
MIXED_FROM = 5
_MIXED_TAIL = 0.05


class Street(StrEnum):
    """What kind of street a partner is, in the order of the board."""

    TWO_WAY = "two_way"
    WE_OWE = "we_owe"
    MIXED = "mixed"
    ONE_WAY = "one_way"
    QUIET = "quiet"
    TOO_CLOSE = "too_close"
    TOO_FEW = "too_few"


DECLARED = {
    Street.TWO_WAY: (True, True),
    Street.ONE_WAY: (False, True),
    Street.WE_OWE: (True, False),
    Street.QUIET: (False, False),
}
"""What each street says about (comes back, we give): high or low."""


class Certainty(StrEnum):
    """How sure a declared street is."""

    SOLID = "solid"
    LEANS = "leans"


class Work(StrEnum):
    """A word for their work."""

    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"


def round_half_up(value: float, steps: int) -> float:
    """Round to 1/`steps`, halves upward (never banker's)."""
    return math.floor(value * steps + 0.5) / steps


def give_cut(mean_give: float, rows: int) -> float:
    """Return the round's cut for GIVE: relative, because everybody believes he gives.

    Args:
        mean_give: M, the mean GIVE index of the round's rows.
        rows: f, how many rows that is.
    """
    if not rows:
        return CUT
    shift = (mean_give - 3.6) * rows / (rows + 20)
    return CUT + round_half_up(max(-0.5, min(1.25, shift)), 4)


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Return P(χ² > statistic) for a whole number of degrees of freedom.

    The finite sum for the regularized upper incomplete gamma function at whole and half numbers
    (Abramowitz & Stegun 26.4.4 and 26.4.5 in one).
    """
    half, odd = statistic / 2, degrees % 2
    start = math.erfc(math.sqrt(half)) if odd else 0.0
    powers = (odd / 2 + k for k in range(degrees // 2))
    return start + math.exp(-half) * math.fsum(half**s / math.gamma(s + 1) for s in powers)


def is_mixed(voices: Sequence[Voice]) -> bool:
    """Tell whether the voices of one side differ more than chance explains, one outlier aside."""
    count = len(voices)
    if count < MIXED_FROM:
        return False
    middle = median(voice.value for voice in voices)
    farthest = max(voices, key=lambda voice: (abs(voice.value - middle), voice))
    kept = sorted(voices)
    kept.remove(farthest)
    centre = fmean(voice.value for voice in kept)
    squares = math.fsum((voice.value - centre) ** 2 for voice in kept)
    expected = (1 - 1.7 / count) * fmean(0.22 + 0.41 / voice.answered for voice in kept)
    return chi_square_tail(squares / expected, count - 2) < _MIXED_TAIL


def decide_street(
    get: Estimate, give: Estimate, cut: float, mixed: bool
) -> tuple[Street, Certainty | None]:
    """Return the street of a partner with enough voices, and how sure it is.

    Args:
        get: what comes back.
        give: what we give.
        cut: the round's cut for GIVE; GET's is 3.25.
        mixed: whether the voices differ on one of the two.
    """
    if mixed:
        return Street.MIXED, None
    p_get, p_give = get.probability_above(CUT), give.probability_above(cut)
    chances = {
        each: (p_give if high_give else 1 - p_give) * (p_get if high_get else 1 - p_get)
        for each, (high_get, high_give) in DECLARED.items()
    }
    likeliest = max(chances, key=lambda each: chances[each])
    if (get.mean >= CUT, give.mean >= cut) != DECLARED[likeliest]:
        return Street.TOO_CLOSE, None
    enough = min(get.answered, give.answered) >= ENOUGH_ANSWERS
    if chances[likeliest] >= SOLID and enough:
        return likeliest, Certainty.SOLID
    if chances[likeliest] >= LEANS:
        return likeliest, Certainty.LEANS
    return Street.TOO_CLOSE, None


def decide_work(estimate: Estimate) -> Work:
    """Return the word for their work: declared only if the mean lies on the word's side."""
    chance, high = estimate.probability_above(CUT), estimate.mean >= CUT
    if chance >= LEANS and high:
        return Work.GOOD
    return Work.POOR if chance <= 1 - LEANS and not high else Work.MIXED
