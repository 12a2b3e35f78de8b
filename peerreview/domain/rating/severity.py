"""Severity: how much lower or higher one rater rates everybody than expected.

Source: docs/design/statistics.md, "Severity". It is computed before a ballot is sealed, and every
row holds it, because the rows of one rater can't be linked later. It is rounded to quarters, and
closer to zero the shorter a ballot is.
"""

import math
from collections.abc import Iterable, Mapping

from peerreview.domain.rating.criteria import CriteriaSet, Side

ANCHOR: Mapping[Side, float] = {Side.GET: 3.4, Side.GIVE: 3.6, Side.WORK: 3.4}
"""The answer that is expected on a side if there is no result of the partner yet."""
SHRINK = 6
"""How many rows without any deviation are added to a ballot, so that short ones say less."""
STEPS = 4
"""How many steps of severity make 1."""


def mean_deviation(
    criteria: CriteriaSet, answers: tuple[int, ...], expected: Mapping[Side, float]
) -> float | None:
    """Return the mean of (answer - expected) over the answers of a row; None without answers.

    Letdowns are reversed: a 5 counts as a 1.
    """
    deviations = [
        (6 - answer if weight.is_reversed else answer) - expected[side]
        for side, weights in criteria.weights.items()
        for weight in weights
        if (answer := answers[weight.position])
    ]
    return math.fsum(deviations) / len(deviations) if deviations else None


def severity(
    rows: Iterable[tuple[CriteriaSet, tuple[int, ...], Mapping[Side, float] | None]],
) -> float:
    """Return the severity of a rater, -1 (rates low) to 1 (rates high) in quarters.

    Args:
        rows: the rows that count, each with its criteria set, its answers, and the partner's last
            released indices by side; `ANCHOR` is used for sides without an index.
    """
    deviations = [
        deviation
        for criteria, answers, last in rows
        if (deviation := mean_deviation(criteria, answers, {**ANCHOR, **(last or {})})) is not None
    ]
    raw = math.fsum(deviations) / (len(deviations) + SHRINK)
    return max(-1.0, min(1.0, math.floor(raw * STEPS + 0.5) / STEPS))
