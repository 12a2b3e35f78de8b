"""A made-up peer group whose true streets are known: see docs/design/statistics.md.

An answer is the partner's own value on that question, plus how kind the rater is to everybody,
plus how he feels about this partner (one halo for what comes back, one for what we give, one for
the work), plus chance; then clipped to the scale and rounded. Every group is drawn from a seeded
`random.Random`, so two runs agree to the last digit. Standard library and the domain only.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random
from statistics import NormalDist

from peerreview.domain.rating.ballot import Row, counts_as_voice
from peerreview.domain.rating.criteria import CriteriaSet, Question, Section, Side
from peerreview.domain.rating.scale import CANT_SAY, NO, YES, Scale
from peerreview.domain.rating.severity import severity

SEVERITY, HALO, NOISE = 0.5, 0.45, 0.7
CRITERION, PARTNER_CRITERION = 0.25, 0.35
CANT_SAY_RATE = 0.2
_GET, _GIVE, _WORK = (3.4, 0.8), (3.6, 0.55), (3.7, 0.7)
_GIVE_TO_GET, _WORK_TO_GET = 0.35, 0.4
_SPREAD = NormalDist(0, math.sqrt(SEVERITY**2 + HALO**2 + NOISE**2))


class Filling(StrEnum):
    """How a rater fills his ballot."""

    FULL = "full"
    QUICK = "quick"


def side_of(criteria: CriteriaSet, question: Question) -> Side:
    """Return the side a question is about; what we do for them goes by what we give."""
    if question.section is Section.WE:
        return Side.GIVE
    lane = {habit.id for habit in criteria.habit if habit.part == "lane"}
    return Side.GET if question.criterion in lane else Side.WORK


def expected(value: float) -> float:
    """Return the mean answer of all raters there could be to a question of this value."""
    return 1 + math.fsum(_SPREAD.cdf(value - step) for step in (1.5, 2.5, 3.5, 4.5))


@dataclass(frozen=True, slots=True)
class Firm:
    """A partner as it really is.

    Attributes:
        values: its value on each question, in the set's order, 5 good also for letdowns.
        camps: how far two halves of its raters stand apart from the middle, by side.
        reports: the chance that a rater reports a deal-breaker, by id.
        overstated: how much better than it is everybody makes a side, in points.
    """

    criteria: CriteriaSet
    values: tuple[float, ...]
    camps: Mapping[Side, float] = field(default_factory=dict[Side, float])
    reports: Mapping[str, float] = field(default_factory=dict[str, float])
    overstated: Mapping[Side, float] = field(default_factory=dict[Side, float])

    def lean(self, side: Side, camp: int) -> float:
        """Return how far the raters of a camp (-1, 0 or 1) stand from the truth of a side."""
        return camp * self.camps.get(side, 0.0) + self.overstated.get(side, 0.0)

    def truth(self, side: Side) -> float:
        """Return the index all raters there could be would give, nothing left out."""
        weights = self.criteria.weights[side]
        total = math.fsum(
            weight.weight * expected(self.values[weight.position]) for weight in weights
        )
        return total / sum(weight.weight for weight in weights)


def draw_sides(rng: Random) -> dict[Side, float]:
    """Return a firm's three sides: GET, and GIVE and WORK that go along with it a little."""
    common = rng.gauss(0, 1)

    def along(share: float) -> float:
        return share * common + math.sqrt(1 - share * share) * rng.gauss(0, 1)

    return {
        Side.GET: _GET[0] + _GET[1] * common,
        Side.GIVE: _GIVE[0] + _GIVE[1] * along(_GIVE_TO_GET),
        Side.WORK: _WORK[0] + _WORK[1] * along(_WORK_TO_GET),
    }


def draw_offsets(rng: Random, criteria: CriteriaSet) -> tuple[float, ...]:
    """Return how much easier each question is to be kind about, the same for all partners."""
    return tuple(rng.gauss(0, CRITERION) for _ in criteria.questions)


