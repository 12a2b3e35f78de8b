"""A ballot in the making: what one rater says, partner by partner, as immutable values.

A `Draft` lives in memory for the length of a turn; a `Row` is what is sealed and pooled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from peerreview.domain.errors import RuleError
from peerreview.domain.rating.criteria import CriteriaSet, Question, Section, Side
from peerreview.domain.rating.scale import NO


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """One voice on one side: its index (1 to 5) and how many answers made it."""

    value: float
    answered: int


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One rater's answers about one partner, in the order of the set's questions.

    Attributes:
        answers: 0 can't say or not answered; 1 to 5; for a deal-breaker 1 no, 2 yes.
        severity: the rater's own correction, -1 to 1 in quarters (severity.py).
    """

    answers: tuple[int, ...]
    severity: float = 0.0


def voice_from_answers(criteria: CriteriaSet, answers: tuple[int, ...], side: Side) -> Voice | None:
    """Return one side of a row, its index not corrected; None if nothing on it was answered."""
    total = weights = answered = 0
    for weight in criteria.weights[side]:
        if answer := answers[weight.position]:
            total += weight.weight * (6 - answer if weight.is_reversed else answer)
            weights += weight.weight
            answered += 1
    return Voice(total / weights, answered) if weights else None


def counts_as_voice(criteria: CriteriaSet, answers: tuple[int, ...]) -> bool:
    """Tell whether a row counts: the starred pair, or any two answers in each lane."""
    if all(answers[criteria.positions[question]] for question in criteria.starred_pair):
        return True
    lanes = (voice_from_answers(criteria, answers, side) for side in (Side.GET, Side.GIVE))
    return all(lane is not None and lane.answered >= 2 for lane in lanes)


def is_valid_row(criteria: CriteriaSet, row: Row) -> bool:
    """Tell whether a row could have come from our ballot: a modified program may seal anything."""
    questions = criteria.questions
    return (
        len(row.answers) == len(questions)
        and all(
            0 <= answer <= question.scale.top
            for answer, question in zip(row.answers, questions, strict=True)
        )
        and -1 <= row.severity <= 1
    )


class Standing(StrEnum):
    """How a rater stands to a partner. The last two make a dummy nobody can tell apart."""

    RATED = "rated"
    UNKNOWN = "unknown"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a draft says about one partner. An answer of 0 is "can't say", a missing one is open."""

    standing: Standing = Standing.RATED
    answers: Mapping[str, int] = field(default_factory=dict[str, int])

    def row_answers(self, criteria: CriteriaSet) -> tuple[int, ...]:
        """Return the answers in the set's order, open ones as 0."""
        return tuple(self.answers.get(question.id, 0) for question in criteria.questions)


class EntryState(StrEnum):
    """How far a partner's entry has come; each has a sign on the ballot."""

    OPEN = "open"
    BEGUN = "begun"
    COUNTS = "counts"
    LEFT_OUT = "left out"


def check_answer(question: Question, answer: int) -> None:
    """Refuse an answer off the question's scale.

    Raises:
        RuleError: `answer` is neither 0 (can't say) nor on the scale.
    """
    if not 0 <= answer <= question.scale.top:
        raise RuleError(f"{answer} is no answer to {question.label!r}: 0 to {question.scale.top}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole ballot in the making: an entry a partner, and the set that asks about it."""

    sets: Mapping[str, CriteriaSet]
    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])

    @classmethod
    def empty(cls, sets: Mapping[str, CriteriaSet]) -> "Draft":
        """Return a draft with nothing said about the partners that `sets` is keyed by."""
        return cls(sets, dict.fromkeys(sets, Entry()))

    def _with(self, partner: str, standing: Standing, answers: Mapping[str, int]) -> "Draft":
        entry = Entry(standing, {**self.entries[partner].answers, **answers})
        return replace(self, entries={**self.entries, partner: entry})

    def with_answer(self, partner: str, question_id: str, answer: int) -> "Draft":
        """Return the draft with one answer set; answering makes a left-out partner rated again.

        Raises:
            RuleError: The question or the answer doesn't exist.
        """
        criteria = self.sets[partner]
        if question_id not in criteria.positions:
            raise RuleError(f"there is no question {question_id!r}")
        check_answer(criteria.questions[criteria.positions[question_id]], answer)
        return self._with(partner, Standing.RATED, {question_id: answer})

    def without_deal_breakers(self, partner: str) -> "Draft":
        """Return the draft with every deal-breaker of a partner answered no."""
        answers = dict.fromkeys(self.sets[partner].deal_breaker_positions, NO)
        return self._with(partner, Standing.RATED, answers)

    def with_standing(self, partner: str, standing: Standing) -> "Draft":
        """Return the draft with a partner left out, answers kept in case it is taken back."""
        return self._with(partner, standing, {})

    def entry_state(self, partner: str) -> EntryState:
        """Tell how far a partner's entry has come."""
        entry, criteria = self.entries[partner], self.sets[partner]
        if entry.standing is not Standing.RATED:
            return EntryState.LEFT_OUT
        if not entry.answers:
            return EntryState.OPEN
        counts = counts_as_voice(criteria, entry.row_answers(criteria))
        return EntryState.COUNTS if counts else EntryState.BEGUN

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet, so that nothing would be lost."""
        return all(entry == Entry() for entry in self.entries.values())

    def counting_answers(self, partner: str) -> tuple[int, ...] | None:
        """Return a partner's answers if they count, else None: such a hole gets a dummy."""
        counts = self.entry_state(partner) is EntryState.COUNTS
        return self.entries[partner].row_answers(self.sets[partner]) if counts else None


def uniform_answer(criteria: CriteriaSet, entry: Entry) -> int | None:
    """Return the answer given on every line, good and bad alike, if there are six or more."""
    given = [
        (question.section, entry.answers[question.id])
        for question in criteria.questions
        if question.section is not Section.UGLY and entry.answers.get(question.id)
    ]
    bad = any(section is Section.BAD for section, _ in given)
    values = {answer for _, answer in given}
    return values.pop() if len(given) >= 6 and bad and len(values) == 1 else None


def counting_partners(draft: Draft) -> Iterable[str]:
    """Yield the partners whose entry counts as a voice."""
    return (partner for partner in draft.entries if draft.entry_state(partner) is EntryState.COUNTS)
