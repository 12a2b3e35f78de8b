"""FORGE and ZERO: the holder of the file, with every tool there is, against four people and a room.

A play returns whether it got through: a forgery unseen, with nothing refused, no word changed on
anybody's screen and no count that doesn't add up; or to something that isn't to be had.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.anonymity.result import NOTHING, Attack, Leak, Result, counted
from benchmarks.anonymity.scratch import Scratch, filled, scratch
from peerreview.ballotbox.words import Words
from peerreview.domain.round.box import Box
from peerreview.errors import PeerReviewError
from peerreview.services.rating import Seat
from peerreview.store.box.box_layout import BoxLayout

HONEST, HEADS, PARTNERS, OPINION = 4, 5, 2, 4


@dataclass(frozen=True)
class Table:
    """Four people who have handed in, and know their codes, receipts and the words of the box.

    Attributes:
        round: the scratch group.
        seats: what each of the four remembers.
        receipts: the words each of them was shown.
    """

    round: Scratch
    seats: Sequence[Seat]
    receipts: list[Words]

    def rewrite(self, change: Callable[[Box], Box]) -> None:
        """Put another box in the place of the file, as any program could."""
        box = change(self.round.box())
        self.round.box_file.write_bytes(BoxLayout.for_box(box).file_bytes(box))

    def back(self, number: int) -> Seat:
        """Let one of the four come back and enter the code."""
        return self.round.services.rating.enter_code(" ".join(self.seats[number].code or ()))

    def again(self, number: int, opinion: int) -> Words:
        """Hand another ballot in under the code of one of the four; return its receipt."""
        seat = self.back(number)
        return self.round.services.rating.cast(seat, filled(seat, [opinion] * PARTNERS))

    def unseen(self) -> bool:
        """Tell whether everybody sees the words they remember, and the close goes through."""
        for number, seat in enumerate(self.seats):
            now = self.back(number)
            if (now.receipt, now.check_words) != (self.receipts[number], seat.check_words):
                return False
        self.round.close(HONEST)
        return True


def played(plays: Sequence[Attack]) -> list[Result]:
    """Return for each play whether it works, and whether it does where something leaks."""
    return [
        Result(each, counted(_works(each, NOTHING)), 0, float(_works(each, each.leak)))
        for each in plays
    ]


def _works(play: Attack, leak: Leak) -> bool:
    with leak(), scratch(PARTNERS, HEADS) as round_:
        table = Table(round_, [round_.turn([OPINION] * PARTNERS) for _ in range(HONEST)], [])
        table.receipts.extend(table.back(number).receipt or () for number in range(HONEST))
        try:
            return play.how(table)
        except PeerReviewError:
            return False
