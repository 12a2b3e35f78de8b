"""Somebody who reads lines and answers them, without seeing a screen."""

from collections.abc import Callable
from dataclasses import dataclass, field

from peerreview.plain.dialogue import Dialogue

Answer = str | Callable[[list[str]], str]


@dataclass
class Person:
    """Gives one answer after the other, then is gone; keeps in mind what was said.

    An answer may be worked out from what was said so far, such as a code.
    """

    answers: list[Answer]
    said: list[str] = field(default_factory=list[str])
    secrets: list[str] = field(default_factory=list[str])

    @property
    def talk(self) -> Dialogue:
        return Dialogue(self._ask, self._secret, self.said.append, self._clear)

    @property
    def heard(self) -> str:
        """Everything, as one text."""
        return "\n".join(self.said)

    def _ask(self, question: str) -> str:
        self.said.append(question)
        if not self.answers:
            raise EOFError
        answer = self.answers.pop(0)
        return answer if isinstance(answer, str) else answer(self.said)

    def _secret(self, question: str) -> str:
        self.secrets.append(question)
        return self._ask(question)

    def _clear(self) -> str:
        self.said.append(CURTAIN)
        return "Cleared."


CURTAIN = "= curtain ="


def person(*parts: Answer | list[Answer]) -> Person:
    """Return a person with these answers; a text of several words is several answers."""
    answers: list[Answer] = []
    for part in parts:
        answers += (
            part.split() if isinstance(part, str) else part if isinstance(part, list) else [part]
        )
    return Person(answers)


def code_in(said: list[str]) -> str:
    """Return the code that was told."""
    line = next(each for each in reversed(said) if each.endswith("y once you have them"))
    return line.partition(".")[0].replace(",", "")
