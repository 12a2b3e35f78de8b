"""Talk: somebody who reads lines and answers with lines, whatever carries them.

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
    """A person, and how to reach them.

    Attributes:
        ask: shows a question and returns the line that answers it; EOFError once nobody is there.
        secret: the same, for what others shouldn't read while it is typed.
        say: shows one line, whatever is in it.
        clear: puts what was said out of sight, as far as that can be done; tells how.
    """

    ask: Callable[[str], str]
    secret: Callable[[str], str]
    say: Callable[[str], None]
    clear: Callable[[], str]

    def choose(self, question: str, answers: str, at_end: str = "") -> str:
        """Ask until the answer is one of `answers`, which stand there separated by blanks.

        Args:
            question: what to ask; says what each answer means.
            answers: the answers there are, in lower case.
            at_end: the answer to take if nobody is there any more; without one EOFError passes.
        """
        try:
            given = self._given(question)
            while given not in answers.split():
                given = self._given(f"Please answer with one of: {answers}")
        except EOFError:
            if not at_end:
                raise
            return at_end
        return given

    def _given(self, question: str) -> str:
        return comparison_key(self.ask(question)[:_LONGEST_ANSWER].strip())

    @contextmanager
    def complaints(self) -> Generator[None]:
        """Say what people can act on in one line, and go on."""
        try:
            yield
        except PeerReviewError as error:
            self.say(f"{error.title}: {error}")
