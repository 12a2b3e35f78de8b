"""The mirror: the rater's own answers turned round. For the rater's eyes; stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerreview.domain.ballot import Draft, counted
from peerreview.domain.criteria import CriteriaSet

SEEDS = 3
_OFTEN = 4
_SEED = {
    "back": "a lead",
    "thanks": "a thank-you",
    "there": "a call",
    "credit": "a call before you act",
    "grow": "some help to grow",
    "job": "a job well done",
    "value": "an extra for a client",
}


@dataclass(frozen=True, slots=True)
class Reflection:
    """One habit: with how many partners they do it mostly or always, and we do."""

    label: str
    they: int
    we: int
    asked: int


@dataclass(frozen=True, slots=True)
class Seed:
    """Something owed: to whom (a partner's id), and what."""

    partner: str
    what: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a ballot says about the one who filled it in."""

    habits: tuple[Reflection, ...]
    seeds: tuple[Seed, ...]


def reflect(draft: Draft) -> Mirror:
    """Return the mirror of a ballot."""
    rated = list(counted(draft))
    tallies: dict[str, list[tuple[int, int]]] = {}
    labels: dict[str, str] = {}
    for partner in rated:
        answers, criteria = draft.entries[partner].answers, draft.sets[partner]
        for habit in criteria.habit:
            they, we = answers.get(f"they.{habit.id}", 0), answers.get(f"we.{habit.id}", 0)
            if they and we:
                labels.setdefault(habit.id, habit.label)
                tallies.setdefault(habit.id, []).append((they, we))
    habits = tuple(
        Reflection(
            labels[habit],
            sum(they >= _OFTEN for they, _ in pairs),
            sum(we >= _OFTEN for _, we in pairs),
            len(pairs),
        )
        for habit, pairs in tallies.items()
    )
    return Mirror(habits, _seeds(draft, rated))


def _seeds(draft: Draft, rated: list[str]) -> tuple[Seed, ...]:
    """Return up to three debts, one a partner, the largest first."""
    owed = [
        (gap, partner, what)
        for partner in rated
        for gap, what in [_largest_debt(draft.sets[partner], draft.entries[partner].answers)]
        if gap > 0
    ]
    owed.sort(key=lambda each: -each[0])
    return tuple(Seed(partner, what) for _, partner, what in owed[:SEEDS])


def _largest_debt(criteria: CriteriaSet, answers: Mapping[str, int]) -> tuple[int, str]:
    """Return how far we are behind on the habit where we are most, and what would make it good."""
    best = (0, "")
    for habit in criteria.habit:
        they, we = answers.get(f"they.{habit.id}", 0), answers.get(f"we.{habit.id}", 0)
        if they and we and they - we > best[0]:
            best = (they - we, _SEED.get(habit.id, "a thank-you"))
    return best
