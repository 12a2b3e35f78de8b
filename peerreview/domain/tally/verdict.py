"""The verdict: the street of a partner, its certainty, and a word for the partner's work.

Source: docs/design/statistics.md, "The cuts" and "The verdict".
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean, median

from peerreview.domain.rating.ballot import Voice
from peerreview.domain.tally.estimate import Estimate

CUT = 3.25
"""An index from this one on is high; the cut for what we give differs between rounds."""
SOLID, LEANS = 0.85, 0.70
"""The least probability of a street that is solid, and of one that leans."""
ENOUGH_ANSWERS = 2
"""The least mean number of answers in a voice, on both sides, for a solid street."""
MIXED_FROM = 5
"""The fewest voices that can be mixed."""
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
"""Whether what comes back and what we give are high, by street."""


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
    """Return `value` rounded to a multiple of 1/`steps`; halves are rounded up."""
    return math.floor(value * steps + 0.5) / steps


def compute_give_cut(mean_give: float, rows: int) -> float:
    """Return the round's cut for what we give; it follows the mean, as all rate themselves high.

    Args:
        mean_give: the mean index of what we give, over the rows of the round.
        rows: the number of these rows.
    """
    if not rows:
        return CUT
    shift = (mean_give - 3.6) * rows / (rows + 20)
    return CUT + round_half_up(max(-0.5, min(1.25, shift)), 4)


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Return P(χ² > statistic) for a whole number of degrees of freedom.

    Source: Abramowitz & Stegun, 26.4.4 and 26.4.5: the regularized upper incomplete gamma function
    at whole and half numbers is a finite sum.
    """
    half = statistic / 2
    odd = degrees % 2
    start = math.erfc(math.sqrt(half)) if odd else 0.0
    powers = (odd / 2 + index for index in range(degrees // 2))
    terms = (half**power / math.gamma(power + 1) for power in powers)
    return start + math.exp(-half) * math.fsum(terms)


def is_mixed(voices: Sequence[Voice]) -> bool:
    """Tell whether the voices on one side differ more than by chance, without the farthest one."""
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
    """Return the street of a partner with enough voices, and its certainty.

    Args:
        get: the estimate of what comes back.
        give: the estimate of what we give.
        cut: the round's cut for what we give; the one for what comes back is 3.25.
        mixed: whether the voices on one of the two sides are mixed.

    Returns:
        A street without certainty if it is mixed or too close.
    """
    if mixed:
        return Street.MIXED, None
    p_get, p_give = get.probability_above(CUT), give.probability_above(cut)
    probabilities = {
        street: (p_give if high_give else 1 - p_give) * (p_get if high_get else 1 - p_get)
        for street, (high_get, high_give) in DECLARED.items()
    }
    likeliest = max(probabilities, key=lambda street: probabilities[street])
    probability = probabilities[likeliest]
    if (get.mean >= CUT, give.mean >= cut) != DECLARED[likeliest]:
        return Street.TOO_CLOSE, None
    enough = min(get.answered, give.answered) >= ENOUGH_ANSWERS
    if probability >= SOLID and enough:
        return likeliest, Certainty.SOLID
    if probability >= LEANS:
        return likeliest, Certainty.LEANS
    return Street.TOO_CLOSE, None


def decide_work(estimate: Estimate) -> Work:
    """Return the word for the work of a partner; good or poor only if the mean agrees."""
    probability = estimate.probability_above(CUT)
    is_high = estimate.mean >= CUT
    if probability >= LEANS and is_high:
        return Work.GOOD
    if probability <= 1 - LEANS and not is_high:
        return Work.POOR
    return Work.MIXED
