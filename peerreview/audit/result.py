"""What a game says of an attack: a figure with its interval, the pass mark, the control's figure.

Knows numbers; must not know games.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONTROL_MARK = 0.9
"""What an attack must reach against a variant that leaks, or it proves nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate with its interval, all in the game's own unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """One attack in one game.

    Attributes:
        game: which game.
        attack: what the attacker does.
        had: what the attacker had.
        figure: how far he got against the product.
        mark: the most he may get.
        control: how far the same attack gets against a leaky variant, 0 to 1.
        leak: what leaks in that variant.
    """

    game: str
    attack: str
    had: str
    figure: Figure
    mark: float
    control: float
    leak: str

    @property
    def holds(self) -> bool:
        """Whether the attacker stays below the mark, even at the upper end of the interval."""
        return self.figure.high <= self.mark

    @property
    def proves(self) -> bool:
        """Whether the attack works where there is something to find."""
        return self.control >= CONTROL_MARK

    @property
    def fine(self) -> bool:
        """Whether it holds, and is known to."""
        return self.holds and self.proves

    @property
    def excess(self) -> float:
        """How near the mark the attacker came: 1 is the mark itself."""
        return self.figure.high / self.mark if self.mark else float(self.figure.high > 0)


def z_of(attacks: int, confidence: float = 0.95) -> float:
    """Return how many standard errors bound one of several attacks (Bonferroni), one-sided."""
    return NormalDist().inv_cdf(1 - (1 - confidence) / max(1, attacks))


def advantage(scores: Sequence[float], truths: Sequence[bool], attacks: int) -> Figure:
    """Return the signed advantage 2·wins/T - 1 of an attacker who says yes above a score.

    He chooses score and sign on the first half; the second half counts.

    Args:
        scores: what he saw, one number a world.
        truths: what was so.
        attacks: how many attacks the interval is corrected for.
    """
    half = len(scores) // 2
    cut, sign = _rule(scores[:half], truths[:half])
    held = zip(scores[half:], truths[half:], strict=True)
    wins = sum((sign * (score - cut) > 0) == truth for score, truth in held)
    count = len(scores) - half
    value, error = 2 * wins / count - 1, 1 / math.sqrt(count)
    return Figure(value, value - z_of(attacks) * error, value + z_of(attacks) * error)


def _rule(scores: Sequence[float], truths: Sequence[bool]) -> tuple[float, int]:
    """Return the cut and the sign that win most often among these worlds."""
    pairs = sorted(zip(scores, truths, strict=True))
    wins = sum(truths)  # everything above the cut
    best, cut, sign = max(wins, len(pairs) - wins), -math.inf, 1 if 2 * wins >= len(pairs) else -1
    for place, (score, truth) in enumerate(pairs):
        wins += -1 if truth else 1
        follows = pairs[place + 1][0] if place + 1 < len(pairs) else math.inf
        if follows > score and max(wins, len(pairs) - wins) > best:
            best = max(wins, len(pairs) - wins)
            cut, sign = (score + min(follows, score + 1)) / 2, 1 if 2 * wins >= len(pairs) else -1
    return cut, sign


def area(alike: Sequence[float], unlike: Sequence[float], attacks: int) -> Figure:
    """Return |AUC - 0.5| of a score for telling pairs that belong together from others.

    The interval is Hanley and McNeil's at AUC = 0.5: sqrt((m + n + 1) / (12·m·n)).
    """
    ranked = sorted([(score, True) for score in alike] + [(score, False) for score in unlike])
    total, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        total += sum(is_alike for _, is_alike in ranked[place:end]) * (place + 1 + end) / 2
        place = end
    m, n = len(alike), len(unlike)
    found = abs((total - m * (m + 1) / 2) / (m * n) - 0.5)
    error = z_of(attacks) * math.sqrt((m + n + 1) / (12 * m * n))
    return Figure(found, max(0.0, found - error), found + error)


def counted(found: float) -> Figure:
    """Return a count, which has no interval."""
    return Figure(found, found, found)


def share(hits: int, count: int, attacks: int = 1) -> Figure:
    """Return a share with Wilson's interval."""
    z = z_of(attacks)
    middle = (hits + z * z / 2) / (count + z * z)
    wide = z / (count + z * z) * math.sqrt(hits * (count - hits) / count + z * z / 4)
    return Figure(hits / count, max(0.0, middle - wide), min(1.0, middle + wide))
