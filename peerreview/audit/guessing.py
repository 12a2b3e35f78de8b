"""GUESS: what did that rater answer? Played on what leaves the tally, by people who voted too.

How much better does an attacker guess one rater's answer because that rater took part? He learns
from half of the worlds what goes with what, and guesses in the other half.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from random import Random

from peerreview import shipped
from peerreview.audit.result import Figure, Result, share, z_of
from peerreview.domain.ballot import NO, Row
from peerreview.domain.criteria import CriteriaSet, Scale
from peerreview.domain.release import PartnerRelease
from peerreview.domain.tally import Scale as Round
from peerreview.domain.tally import release_partner

MARK, SURE_MARK = 0.08, 0.001
SURE, _SUPPORT = 0.9, 30
_CUT = 3.25


@dataclass(frozen=True, slots=True)
class World:
    """One partner's round, and another one later; the target's row is the first.

    Attributes:
        rows: the voices.
        told: what was released.
        later: what is released a round later, when the target has left.
        answer: what the target answered on the starred line about them.
        known: what the others answered there.
        exact: a board of exact sums, before and after the target.
    """

    rows: tuple[Row, ...]
    told: PartnerRelease
    later: PartnerRelease
    answer: int
    known: tuple[int, ...]
    exact: tuple[int, int]


@dataclass(frozen=True, slots=True)
class GuessAttack:
    """Somebody who knows some of the answers and sees what is shown."""

    name: str
    had: str
    seen: Callable[[World], Hashable]


def criteria() -> CriteriaSet:
    """Return the set that is asked."""
    return shipped.criteria_sets()["vendor"]


def played(
    attacks: Sequence[GuessAttack],
    voices: Sequence[int],
    worlds: int,
    seed: int,
    slack: float = 0.0,
) -> list[Result]:
    """Return for each attack its worst advantage, and how often it is sure, over all sizes.

    Args:
        attacks: who guesses.
        voices: how many voices the partner has, each in turn.
        worlds: how many worlds of each size, with the target and without.
        seed: for the worlds.
        slack: how much the marks are widened because the worlds are few.
    """
    random, count = Random(seed), len(attacks) * len(voices)
    played_ = [
        (_worlds(random, each, worlds), _worlds(random, each, worlds, absent=True))
        for each in voices
    ]
    results: list[Result] = []
    for attack in attacks:
        found = [_gained(attack, here, gone, count) for here, gone in played_]
        gain = max((each[0] for each in found), key=lambda each: each.high)
        sure = max((each[1] for each in found), key=lambda each: each.high)
        live = GuessAttack("", "", lambda world: world.exact[1] - world.exact[0])
        control = _right(live, played_[0][0])[0] / max(1, worlds - worlds // 2)
        results += [
            Result("GUESS", attack.name, attack.had, gain, MARK + slack, control, "live board"),
            Result("GUESS", f"{attack.name}: sure", attack.had, sure, SURE_MARK + slack / 10,
                   control, "live board"),
        ]  # fmt: skip
    return results


def _gained(
    attack: GuessAttack, here: Sequence[World], gone: Sequence[World], attacks: int
) -> tuple[Figure, Figure]:
    count = len(here) - len(here) // 2
    (with_him, sure), (without, _) = _right(attack, here), _right(attack, gone)
    gain = (with_him - without) / count
    error = z_of(attacks) * (0.5 / count) ** 0.5  # two shares, each of variance 1/4 at most
    return Figure(gain, gain - error, gain + error), share(sure, count)


def _right(attack: GuessAttack, worlds: Sequence[World]) -> tuple[int, int]:
    """Return how many guesses are right, and how many were both sure and right."""
    half = len(worlds) // 2
    seen: dict[Hashable, Counter[int]] = defaultdict(Counter)
    everywhere = Counter(world.answer for world in worlds[:half])
    for world in worlds[:half]:
        seen[attack.seen(world)][world.answer] += 1
    right = sure = 0
    for world in worlds[half:]:
        learned = seen.get(attack.seen(world), everywhere)
        answer, times = learned.most_common(1)[0]
        right += answer == world.answer
        certain = learned.total() >= _SUPPORT and times >= SURE * learned.total()
        sure += certain and answer == world.answer
    return right, sure


def _worlds(random: Random, voices: int, count: int, absent: bool = False) -> list[World]:
    return [_world(random, voices, absent) for _ in range(count)]


def _world(random: Random, voices: int, absent: bool) -> World:
    """Return a round; with `absent` the target is asked, but somebody else's row is pooled."""
    asked, firm = criteria(), random.gauss(3.4, 0.8)
    people = [firm + random.gauss(0, 0.65) for _ in range(voices + 1)]
    rows = [_row(random, asked, each) for each in people]
    pooled = tuple(rows[1:] if absent else rows[:-1])
    again = tuple(_row(random, asked, each) for each in people[1:])
    star = asked.position[asked.pair[0]]
    sums = [sum(row.answers[star] for row in each) for each in (rows[1:-1], rows[:-1])]
    return World(
        pooled,
        _released(asked, pooled),
        _released(asked, again),
        rows[0].answers[star],
        tuple(row.answers[star] for row in rows[1:-1]),
        (sums[0], sums[1]),
    )


def _row(random: Random, asked: CriteriaSet, liking: float) -> Row:
    def answer() -> int:
        return max(1, min(5, round(liking + random.gauss(0, 0.7))))

    return Row(
        tuple(NO if each.scale is Scale.YES_NO else answer() for each in asked.questions), 0.0
    )


def _released(asked: CriteriaSet, rows: Sequence[Row]) -> PartnerRelease:
    return release_partner("p", asked, sorted(rows), Round(len(rows), 0.0, _CUT))
