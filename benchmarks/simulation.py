"""Simulated peer groups whose true streets are known: see docs/design/statistics.md.

An answer is the sum of the partner's value on that question, the rater's kindness to everybody,
the rater's halo for this partner (one for what comes back, one for what we give, one for the
work), and chance; it is clipped to the scale and rounded. Every group is drawn from a seeded
`random.Random`, so two runs give exactly the same figures. This module uses only the standard
library and the domain.
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
    """How many questions a rater answers."""

    FULL = "full"
    QUICK = "quick"


def side_of(criteria: CriteriaSet, question: Question) -> Side:
    """Return the side that a question is about; the section about us belongs to what we give."""
    if question.section is Section.WE:
        return Side.GIVE
    lane = {habit.id for habit in criteria.habit if habit.part == "lane"}
    return Side.GET if question.criterion in lane else Side.WORK


def mean_answer(value: float) -> float:
    """Return the mean answer of all possible raters to a question of this value (1 to 5)."""
    return 1 + math.fsum(_SPREAD.cdf(value - step) for step in (1.5, 2.5, 3.5, 4.5))


@dataclass(frozen=True, slots=True)
class Firm:
    """A partner as it really is.

    Attributes:
        criteria: the questions about it.
        values: its value on each question, in the set's order; 5 is good, for letdowns too.
        camps: how far the two halves of its raters are from the middle, in points, by side.
        reports: the chance (0 to 1) that a rater reports a deal-breaker, by id.
        overstated: by how many points everybody overstates a side.
    """

    criteria: CriteriaSet
    values: tuple[float, ...]
    camps: Mapping[Side, float] = field(default_factory=dict[Side, float])
    reports: Mapping[str, float] = field(default_factory=dict[str, float])
    overstated: Mapping[Side, float] = field(default_factory=dict[Side, float])

    def lean(self, side: Side, camp: int) -> float:
        """Return by how many points the raters of a camp (-1, 0 or 1) differ from the true side."""
        return camp * self.camps.get(side, 0.0) + self.overstated.get(side, 0.0)

    def truth(self, side: Side) -> float:
        """Return the index of a side that all possible raters would give with full ballots."""
        weights = self.criteria.weights[side]
        total = math.fsum(
            weight.weight * mean_answer(self.values[weight.position]) for weight in weights
        )
        return total / sum(weight.weight for weight in weights)


def draw_sides(rng: Random) -> dict[Side, float]:
    """Return a firm's three sides; GIVE and WORK correlate a little with GET."""
    common = rng.gauss(0, 1)

    def correlated(share: float) -> float:
        return share * common + math.sqrt(1 - share * share) * rng.gauss(0, 1)

    return {
        Side.GET: _GET[0] + _GET[1] * common,
        Side.GIVE: _GIVE[0] + _GIVE[1] * correlated(_GIVE_TO_GET),
        Side.WORK: _WORK[0] + _WORK[1] * correlated(_WORK_TO_GET),
    }


def draw_offsets(rng: Random, criteria: CriteriaSet) -> tuple[float, ...]:
    """Return an offset for each question, the same for all partners: some are easier to praise."""
    return tuple(rng.gauss(0, CRITERION) for _ in criteria.questions)


def draw_firm(
    rng: Random, criteria: CriteriaSet, offsets: Sequence[float], sides: Mapping[Side, float]
) -> Firm:
    """Return a firm whose values scatter a little around these sides."""
    return Firm(
        criteria,
        tuple(
            sides[side_of(criteria, question)] + offset + rng.gauss(0, PARTNER_CRITERION)
            for question, offset in zip(criteria.questions, offsets, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class Rater:
    """Somebody with a ballot: the kindness to everybody in points, and how much is answered."""

    kindness: float
    filling: Filling = Filling.FULL


def draw_raters(rng: Random, count: int, quick: float = 0.0) -> tuple[Rater, ...]:
    """Return raters; a share `quick` (0 to 1) of them answer only the starred pair."""
    in_a_hurry = round(count * quick)
    return tuple(
        Rater(rng.gauss(0, SEVERITY), Filling.QUICK if place < in_a_hurry else Filling.FULL)
        for place in range(count)
    )


def _answer(rng: Random, value: float, reverse: bool) -> int:
    value = 6 - value if reverse else value
    return math.floor(max(1.0, min(5.0, value)) + 0.5)


def draw_answers(rng: Random, rater: Rater, firm: Firm, camp: int = 0) -> tuple[int, ...]:
    """Return one rater's answers about one firm, in the set's order; they may not make a voice.

    Args:
        rng: the source of chance.
        rater: who answers.
        firm: the firm that is rated.
        camp: +1 or -1 if the raters of a firm are split into two camps, else 0.
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
    """A round: firms, raters, and for each firm the answers that count, by rater number."""

    firms: tuple[Firm, ...]
    raters: tuple[Rater, ...]
    answers: tuple[Mapping[int, tuple[int, ...]], ...]

    def with_answers(self, firm: int, answers: Mapping[int, tuple[int, ...]]) -> "SimulatedGroup":
        """Return the group with some raters' answers about one firm replaced."""
        changed = list(self.answers)
        changed[firm] = {**self.answers[firm], **answers}
        return replace(self, answers=tuple(changed))

    def rows(self) -> list[list[Row]]:
        """Return the rows of each firm as they are sealed, each with its rater's own severity."""
        adjustments = [
            severity(
                (self.firms[firm].criteria, answers[rater], None)
                for firm, answers in enumerate(self.answers)
                if rater in answers
            )
            for rater in range(len(self.raters))
        ]
        return [
            [Row(row, adjustments[rater]) for rater, row in sorted(answers.items())]
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
        rng: the source of chance.
        firms: the partners.
        raters: the people who take part.
        knowing: for each firm the numbers of the raters who know it; alternate raters form its
            two camps.
        only_voices: whether answers are drawn again until they make a voice; otherwise answers
            that make none are left out.
    """
    ballots = list[Mapping[int, tuple[int, ...]]]()
    for firm, known_by in zip(firms, knowing, strict=True):
        answers = dict[int, tuple[int, ...]]()
        for place, rater in enumerate(known_by):
            camp = 1 - 2 * (place % 2)
            row = draw_answers(rng, raters[rater], firm, camp)
            while only_voices and not counts_as_voice(firm.criteria, row):
                row = draw_answers(rng, raters[rater], firm, camp)
            if counts_as_voice(firm.criteria, row):
                answers[rater] = row
        ballots.append(answers)
    return SimulatedGroup(tuple(firms), tuple(raters), tuple(ballots))
