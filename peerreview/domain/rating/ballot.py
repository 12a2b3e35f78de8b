"""One rater's ballot while it is being filled in, as immutable values.

A `Draft` is kept in memory during a turn; a `Row` is what is sealed and pooled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from peerreview.domain.errors import RuleError
from peerreview.domain.rating.criteria import CriteriaSet, Question, Section, Side
from peerreview.domain.rating.scale import NO


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """One voice on one side.

    Attributes:
        value: the index of the side, 1 to 5.
        answered: the number of answers that the index is made of.
    """

    value: float
    answered: int


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One rater's answers about one partner, in the order of the set's questions.

    Attributes:
        answers: 0 for "can't say" or not answered; else 1 to 5; for a deal-breaker 1 no, 2 yes.
        severity: the correction for this rater, -1 to 1 in quarters (severity.py).
    """

    answers: tuple[int, ...]
    severity: float = 0.0


def voice_from_answers(criteria: CriteriaSet, answers: tuple[int, ...], side: Side) -> Voice | None:
    """Return the voice of a row on one side, not corrected; None if that side has no answer."""
    total = weights = answered = 0
    for weight in criteria.weights[side]:
        if answer := answers[weight.position]:
            total += weight.weight * (6 - answer if weight.is_reversed else answer)
            weights += weight.weight
            answered += 1
    return Voice(total / weights, answered) if weights else None


def counts_as_voice(criteria: CriteriaSet, answers: tuple[int, ...]) -> bool:
    """Tell whether a row counts: the starred pair is answered, or two questions on both sides.

    The two sides are what comes back and what we give.
    """
    if all(answers[criteria.positions[question]] for question in criteria.starred_pair):
        return True
    voices = (voice_from_answers(criteria, answers, side) for side in (Side.GET, Side.GIVE))
    return all(voice is not None and voice.answered >= 2 for voice in voices)


def is_valid_row(criteria: CriteriaSet, row: Row) -> bool:
    """Tell whether a ballot can produce this row: a modified program could seal any row."""
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
    """How a rater relates to a partner. A partner that isn't rated gets a dummy as its row."""

    RATED = "rated"
    UNKNOWN = "unknown"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Entry:
    """The answers of a draft about one partner, by question id.

    An answer of 0 is "can't say"; a question without an answer is open.
    """

    standing: Standing = Standing.RATED
    answers: Mapping[str, int] = field(default_factory=dict[str, int])

    def row_answers(self, criteria: CriteriaSet) -> tuple[int, ...]:
        """Return the answers in the order of the set's questions, with 0 for open questions."""
        return tuple(self.answers.get(question.id, 0) for question in criteria.questions)


class EntryState(StrEnum):
    """How complete the entry of a partner is."""

    OPEN = "open"
    BEGUN = "begun"
    COUNTS = "counts"
    LEFT_OUT = "left out"


def check_answer(question: Question, answer: int) -> None:
    """Check that an answer is 0 (can't say) or on the question's scale.

    Raises:
        RuleError: It isn't.
    """
    if not 0 <= answer <= question.scale.top:
        raise RuleError(f"{answer} is no answer to {question.label!r}: 0 to {question.scale.top}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A ballot that is being filled in.

    Attributes:
        sets: the criteria set for each partner, by partner id.
        entries: the answers about each partner, by partner id.
    """

    sets: Mapping[str, CriteriaSet]
    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])

    @classmethod
    def empty(cls, sets: Mapping[str, CriteriaSet]) -> "Draft":
        """Return a draft without answers about the partners that are the keys of `sets`."""
        return cls(sets, dict.fromkeys(sets, Entry()))

    def _update_entry(
        self, partner: str, standing: Standing, answers: Mapping[str, int]
    ) -> "Draft":
        """Return the draft with another standing of a partner and with more answers about it."""
        entry = Entry(standing, {**self.entries[partner].answers, **answers})
        return replace(self, entries={**self.entries, partner: entry})

    def with_answer(self, partner: str, question_id: str, answer: int) -> "Draft":
        """Return the draft with one answer; a partner that was left out is rated again.

        Raises:
            RuleError: The question or the answer doesn't exist.
        """
        criteria = self.sets[partner]
        if question_id not in criteria.positions:
            raise RuleError(f"there is no question {question_id!r}")
        check_answer(criteria.questions[criteria.positions[question_id]], answer)
        return self._update_entry(partner, Standing.RATED, {question_id: answer})

    def without_deal_breakers(self, partner: str) -> "Draft":
        """Return the draft with the answer no to every deal-breaker of a partner."""
        answers = dict.fromkeys(self.sets[partner].deal_breaker_positions, NO)
        return self._update_entry(partner, Standing.RATED, answers)

    def with_standing(self, partner: str, standing: Standing) -> "Draft":
        """Return the draft with another standing of a partner; its answers are kept."""
        return self._update_entry(partner, standing, {})

    def entry_state(self, partner: str) -> EntryState:
        """Return how complete the entry of a partner is."""
        entry = self.entries[partner]
        criteria = self.sets[partner]
        if entry.standing is not Standing.RATED:
            return EntryState.LEFT_OUT
        if not entry.answers:
            return EntryState.OPEN
        counts = counts_as_voice(criteria, entry.row_answers(criteria))
        return EntryState.COUNTS if counts else EntryState.BEGUN

    @property
    def is_empty(self) -> bool:
        """Whether no partner has an answer or is left out, so that nothing would be lost."""
        return all(entry == Entry() for entry in self.entries.values())

    def counting_answers(self, partner: str) -> tuple[int, ...] | None:
        """Return the answers about a partner if they count as a voice, else None."""
        if self.entry_state(partner) is not EntryState.COUNTS:
            return None
        return self.entries[partner].row_answers(self.sets[partner])


def find_uniform_answer(criteria: CriteriaSet, entry: Entry) -> int | None:
    """Return the answer if all are the same, to six questions or more with a letdown among them.

    "Can't say" and deal-breakers aside; None if the answers differ or are too few.
    """
    answers = [
        (question.section, entry.answers[question.id])
        for question in criteria.questions
        if question.section is not Section.UGLY and entry.answers.get(question.id)
    ]
    has_letdown = any(section is Section.BAD for section, _ in answers)
    values = {answer for _, answer in answers}
    return values.pop() if len(answers) >= 6 and has_letdown and len(values) == 1 else None


def find_counting_partners(draft: Draft) -> Iterable[str]:
    """Yield the partners whose entry counts as a voice."""
    return (partner for partner in draft.entries if draft.entry_state(partner) is EntryState.COUNTS)
