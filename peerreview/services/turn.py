"""One rater's turn in memory: the seat, the draft, and the steps that can be undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peerreview.domain.errors import RuleError
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import (
    Draft,
    Entry,
    EntryState,
    Standing,
    find_uniform_answer,
    voice_from_answers,
)
from peerreview.domain.rating.criteria import CriteriaSet, Side
from peerreview.services.rating import Seat


@dataclass(frozen=True, slots=True)
class BallotCursor:
    """A position in the ballot.

    Attributes:
        partner: the index of the partner; the number of partners after the last one.
        column: the index of a column of the ballot.
        question: the id of a question; empty for none.
    """

    partner: int = 0
    column: int = 0
    question: str = ""


_Snapshot = tuple[Draft, BallotCursor]


class Turn:
    """The draft of one rater and its changes. It is dropped when the turn ends.

    Attributes:
        seat: the seat of the rater.
        draft: the ballot in the making.
        cursor: the position in the ballot.
    """

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.draft: Draft = seat.blank_draft()
        self.cursor = BallotCursor()
        self._past: list[_Snapshot] = []
        self._future: list[_Snapshot] = []

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners to rate, sorted by name."""
        return self.seat.partners

    def criteria_and_entry(self, partner: int) -> tuple[CriteriaSet, Entry]:
        """Return the criteria set and the entry of the partner at an index."""
        partner_id = self.partners[partner].id
        return self.draft.sets[partner_id], self.draft.entries[partner_id]

    @property
    def _states(self) -> list[EntryState]:
        return [self.draft.entry_state(partner.id) for partner in self.partners]

    @property
    def status(self) -> str:
        """The number of finished partners, and whether a ballot was handed in before, in words."""
        done = sum(state not in (EntryState.OPEN, EntryState.BEGUN) for state in self._states)
        before = "handed in before" if self.seat.receipt else "nothing handed in"
        return f"{done}/{len(self.partners)} · {before}"

    @property
    def counts_text(self) -> str:
        """The numbers of partners that count, are left out or don't count, in words."""
        words = {
            EntryState.COUNTS: "rated",
            EntryState.LEFT_OUT: "left out",
            EntryState.OPEN: "open: taken as “can't say”",
            EntryState.BEGUN: "not counted yet",
        }
        counts = {state: self._states.count(state) for state in words}
        return "    ".join(
            f"{count} {words[state]}"
            for state, count in counts.items()
            if count or state is EntryState.COUNTS
        )

    @property
    def title(self) -> str:
        """The title of the round, with the name of the group."""
        return self.seat.round.title(self.seat.group)

    def sides(self, partner: int) -> tuple[float | None, float | None]:
        """Return what comes back from a partner and what we give, from 1 to 5.

        A side with too few answers is None.
        """
        criteria, entry = self.criteria_and_entry(partner)
        answers = entry.row_answers(criteria)
        comes_back = voice_from_answers(criteria, answers, Side.GET)
        we_give = voice_from_answers(criteria, answers, Side.GIVE)
        return comes_back and comes_back.value, we_give and we_give.value

    def doubts(self) -> Iterable[tuple[int, str]]:
        """Yield the indices of partners that don't count yet or look odd, with the reason."""
        for index, state in enumerate(self._states):
            criteria, entry = self.criteria_and_entry(index)
            if state is EntryState.BEGUN:
                yield index, "a little more and your voice counts"
            elif entry.standing is Standing.RATED and (
                same := find_uniform_answer(criteria, entry)
            ):
                yield index, f"{same} on every line, also the bad ones: meant it?"

    def first_unanswered(self, partner: int) -> BallotCursor:
        """Return the position of a partner's first unanswered count, or of its second count."""
        criteria, entry = self.criteria_and_entry(partner)
        has_first = bool(entry.answers.get(criteria.starred_pair[0]))
        return BallotCursor(partner, column=1 if has_first else 0)

    def answer(self, partner: int, question_id: str, answer: int) -> None:
        """Set the answer to one question about a partner."""
        partner_id = self.partners[partner].id
        self._change(lambda draft: draft.with_answer(partner_id, question_id, answer))

    def deny_deal_breakers(self, partner: int) -> None:
        """Answer every deal-breaker of a partner with no."""
        partner_id = self.partners[partner].id
        self._change(lambda draft: draft.without_deal_breakers(partner_id))

    def leave_out(self, partner: int, standing: Standing) -> None:
        """Leave a partner out, or take it back in if it has this standing already."""
        partner_id = self.partners[partner].id
        is_left_out = self.draft.entries[partner_id].standing is standing
        new_standing = Standing.RATED if is_left_out else standing
        self._change(lambda draft: draft.with_standing(partner_id, new_standing))

    def _change(self, change: Callable[[Draft], Draft]) -> None:
        """Change the draft in a step that can be undone."""
        new_draft = change(self.draft)
        self._past.append((self.draft, self.cursor))
        self._future.clear()
        self.draft = new_draft

    def undo(self) -> None:
        """Undo the last change, and move the cursor back to where it was made.

        Raises:
            RuleError: There is nothing to undo.
        """
        self._restore(self._past, self._future, "undo")

    def redo(self) -> None:
        """Repeat the change that was undone last.

        Raises:
            RuleError: There is nothing to redo.
        """
        self._restore(self._future, self._past, "redo")

    def _restore(self, source: list[_Snapshot], target: list[_Snapshot], action: str) -> None:
        """Restore the last snapshot of `source`, and append the current state to `target`."""
        if not source:
            raise RuleError(f"nothing to {action}")
        target.append((self.draft, self.cursor))
        self.draft, self.cursor = source.pop()
