"""Criteria sets: which questions a ballot asks, in which order, and what each counts toward."""

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

LABEL_CELLS, TEXT_CELLS, WHY_LENGTH = 24, 60, 120


class Side(StrEnum):
    """The three indices: what comes back, what we give, their work."""

    GET = "get"
    GIVE = "give"
    WORK = "work"


class Section(StrEnum):
    """Where a question stands on the ballot."""

    THEY = "they"
    WE = "we"
    BAD = "bad"
    UGLY = "ugly"


def _within(limit: int):
    def check(text: str) -> str:
        text = clean_text(text)
        if cell_width(text) > limit:
            raise ValueError(f"{text!r} is wider than {limit} terminal cells")
        return text

    return AfterValidator(check)


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Label = Annotated[str, _within(LABEL_CELLS)]
Sentence = Annotated[str, _within(TEXT_CELLS)]
Reason = Annotated[str, AfterValidator(partial(clean_text, longest=WHY_LENGTH))]


class Habit(Value):
    """A good habit, asked both ways: what they do, what we do."""

    id: Id
    part: Literal["lane", "work"]
    label: Label
    they: Sentence
    we: Sentence
    why: Reason
    star: bool = False


class Complaint(Value):
    """A letdown (how often) or a deal-breaker (yes or no), asked about them only."""

    id: Id
    label: Label
    text: Sentence
    why: Reason


class Question(NamedTuple):
    """One answerable line of the ballot. `id` is `they.back`, `we.back`, `greedy` and so on."""

    id: str
    criterion: str
    section: Section
    label: str
    text: str
    why: str
    scale: Scale


class Weight(NamedTuple):
    """What one answer adds to a side: its position in the row, weight, and if 5 is bad."""

    position: int
    weight: int
    is_reversed: bool = False


class CriteriaSet(Value):
    """A validated set: at most seven habits, three letdowns, four deal-breakers; one starred."""

    id: Id
    name: Annotated[str, AfterValidator(clean_text)]
    habit: tuple[Habit, ...] = Field(min_length=2, max_length=7)
    letdown: tuple[Complaint, ...] = Field(default=(), max_length=3)
    deal_breaker: tuple[Complaint, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _rules(self) -> Self:
        ids = [each.id for each in chain(self.habit, self.letdown, self.deal_breaker)]
        if twice := [each for each, count in Counter(ids).items() if count > 1]:
            raise ValueError(f"the id {twice[0]!r} is used twice")
        stars = [each for each in self.habit if each.star]
        if len(stars) != 1:
            raise ValueError(f"exactly one habit is starred, here {len(stars)}")
        if stars[0].part != "lane":
            raise ValueError("the starred habit is part of the lane")
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the fixed order of a row: they/we pairs, letdowns, deal-breakers."""

        def ask(section: Section, it: Habit | Complaint, text: str, scale: Scale) -> Question:
            prefix = f"{section}." if isinstance(it, Habit) else ""
            return Question(prefix + it.id, it.id, section, it.label, text, it.why, scale)

        found: list[Question] = []
        for it in self.habit:
            scale = Scale.HOW_MANY if it.star else Scale.HOW_OFTEN
            found += [ask(Section.THEY, it, it.they, scale), ask(Section.WE, it, it.we, scale)]
        found += [ask(Section.BAD, it, it.text, Scale.HOW_OFTEN) for it in self.letdown]
        found += [ask(Section.UGLY, it, it.text, Scale.YES_NO) for it in self.deal_breaker]
        return tuple(found)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each question id in a row."""
        return {question.id: place for place, question in enumerate(self.questions)}

    @cached_property
    def starred_pair(self) -> tuple[str, str]:
        """The ids of the starred pair: what came back, what we gave."""
        star = next(habit for habit in self.habit if habit.star)
        return f"they.{star.id}", f"we.{star.id}"

    @cached_property
    def weights(self) -> dict[Side, tuple[Weight, ...]]:
        """Which answers make which side. Work asks about theirs only.

        Source: docs/design/statistics.md, "The indices of one row".
        """
        place = self.positions
        lane = [habit for habit in self.habit if habit.part == "lane"]
        work = [habit for habit in self.habit if habit.part == "work"]
        return {
            Side.GET: tuple(Weight(place[f"they.{h.id}"], 1 + h.star) for h in lane),
            Side.GIVE: tuple(Weight(place[f"we.{h.id}"], 1 + h.star) for h in lane),
            Side.WORK: tuple(Weight(place[f"they.{h.id}"], 1) for h in work)
            + tuple(Weight(place[r.id], 1, is_reversed=True) for r in self.letdown),
        }

    @cached_property
    def deal_breaker_positions(self) -> dict[str, int]:
        """The place of each deal-breaker in a row."""
        return {each.id: self.positions[each.id] for each in self.deal_breaker}

    @cached_property
    def hash(self) -> str:
        """A short fingerprint (16 hex digits of SHA-256) of the whole set, frozen with a round."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_criteria_set(toml: str, where: str) -> CriteriaSet:
    """Return the criteria set written in `toml`; `where` names it in the error.

    Raises:
        CriteriaError: It isn't TOML, has unknown keys, or breaks a rule of a set.
    """
    try:
        return CriteriaSet.model_validate(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise CriteriaError(f"{where}: not valid TOML: {error}") from error
    except ValidationError as error:
        raise CriteriaError(f"{where}: {describe_validation_error(error)}") from error
