"""A person who reads lines and answers them, for the tests of plain mode."""

from collections.abc import Callable
from dataclasses import dataclass, field

from peerreview.plain.dialogue import Dialogue

Answer = str | Callable[[list[str]], str]
"""An answer, or a function that makes it from the lines shown so far, such as a code."""
CURTAIN = "= curtain ="
"""The line that stands in `Person.lines` for clearing the screen."""


@dataclass
class Person:
    """Gives one answer after the other, and has gone when no answer is left.

    Attributes:
        answers: the answers still to give.
        lines: all lines shown so far.
        secret_questions: the questions whose answers were hidden.
    """

    answers: list[Answer]
    lines: list[str] = field(default_factory=list[str])
    secret_questions: list[str] = field(default_factory=list[str])

    @property
    def dialogue(self) -> Dialogue:
        return Dialogue(self._ask, self._ask_secret, self.lines.append, self._clear)

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)

    def _ask(self, question: str) -> str:
        self.lines.append(question)
        if not self.answers:
            raise EOFError
        answer = self.answers.pop(0)
        return answer if isinstance(answer, str) else answer(self.lines)

    def _ask_secret(self, question: str) -> str:
        self.secret_questions.append(question)
        return self._ask(question)

    def _clear(self) -> str:
        self.lines.append(CURTAIN)
        return "Cleared."


def make_person(*texts: str) -> Person:
    """Return a person whose answers are the words of some texts."""
    return Person([word for text in texts for word in text.split()])


def shown_code(lines: list[str]) -> str:
    """Return the code that was shown last."""
    line = next(line for line in reversed(lines) if line.endswith("y once you have them"))
    return line.partition(".")[0].replace(",", "")
