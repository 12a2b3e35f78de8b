"""Scales: the answers that a question offers, and the words for its results."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Self

CANT_SAY = 0
"""The answer "can't say", on every scale."""
NO, YES = 1, 2
"""The answers to a deal-breaker."""


class Choice(NamedTuple):
    """One answer that a scale offers: the key that gives it, its word, and its number in a row."""

    key: str
    word: str
    answer: int


def _number_choices(*words: str) -> tuple[Choice, ...]:
    """Return choices from 1 on, each with its number as its key."""
    return tuple(Choice(str(answer), word, answer) for answer, word in enumerate(words, 1))


_OFTEN = ("never", "rarely", "sometimes", "mostly", "always")


class Scale(StrEnum):
    """How a question is answered.

    Attributes:
        choices: the answers besides "can't say", in the order in which they are offered.
        top: the highest answer; the answers are 0 (can't say) and 1 to `top`.
        bands: the words for released bands, lowest first, by the number of bands; may be empty.
    """

    HOW_OFTEN = "how_often", _number_choices(*_OFTEN), ("rarely", "sometimes", "mostly"), _OFTEN
    HOW_MANY = (
        "how_many",
        _number_choices("none", "one", "two or three", "four to six", "more"),
        ("rarely", "now and then", "often"),
        ("hardly ever", "rarely", "now and then", "often", "very often"),
    )
    YES_NO = "yes_no", (Choice("y", "yes", YES), Choice("n", "no", NO))

    choices: tuple[Choice, ...]
    top: int
    bands: Mapping[int, tuple[str, ...]]

    def __new__(cls, name: str, choices: tuple[Choice, ...], *bands: tuple[str, ...]) -> Self:
        """Return the scale of this name; the name is its value."""
        scale = str.__new__(cls, name)
        scale._value_ = name
        scale.choices = choices
        scale.top = max(choice.answer for choice in choices)
        scale.bands = {len(words): words for words in bands}
        return scale

    def choice_by_key(self, key: str) -> Choice | None:
        """Return the choice that a key gives, if there is one."""
        return next((choice for choice in self.choices if choice.key == key), None)

    def choice_by_answer(self, answer: int) -> Choice | None:
        """Return the choice with this number, if there is one."""
        return next((choice for choice in self.choices if choice.answer == answer), None)