def draw_firm(
    rng: Random, criteria: CriteriaSet, offsets: Sequence[float], sides: Mapping[Side, float]
) -> Firm:
    """Return a firm with these sides, a little different on every question."""
    return Firm(
        criteria,
        tuple(
            sides[side_of(criteria, question)] + offset + rng.gauss(0, PARTNER_CRITERION)
            for question, offset in zip(criteria.questions, offsets, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class Rater:
    """Somebody with a ballot: how kind he is to everybody, and how he fills it."""

    kindness: float
    filling: Filling = Filling.FULL


def draw_raters(rng: Random, count: int, quick: float = 0.0) -> tuple[Rater, ...]:
    """Return raters, a share `quick` (0 to 1) of whom answer the starred pair only."""
    in_a_hurry = round(count * quick)
    return tuple(
        Rater(rng.gauss(0, SEVERITY), Filling.QUICK if place < in_a_hurry else Filling.FULL)
        for place in range(count)
    )


def _answer(rng: Random, value: float, reverse: bool) -> int:
    value = 6 - value if reverse else value
    return math.floor(max(1.0, min(5.0, value)) + 0.5)


def draw_answers(rng: Random, rater: Rater, firm: Firm, camp: int = 0) -> tuple[int, ...]:
    """Return one rater's answers about one firm, in the set's order; it may be no voice.

    Args:
        rng: where chance comes from.
        rater: whose answers.
        firm: about whom.
        camp: +1 or -1 where the raters of a firm are split in two camps.
    """
    criteria, answers = firm.criteria, list[int]()
    halo = {side: rng.gauss(0, HALO) + firm.lean(side, camp) for side in Side}
    for question, value in zip(criteria.questions, firm.values, strict=True):
        starred = question.id in criteria.starred_pair
        if rater.filling is Filling.QUICK and not starred:
            answers.append(CANT_SAY)
        elif question.scale is Scale.YES_NO:
            chance = firm.reports.get(question.criterion, 0.0)
            answers.append(YES if rng.random() < chance else NO)
        elif rater.filling is Filling.FULL and rng.random() < CANT_SAY_RATE:
            answers.append(CANT_SAY)
        else:
            felt = value + rater.kindness + halo[side_of(criteria, question)]
            heard = felt + rng.gauss(0, NOISE)
            answers.append(_answer(rng, heard, question.section is Section.BAD))
    return tuple(answers)


@dataclass(frozen=True, slots=True)
class SimulatedGroup:
    """A round: firms, raters, and the answers that count, by firm and then by rater."""

    firms: tuple[Firm, ...]
    raters: tuple[Rater, ...]
    answers: tuple[Mapping[int, tuple[int, ...]], ...]

    def replacing(self, firm: int, answers: Mapping[int, tuple[int, ...]]) -> "SimulatedGroup":
        """Return the group with some raters' answers about one firm replaced."""
        changed = list(self.answers)
        changed[firm] = {**self.answers[firm], **answers}
        return replace(self, answers=tuple(changed))

    def rows(self) -> list[list[Row]]:
        """Return the rows as they are sealed, by firm: each with its rater's own severity."""
        adjustments = [
            severity(
                (self.firms[firm].criteria, answers[rater], None)
                for firm, answers in enumerate(self.answers)
                if rater in answers
            )
            for rater in range(len(self.raters))
        ]
        return [
            [Row(each, adjustments[rater]) for rater, each in sorted(answers.items())]
            for answers in self.answers
        ]


def draw_group(
    rng: Random,
    firms: Sequence[Firm],
    raters: Sequence[Rater],
    knowing: Sequence[Sequence[int]],
    only_voices: bool = True,
) -> SimulatedGroup:
    """Return a round in which the raters `knowing[i]` answer about firm i.

    Args:
        rng: where chance comes from.
        firms: the partners.
        raters: who takes part.
        knowing: for each firm, who knows it, in any order; alternate ones form its two camps.
        only_voices: ask again until the answers make a voice (else the row isn't cast).
    """
    told = list[Mapping[int, tuple[int, ...]]]()
    for firm, known_by in zip(firms, knowing, strict=True):
        answers = dict[int, tuple[int, ...]]()
        for place, rater in enumerate(known_by):
            found = draw_answers(rng, raters[rater], firm, 1 - 2 * (place % 2))
            while only_voices and not counts_as_voice(firm.criteria, found):
                found = draw_answers(rng, raters[rater], firm, 1 - 2 * (place % 2))
            if counts_as_voice(firm.criteria, found):
                answers[rater] = found
        told.append(answers)
    return SimulatedGroup(tuple(firms), tuple(raters), tuple(told))
