"""An attack, and what a game says of it: figure, interval, pass mark, the control's figure.

Knows numbers; must not know games.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

CONTROL_MARK = 0.9
"""What an attack must reach against a variant that leaks, or it proves nothing."""

Leak = Callable[[], AbstractContextManager[None]]
"""Returns a context within which the product leaks."""

NOTHING: Leak = nullcontext


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate with its interval, all in the game's own unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker in one game.

    Attributes:
        game: which game.
        name: what the attacker does.
        had: what the attacker had.
        how: how it is done; each game hands it something else.
        leak: what the same attack has to find, its control.
        leaks: that leak in words.
    """

    game: str
    name: str
    had: str
    how: Callable[..., Any]
    leak: Leak
    leaks: str


@dataclass(frozen=True, slots=True)
class Result:
    """How far an attack got.

    Attributes:
        attack: whose.
        figure: how far he got against the product.
        mark: the most he may get.
        control: how far the same attack gets against a leaky variant, 0 to 1.
        gone: how far he gets if the target took no part, where that is worth knowing.
    """

    attack: Attack
    figure: Figure
    mark: float
    control: float
    gone: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the attacker stays below the mark, even at the upper end of the interval."""
        return self.figure.high <= self.mark

    @property
    def proves(self) -> bool:
        """Whether the attack works where there is something to find."""
        return self.control >= CONTROL_MARK

    @property
    def verdict(self) -> str:
        """Whether it holds, and is known to."""
        if not self.holds:
            return "falls short"
        return "holds" if self.proves else "its control isn't beaten"

    @property
    def excess(self) -> float:
        """How near the mark the attacker came: 1 is the mark itself."""
        if self.mark:
            return self.figure.high / self.mark
        return math.inf if self.figure.high else 0.0

    @property
    def told(self) -> dict[str, object]:
        """Everything, for scripts."""
        it = self.attack
        return {
            "game": it.game, "attack": it.name, "attacker_had": it.had, **asdict(self.figure),
            "mark": self.mark, "control": self.control, "leak": it.leaks, "gone": self.gone,
            "holds": self.holds, "proves": self.proves,
        }  # fmt: skip


def z_of(attacks: int) -> float:
    """Return how many standard errors bound one of several attacks (Bonferroni), one-sided."""
    return NormalDist().inv_cdf(1 - 0.05 / max(1, attacks))


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
    others, m, n = sorted(unlike), len(alike), len(unlike)
    above = sum(bisect_left(others, each) + bisect_right(others, each) for each in alike) / 2
    found = abs(above / (m * n) - 0.5)
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
