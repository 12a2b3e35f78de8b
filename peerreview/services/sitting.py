"""The flow of one turn: draw or enter a code, rate, check, hand in or withdraw, and end.

A front end shows the step where a `Sitting` stands and calls the method that the rater chose. Must
not know how a step is shown. Methods that touch the disk say so: an event loop calls them in a
thread.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from peerreview.ballotbox.words import Words
from peerreview.domain.errors import RuleError
from peerreview.services.rating import Rating, Seat
from peerreview.services.turn import Turn


class Step(Enum):
    """The steps of a turn, each with what the rater can do at it."""

    SHOW_CODE = "show code"
    """The fresh code is shown once: `confirm_code`."""
    CHANGE = "change"
    """The receipt of an older code is shown: `rate_again`, `withdraw` or `leave`."""
    RATE = "rate"
    """The ballot is filled in: `check` or `leave`."""
    CHECK = "check"
    """The ballot is looked over: `return_to_ballot`, `hand_in` or `leave`."""
    HANDED_IN = "handed in"
    """The receipt and the mirror are shown: `finish`."""
    WITHDRAWN = "withdrawn"
    """The ballot is out of the box: `return_to_code` or `finish`."""
    ENDED = "ended"
    """Nothing is left to show."""


@dataclass(frozen=True)
class DraftKeeper:
    """The functions that keep the answers of raters whose connection broke; by default none does.

    Attributes:
        resume: returns the turn of a seat, with the answers kept for it.
        forget: drops the answers kept for a seat.
    """

    resume: Callable[[Seat], Turn] = Turn
    forget: Callable[[Seat], object] = lambda seat: None


NO_DRAFTS = DraftKeeper()


class Sitting:
    """One rater's way through a turn. It is dropped when the turn ends.

    Args:
        rating: the service that draws codes and puts ballots into the box.
        seat: the seat of the code that was drawn or entered.
        drafts: keeps the answers if the rater's connection breaks.

    Attributes:
        seat: the seat, as it is now.
        turn: the ballot in the making.
        step: what to show next.
        is_resumed: whether answers from before a broken connection are in the ballot.
        receipt: the words of the ballot handed in during this sitting; None before.
    """

    def __init__(self, rating: Rating, seat: Seat, drafts: DraftKeeper = NO_DRAFTS) -> None:
        self._rating = rating
        self._drafts = drafts
        self.receipt: Words | None = None
        self._take(seat)

    def _take(self, seat: Seat) -> None:
        """Take a seat and go to its first step."""
        self.seat = seat
        self.turn = self._drafts.resume(seat)
        self.is_resumed = not self.turn.draft.is_empty
        if seat.code:
            self.step = Step.SHOW_CODE
        elif self.is_resumed:
            self.step = Step.RATE
        else:
            self.step = Step.CHANGE

    def _require(self, *steps: Step) -> None:
        """Raise RuleError unless the turn is at one of these steps."""
        if self.step not in steps:
            raise RuleError("this turn has moved on: go on from where it is now")

    def confirm_code(self) -> None:
        """Go on to the ballot: the rater has the code."""
        self._require(Step.SHOW_CODE)
        self.step = Step.RATE

    def rate_again(self) -> None:
        """Go on to a blank ballot, to replace the one in the box."""
        self._require(Step.CHANGE)
        self.step = Step.RATE

    def withdraw(self) -> None:
        """Take the ballot out of the box, on the disk.

        Raises:
            BoxGoneError: The box was closed first.
        """
        self._require(Step.CHANGE)
        self._rating.withdraw(self.seat)
        self._drafts.forget(self.seat)
        self.step = Step.WITHDRAWN

    def return_to_code(self) -> None:
        """Read the box again, and show what the code owns there now.

        Raises:
            RuleError: The round was closed or discarded in the meantime.
        """
        self._require(Step.WITHDRAWN)
        self._take(self._rating.refresh_seat(self.seat))

    def check(self) -> None:
        """Go on to the last look at the ballot."""
        self._require(Step.RATE)
        self.step = Step.CHECK

    def return_to_ballot(self) -> None:
        """Go back from the check to the ballot."""
        self._require(Step.CHECK)
        self.step = Step.RATE

    def hand_in(self) -> None:
        """Put the ballot into the box, on the disk; from then on there is a receipt.

        Raises:
            BoxGoneError: The box was closed first; this ballot isn't counted.
        """
        self._require(Step.CHECK)
        self.receipt = self._rating.cast(self.seat, self.turn.draft)
        self._drafts.forget(self.seat)
        self.step = Step.HANDED_IN

    def finish(self) -> None:
        """End the turn of a rater who has seen the receipt, or has taken the ballot out."""
        self._require(Step.HANDED_IN, Step.WITHDRAWN)
        self.step = Step.ENDED

    def leave(self) -> None:
        """Throw the answers away and end the turn; a ballot in the box stays.

        A fresh code under which nothing was handed in is given back, on the disk, for somebody else
        to draw.
        """
        self.step = Step.ENDED
        self._drafts.forget(self.seat)
        if self.seat.code and self.receipt is None:
            with suppress(RuleError):  # the box was closed, or the ballot came in after all
                self._rating.give_back(self.seat)

    def abandon(self) -> None:
        """End the turn of a rater who has gone; keep the answers if drafts are kept.

        Without answers or without a keeper of drafts this is the same as `leave`.
        """
        if self._drafts is NO_DRAFTS or self.turn.draft.is_empty:
            self.leave()
        self.step = Step.ENDED
