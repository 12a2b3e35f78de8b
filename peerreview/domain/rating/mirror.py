"""The mirror: what the answers say about the rater. Only the rater sees it; it isn't stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from peerreview.domain.rating.ballot import Draft, find_counting_partners
from peerreview.domain.rating.criteria import Habit

MOST_SEEDS = 3
_OFTEN = 4
"""Answers from this one on count as often: mostly, always."""
FAVORS = {"back": "a lead", "thanks": "a thank-you", "there": "a call",
         "credit": "a call before you act", "grow": "some help to grow",
         "job": "a job well done", "value": "an extra for a client"}  # fmt: skip
"""What a rater owes who has less of a habit than the partner, by the id of the habit."""


@dataclass(frozen=True, slots=True)
class Reflection:
    """One habit, over all partners that were asked about it both ways.

    Attributes:
        they: the number of partners that do it mostly or always.
        we: the number of partners for which we do it mostly or always.
        asked: the number of partners with both answers.
    """

    label: str
    they: int
    we: int
    asked: int


@dataclass(frozen=True, slots=True)
class Seed:
    """A favor that the rater owes a partner, by its id."""

    partner: str
    favor: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a ballot says about its rater."""

    habits: tuple[Reflection, ...]
    seeds: tuple[Seed, ...]


def make_mirror(draft: Draft) -> Mirror:
    """Return the mirror of a ballot, with at most three favors, one for a partner.

    The favors with the largest difference between the two answers come first.
    """
    pairs = list(_find_answer_pairs(draft))
    reflections: dict[str, Reflection] = {}
    for pair in pairs:
        before = reflections.get(pair.habit.id, Reflection(pair.habit.label, 0, 0, 0))
        reflections[pair.habit.id] = Reflection(
            before.label,
            before.they + (pair.they >= _OFTEN),
            before.we + (pair.we >= _OFTEN),
            before.asked + 1,
        )
    seeds: dict[str, Seed] = {}
    for pair in sorted(pairs, key=lambda pair: pair.we - pair.they):
        if pair.they > pair.we:
            favor = FAVORS.get(pair.habit.id, "a thank-you")
            seeds.setdefault(pair.partner, Seed(pair.partner, favor))
    return Mirror(tuple(reflections.values()), tuple(seeds.values())[:MOST_SEEDS])


class _AnswerPair(NamedTuple):
    """Both answers about a habit: what a partner does, and what we do."""

    partner: str
    habit: Habit
    they: int
    we: int


def _find_answer_pairs(draft: Draft) -> Iterator[_AnswerPair]:
    """Yield the pairs of answers other than "can't say" about the partners that count."""
    for partner in find_counting_partners(draft):
        answers = draft.entries[partner].answers
        for habit in draft.sets[partner].habit:
            they, we = answers.get(f"they.{habit.id}"), answers.get(f"we.{habit.id}")
            if they and we:
                yield _AnswerPair(partner, habit, they, we)
