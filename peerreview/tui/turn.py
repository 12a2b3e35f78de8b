"""One rater's turn in memory: the seat, the ballot in the making, and what can be undone."""

from collections.abc import Callable
from dataclasses import dataclass

from peerreview.domain.ballot import Draft, Mark, Standing
from peerreview.domain.partner import Partner
from peerreview.domain.refusal import RuleError
from peerreview.services.rating import Seat


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor was: a partner's index, a column of the ballot, a question of the grid."""

    partner: int = 0
    column: int = 0
    question: str = ""


class Turn:
    """What one rater says, step by step. It is dropped when the turn ends; nothing keeps it."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.draft: Draft = seat.blank()
        self.place = Place()
        self._past: list[tuple[Draft, Place]] = []
        self._future: list[tuple[Draft, Place]] = []

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners up for rating, by name."""
        return self.seat.partners

    @property
    def state(self) -> str:
        """How far the ballot is, and whether anything has left the rater's hands."""
        marks = [self.draft.mark(partner.id) for partner in self.partners]
        done = sum(mark not in (Mark.OPEN, Mark.BEGUN) for mark in marks)
        before = "handed in before" if self.seat.receipt else "nothing handed in"
        return f"{done}/{len(marks)} · {before}"

    @property
    def title(self) -> str:
        """Where we are."""
        return self.seat.round.title(self.seat.group)

    def answer(self, partner: int, question_id: str, answer: int) -> None:
        """Set one answer."""
        self._step(lambda draft: draft.answer(self.partners[partner].id, question_id, answer))

    def none_of_them(self, partner: int) -> None:
        """Answer every deal-breaker of a partner with no."""
        self._step(lambda draft: draft.none_of_them(self.partners[partner].id))

    def leave_out(self, partner: int, standing: Standing) -> None:
        """Leave a partner out, or take it back in if it is left out that way already."""
        who = self.partners[partner].id
        back = self.draft.entries[who].standing is standing
        self._step(lambda draft: draft.leave_out(who, Standing.RATED if back else standing))

    def _step(self, change: Callable[[Draft], Draft]) -> None:
        new = change(self.draft)
        self._past.append((self.draft, self.place))
        self._future.clear()
        self.draft = new

    def undo(self) -> None:
        """Take the last step back, and return to where it was made.

        Raises:
            RuleError: There is nothing to undo.
        """
        if not self._past:
            raise RuleError("nothing to undo")
        self._future.append((self.draft, self.place))
        self.draft, self.place = self._past.pop()

    def redo(self) -> None:
        """Make the step undone last again.

        Raises:
            RuleError: There is nothing to redo.
        """
        if not self._future:
            raise RuleError("nothing to redo")
        self._past.append((self.draft, self.place))
        self.draft, self.place = self._future.pop()
