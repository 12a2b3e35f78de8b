"""The mirror: the rater's own answers turned round. For the rater's eyes; stored nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerreview.domain.rating.ballot import Draft, counting_partners
from peerreview.domain.rating.criteria import Habit

MOST_SEEDS = 3
_OFTEN = 4
FAVORS = {"back": "a lead", "thanks": "a thank-you", "there": "a call",
         "credit": "a call before you act", "grow": "some help to grow",
         "job": "a job well done", "value": "an extra for a client"}  # fmt: skip


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
    favor: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a ballot says about the one who filled it in."""

    habits: tuple[Reflection, ...]
    seeds: tuple[Seed, ...]


def make_mirror(draft: Draft) -> Mirror:
    """Return the mirror of a ballot; at most three debts, one a partner, the largest first."""
    said = list(_answered_both_ways(draft))
    habits: dict[str, Reflection] = {}
    for _, habit, they, we in said:
        it = habits.get(habit.id, Reflection(habit.label, 0, 0, 0))
        often = it.they + (they >= _OFTEN), it.we + (we >= _OFTEN)
        habits[habit.id] = Reflection(it.label, *often, it.asked + 1)
    seeds: dict[str, Seed] = {}
    for partner, habit, they, we in sorted(said, key=lambda each: each[3] - each[2]):
        if they > we:
            seeds.setdefault(partner, Seed(partner, FAVORS.get(habit.id, "a thank-you")))
    return Mirror(tuple(habits.values()), tuple(seeds.values())[:MOST_SEEDS])


def _answered_both_ways(draft: Draft) -> Iterator[tuple[str, Habit, int, int]]:
    """Yield partner, habit, what they do and what we do, of the partners that count."""
    for partner in counting_partners(draft):
        answers = draft.entries[partner].answers
        for habit in draft.sets[partner].habit:
            they, we = answers.get(f"they.{habit.id}"), answers.get(f"we.{habit.id}")
            if they and we:
                yield partner, habit, they, we
