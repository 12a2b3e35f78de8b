"""How hard one rater is on everybody, worked out inside the own session before sealing.

Source: docs/design/statistics.md, "Severity". Rows of one rater can't be linked later, so the
correction travels with each row, in quarters, shrunk toward none for short ballots.
"""

import math
from collections.abc import Iterable, Mapping

from peerreview.domain.rating.criteria import CriteriaSet, Side

ANCHOR: Mapping[Side, float] = {Side.GET: 3.4, Side.GIVE: 3.6, Side.WORK: 3.4}
"""The answer expected of a partner nobody has rated yet."""
SHRINK = 6
STEPS = 4


def mean_deviation(
    criteria: CriteriaSet, answers: tuple[int, ...], expected: Mapping[Side, float]
) -> float | None:
    """Return d: the mean of (answer - expected) over a row's answers, letdowns reversed."""
    found = [
        (6 - answer if weight.is_reversed else answer) - expected[side]
        for side, weights in criteria.weights.items()
        for weight in weights
        if (answer := answers[weight.position])
    ]
    return math.fsum(found) / len(found) if found else None


def severity(
    rows: Iterable[tuple[CriteriaSet, tuple[int, ...], Mapping[Side, float] | None]],
) -> float:
    """Return adj, -1 to 1 in quarters: negative for a hard rater, positive for a kind one.

    Args:
        rows: the rater's counting rows: set, answers, and the partner's last released indices
            by side (None or missing sides in the first round: the public anchors serve).
    """
    found = [
        d
        for criteria, answers, last in rows
        if (d := mean_deviation(criteria, answers, {**ANCHOR, **(last or {})})) is not None
    ]
    raw = math.fsum(found) / (len(found) + SHRINK)
    return max(-1.0, min(1.0, math.floor(raw * STEPS + 0.5) / STEPS))
