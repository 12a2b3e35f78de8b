"""A dialogue with one person in lines of text, over any connection.

Must not know terminals or streams. Its functions block, so a server runs them in a thread.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from peerreview.domain.text import comparison_key
from peerreview.errors import PeerReviewError

LEAVE = "leave"
_LONGEST_ANSWER = 100


@dataclass(frozen=True)
class Dialogue:
    """The functions that exchange lines with one person.

    Attributes:
        ask: shows a question and returns the answer, one line; raises EOFError if the person has
            gone.
        secret: does the same, but hides the answer from others while it is typed.
        say: shows one line of any text.
        clear: hides the lines shown so far, as well as it can, and returns a line that says how.
    """

    ask: Callable[[str], str]
    secret: Callable[[str], str]
    say: Callable[[str], None]
    clear: Callable[[], str]

    def choose(self, question: str, answers: str, at_end: str = "") -> str:
        """Ask until the person gives one of the answers; return that.

        Args:
            question: the question, with the meaning of each answer.
            answers: the possible answers in lower case, separated by spaces.
            at_end: the answer to return if the person has gone.

        Raises:
            EOFError: The person has gone, and `at_end` is empty.
        """
        try:
            answer = self._ask_normalized(question)
            while answer not in answers.split():
                answer = self._ask_normalized(f"Please answer with one of: {answers}")
        except EOFError:
            if not at_end:
                raise
            return at_end
        return answer

    def _ask_normalized(self, question: str) -> str:
        return comparison_key(self.ask(question)[:_LONGEST_ANSWER].strip())

    @contextmanager
    def report_errors(self) -> Generator[None]:
        """Show an error that the person can act on as one line, and go on after the block."""
        try:
            yield
        except PeerReviewError as error:
            self.say(f"{error.title}: {error}")
