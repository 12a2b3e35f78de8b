"""Attacks, their results, and the statistics behind the figures.

This module only handles numbers; the games give them a meaning.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

CONTROL_MARK = 0.9
"""The least figure of an attack on a leaky variant; below it the attack proves nothing."""

Leak = Callable[[], AbstractContextManager[None]]
"""Returns a context in which one component of the product leaks."""

NO_LEAK: Leak = nullcontext


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate with its interval, in the unit of its game."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker in one game.

    Attributes:
        game: the name of the game.
        name: what the attacker looks at or does, at most 23 characters.
        material: what the attacker has, at most 20 characters.
        method: the attack itself; its arguments depend on the game.
        leak: the leaky variant on which the same attack has to work: its control.
        leak_name: the name of that variant for the table.
    """

    game: str
    name: str
    material: str
    method: Callable[..., Any]
    leak: Leak
    leak_name: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one attack.

    Attributes:
        attack: the attack that was played.
        figure: the figure against the product.
        mark: the largest figure that is allowed.
        control: the figure of the same attack on its leaky variant, 0 to 1.
        absent: the figure if the target took no part; None where this says nothing.
    """

    attack: Attack
    figure: Figure
    mark: float
    control: float
    absent: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the upper end of the interval is at most the mark."""
        return self.figure.high <= self.mark

    @property
    def beats_control(self) -> bool:
        """Whether the attack works on its leaky variant."""
        return self.control >= CONTROL_MARK

    @property
    def verdict(self) -> str:
        """Whether the product holds, and whether the attack proves that, in words."""
        if not self.holds:
            return "falls short"
        return "holds" if self.beats_control else "its control isn't beaten"

    @property
    def excess(self) -> float:
        """The upper end of the interval as a multiple of the mark."""
        if self.mark:
            return self.figure.high / self.mark
        return math.inf if self.figure.high else 0.0

    def as_json(self) -> dict[str, object]:
        """Return everything about the result, for scripts."""
        return {
            "game": self.attack.game,
            "attack": self.attack.name,
            "attacker_had": self.attack.material,
            **asdict(self.figure),
            "mark": self.mark,
            "control": self.control,
            "leak": self.attack.leak_name,
            "gone": self.absent,
            "holds": self.holds,
            "proves": self.beats_control,
        }


def standard_errors(attacks: int) -> float:
    """Return how many standard errors bound one of several attacks, one-sided at 5 %.

    The bound is corrected for their number by Bonferroni's rule.
    """
    return NormalDist().inv_cdf(1 - 0.05 / max(1, attacks))


def advantage(scores: Sequence[float], truths: Sequence[bool], attacks: int) -> Figure:
    """Return the signed advantage 2·wins/T - 1 of an attacker who says yes above a chosen score.

    The attacker chooses the score and the sign on the first half; the second half counts.

    Args:
        scores: the score of the attack in every simulated round.
        truths: the truth in every simulated round.
        attacks: the number of attacks that the interval is corrected for.
    """
    half = len(scores) // 2
    cut, sign = _best_cut(scores[:half], truths[:half])
    kept = zip(scores[half:], truths[half:], strict=True)
    wins = sum((sign * (score - cut) > 0) == truth for score, truth in kept)
    count = len(scores) - half
    value, error = 2 * wins / count - 1, standard_errors(attacks) / math.sqrt(count)
    return Figure(value, value - error, value + error)


def _best_cut(scores: Sequence[float], truths: Sequence[bool]) -> tuple[float, int]:
    """Return the cut and the sign with the most wins."""
    pairs = sorted(zip(scores, truths, strict=True))
    wins = sum(truths)  # with everything above the cut
    best, cut = max(wins, len(pairs) - wins), -math.inf
    sign = 1 if 2 * wins >= len(pairs) else -1
    for position, (score, truth) in enumerate(pairs):
        wins += -1 if truth else 1
        following = pairs[position + 1][0] if position + 1 < len(pairs) else math.inf
        if following > score and max(wins, len(pairs) - wins) > best:
            best = max(wins, len(pairs) - wins)
            cut = (score + min(following, score + 1)) / 2
            sign = 1 if 2 * wins >= len(pairs) else -1
    return cut, sign


def area(alike: Sequence[float], unlike: Sequence[float], attacks: int) -> Figure:
    """Return |AUC - 0.5| of a score that tells pairs that belong together from others.

    The interval is Hanley and McNeil's at AUC = 0.5: sqrt((m + n + 1) / (12·m·n)).
    """
    others, m, n = sorted(unlike), len(alike), len(unlike)
    above = sum(bisect_left(others, score) + bisect_right(others, score) for score in alike) / 2
    value = abs(above / (m * n) - 0.5)
    error = standard_errors(attacks) * math.sqrt((m + n + 1) / (12 * m * n))
    return Figure(value, max(0.0, value - error), value + error)


def exact(count: float) -> Figure:
    """Return a count as a figure; it has no interval."""
    return Figure(count, count, count)


def share(hits: int, count: int, attacks: int = 1) -> Figure:
    """Return the share of hits with Wilson's interval."""
    z = standard_errors(attacks)
    middle = (hits + z * z / 2) / (count + z * z)
    width = z / (count + z * z) * math.sqrt(hits * (count - hits) / count + z * z / 4)
    return Figure(hits / count, max(0.0, middle - width), min(1.0, middle + width))
