"""One rater's turn in memory: the seat, the ballot in the making, and what can be undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peerreview.domain.errors import RuleError
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import (
    Draft,
    Entry,
    EntryState,
    Standing,
    uniform_answer,
    voice_from_answers,
)
from peerreview.domain.rating.criteria import CriteriaSet, Side
from peerreview.services.rating import Seat


@dataclass(frozen=True, slots=True)
class BallotCursor:
    """Where the cursor was: a partner's index, a column of the ballot, a question of the grid."""

    partner: int = 0
    column: int = 0
    question: str = ""


Step = tuple[Draft, BallotCursor]


class Turn:
    """What one rater says, step by step. It is dropped when the turn ends; nothing keeps it."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.draft: Draft = seat.blank_draft()
        self.cursor = BallotCursor()
        self._past: list[Step] = []
        self._future: list[Step] = []

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners up for rating, by name."""
        return self.seat.partners

    def criteria_and_entry(self, partner: int) -> tuple[CriteriaSet, Entry]:
        """Return what is asked about a partner, and what was said so far."""
        who = self.partners[partner].id
        return self.draft.sets[who], self.draft.entries[who]

    @property
    def _marks(self) -> list[EntryState]:
        return [self.draft.entry_state(partner.id) for partner in self.partners]

    @property
    def status(self) -> str:
        """How far the ballot is, and whether anything has left the rater's hands."""
        done = sum(mark not in (EntryState.OPEN, EntryState.BEGUN) for mark in self._marks)
        before = "handed in before" if self.seat.receipt else "nothing handed in"
        return f"{done}/{len(self.partners)} · {before}"

    @property
    def counts_text(self) -> str:
        """How many partners count, are left out, or don't count, in words."""
        words = {
            EntryState.COUNTS: "rated",
            EntryState.LEFT_OUT: "left out",
            EntryState.OPEN: "open: taken as “can't say”",
            EntryState.BEGUN: "not counted yet",
        }
        found = {mark: self._marks.count(mark) for mark in words}
        said = [f"{n} {words[mark]}" for mark, n in found.items() if n or mark is EntryState.COUNTS]
        return "    ".join(said)

    @property
    def title(self) -> str:
        """Where we are."""
        return self.seat.round.title(self.seat.group)

    def sides(self, partner: int) -> tuple[float | None, float | None]:
        """Return what comes back from a partner and what we give, 1 to 5, so far."""
        criteria, entry = self.criteria_and_entry(partner)
        answers = entry.row_answers(criteria)
        back, give = (voice_from_answers(criteria, answers, side) for side in (Side.GET, Side.GIVE))
        return back and back.value, give and give.value

    def doubts(self) -> Iterable[tuple[int, str]]:
        """Yield partners that don't count yet or look odd, and what to look at."""
        for index, mark in enumerate(self._marks):
            criteria, entry = self.criteria_and_entry(index)
            if mark is EntryState.BEGUN:
                yield index, "a little more and your voice counts"
            elif entry.standing is Standing.RATED and (same := uniform_answer(criteria, entry)):
                yield index, f"{same} on every line, also the bad ones: meant it?"

    def first_unanswered(self, partner: int) -> BallotCursor:
        """Return a partner's first count without an answer, or else its second one."""
        criteria, entry = self.criteria_and_entry(partner)
        return BallotCursor(partner, int(bool(entry.answers.get(criteria.starred_pair[0]))))

    def answer(self, partner: int, question_id: str, answer: int) -> None:
        """Set one answer."""
        self._step(lambda draft: draft.with_answer(self.partners[partner].id, question_id, answer))

    def deny_deal_breakers(self, partner: int) -> None:
        """Answer every deal-breaker of a partner with no."""
        self._step(lambda draft: draft.without_deal_breakers(self.partners[partner].id))

    def leave_out(self, partner: int, standing: Standing) -> None:
        """Leave a partner out, or take it back in if it is left out that way already."""
        who = self.partners[partner].id
        back = self.draft.entries[who].standing is standing
        self._step(lambda draft: draft.with_standing(who, Standing.RATED if back else standing))

    def _step(self, change: Callable[[Draft], Draft]) -> None:
        new = change(self.draft)
        self._past.append((self.draft, self.cursor))
        self._future.clear()
        self.draft = new

    def undo(self) -> None:
        """Take the last step back, and return to where it was made.

        Raises:
            RuleError: There is nothing to undo.
        """
        self._move(self._past, self._future, "undo")

    def redo(self) -> None:
        """Make the step undone last again.

        Raises:
            RuleError: There is nothing to redo.
        """
        self._move(self._future, self._past, "redo")

    def _move(self, here: list[Step], there: list[Step], what: str) -> None:
        if not here:
            raise RuleError(f"nothing to {what}")
        there.append((self.draft, self.cursor))
        self.draft, self.cursor = here.pop()
