"""Criteria sets: the questions of a ballot, their order, and the side that an answer counts for."""

import hashlib
import json
import tomllib
from collections import Counter
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from peerreview.domain.errors import CriteriaError
from peerreview.domain.rating.scale import Scale
from peerreview.domain.text import cell_width, clean_text
from peerreview.domain.value import Value, describe_validation_error

LABEL_CELLS, TEXT_CELLS = 24, 60
"""The widest label and the widest text of a question, in terminal cells."""
WHY_LENGTH = 120
"""The most characters of a reason."""


class Side(StrEnum):
    """The three sides of a partner, each with an index: what comes back, what we give, its work."""

    GET = "get"
    GIVE = "give"
    WORK = "work"


class Section(StrEnum):
    """The section of the ballot with a question: they, we, letdowns (bad), deal-breakers (ugly)."""

    THEY = "they"
    WE = "we"
    BAD = "bad"
    UGLY = "ugly"


def _fits_into(limit: int):
    """Return a validator that cleans a text and refuses one wider than `limit` terminal cells."""

    def check(text: str) -> str:
        text = clean_text(text)
        if cell_width(text) > limit:
            raise ValueError(f"{text!r} is wider than {limit} terminal cells")
        return text

    return AfterValidator(check)


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Label = Annotated[str, _fits_into(LABEL_CELLS)]
Sentence = Annotated[str, _fits_into(TEXT_CELLS)]
Reason = Annotated[str, AfterValidator(partial(clean_text, longest=WHY_LENGTH))]


class Habit(Value):
    """A good habit, with two questions: whether they have it, and whether we have it."""

    id: Id
    part: Literal["lane", "work"]
    label: Label
    they: Sentence
    we: Sentence
    why: Reason
    star: bool = False


class Complaint(Value):
    """A letdown (how often?) or a deal-breaker (yes or no?), asked only about the partner."""

    id: Id
    label: Label
    text: Sentence
    why: Reason


class Question(NamedTuple):
    """One line of the ballot that can be answered.

    `criterion` is the id of the habit or complaint; `id` is `they.back` or `we.back` for the habit
    `back`, and the criterion itself for a complaint.
    """

    id: str
    criterion: str
    section: Section
    label: str
    text: str
    why: str
    scale: Scale


class Weight(NamedTuple):
    """How an answer counts for a side: its position in the row, its weight, whether 5 is bad."""

    position: int
    weight: int
    is_reversed: bool = False


class CriteriaSet(Value):
    """Two to seven habits, one of them starred, up to three letdowns and four deal-breakers."""

    id: Id
    name: Annotated[str, AfterValidator(clean_text)]
    habit: tuple[Habit, ...] = Field(min_length=2, max_length=7)
    letdown: tuple[Complaint, ...] = Field(default=(), max_length=3)
    deal_breaker: tuple[Complaint, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        criteria = chain(self.habit, self.letdown, self.deal_breaker)
        counts = Counter(criterion.id for criterion in criteria)
        if repeated := [criterion_id for criterion_id, count in counts.items() if count > 1]:
            raise ValueError(f"the id {repeated[0]!r} is used twice")
        starred = [habit for habit in self.habit if habit.star]
        if len(starred) != 1:
            raise ValueError(f"exactly one habit is starred, here {len(starred)}")
        if starred[0].part != "lane":
            raise ValueError("the starred habit is part of the lane")
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of a row: they/we pairs, letdowns, deal-breakers."""

        def about_habit(habit: Habit, section: Section, text: str) -> Question:
            scale = Scale.HOW_MANY if habit.star else Scale.HOW_OFTEN
            question_id = f"{section}.{habit.id}"
            return Question(question_id, habit.id, section, habit.label, text, habit.why, scale)

        def about_complaint(item: Complaint, section: Section, scale: Scale) -> Question:
            return Question(item.id, item.id, section, item.label, item.text, item.why, scale)

        questions: list[Question] = []
        for habit in self.habit:
            questions.append(about_habit(habit, Section.THEY, habit.they))
            questions.append(about_habit(habit, Section.WE, habit.we))
        questions += [
            about_complaint(letdown, Section.BAD, Scale.HOW_OFTEN) for letdown in self.letdown
        ]
        questions += [
            about_complaint(deal_breaker, Section.UGLY, Scale.YES_NO)
            for deal_breaker in self.deal_breaker
        ]
        return tuple(questions)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of every question in a row, from 0, by question id."""
        return {question.id: position for position, question in enumerate(self.questions)}

    @cached_property
    def starred_pair(self) -> tuple[str, str]:
        """The ids of the two questions about the starred habit: they, we."""
        star = next(habit for habit in self.habit if habit.star)
        return f"they.{star.id}", f"we.{star.id}"

    @cached_property
    def weights(self) -> dict[Side, tuple[Weight, ...]]:
        """The answers that count for each side; we aren't asked about our own work.

        Source: docs/design/statistics.md, "The indices of one row".
        """
        position = self.positions
        lane = [habit for habit in self.habit if habit.part == "lane"]
        work = [habit for habit in self.habit if habit.part == "work"]
        return {
            Side.GET: tuple(
                Weight(position[f"they.{habit.id}"], 2 if habit.star else 1) for habit in lane
            ),
            Side.GIVE: tuple(
                Weight(position[f"we.{habit.id}"], 2 if habit.star else 1) for habit in lane
            ),
            Side.WORK: (
                *(Weight(position[f"they.{habit.id}"], 1) for habit in work),
                *(Weight(position[item.id], 1, is_reversed=True) for item in self.letdown),
            ),
        }

    @cached_property
    def deal_breaker_positions(self) -> dict[str, int]:
        """The position of every deal-breaker in a row, from 0, by its id."""
        return {criterion.id: self.positions[criterion.id] for criterion in self.deal_breaker}

    @cached_property
    def hash(self) -> str:
        """The fingerprint of the whole set: the first 16 hex digits of a SHA-256."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_criteria_set(toml: str, where: str) -> CriteriaSet:
    """Return the criteria set that a TOML text defines.

    Args:
        toml: the text.
        where: the name of its file, for errors.

    Raises:
        CriteriaError: The text isn't TOML, has unknown keys, or breaks a rule of a set.
    """
    try:
        return CriteriaSet.model_validate(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise CriteriaError(f"{where}: not valid TOML: {error}") from error
    except ValidationError as error:
        raise CriteriaError(f"{where}: {describe_validation_error(error)}") from error
