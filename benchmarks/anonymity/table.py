"""A table of four people who have handed in, and an attacker who holds the file.

FORGE and ZERO are played at the table. An attack returns whether it works: whether a forgery is
neither noticed nor refused and no count contradicts it, or whether the attacker learns a secret.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.anonymity.result import NO_LEAK, Attack, Leak, Result, exact
from benchmarks.anonymity.scratch_round import ScratchRound, fill_draft, scratch_round
from peerreview.ballotbox.words import Words
from peerreview.domain.round.box import Box
from peerreview.errors import PeerReviewError
from peerreview.services.rating import Seat
from peerreview.store.box.box_layout import BoxLayout

HONEST, HEADS, PARTNERS, OPINION = 4, 5, 2, 4


@dataclass(frozen=True)
class Table:
    """Four people who have handed in and know their codes, receipts and check words.

    Attributes:
        scratch: the round they are in.
        seats: the seats of the four, with code and check words.
        receipts: the receipt words that the four were shown.
    """

    scratch: ScratchRound
    seats: Sequence[Seat]
    receipts: list[Words]

    def rewrite(self, change: Callable[[Box], Box]) -> None:
        """Replace the box file, as any program could."""
        box = change(self.scratch.box())
        self.scratch.box_file.write_bytes(BoxLayout.for_box(box).file_bytes(box))

    def come_back(self, number: int) -> Seat:
        """Enter the code of one of the four again; return the seat."""
        return self.scratch.services.rating.enter_code(" ".join(self.seats[number].code or ()))

    def rate_again(self, number: int, opinion: int) -> Words:
        """Hand in another ballot with the code of one of the four; return its receipt."""
        seat = self.come_back(number)
        draft = fill_draft(seat, [opinion] * PARTNERS)
        return self.scratch.services.rating.cast(seat, draft)

    def closes_unnoticed(self) -> bool:
        """Close if all four are shown the words they know; return whether that was so."""
        for number, seat in enumerate(self.seats):
            current = self.come_back(number)
            if current.receipt != self.receipts[number]:
                return False
            if current.check_words != seat.check_words:
                return False
        self.scratch.close(HONEST)
        return True


def play(attacks: Sequence[Attack]) -> list[Result]:
    """Return for each attack whether it works on the product, and on its leaky variant."""
    return [
        Result(attack, exact(_works(attack, NO_LEAK)), 0, float(_works(attack, attack.leak)))
        for attack in attacks
    ]


def _works(attack: Attack, leak: Leak) -> bool:
    with leak(), scratch_round(PARTNERS, HEADS) as scratch:
        table = Table(scratch, [scratch.take_turn([OPINION] * PARTNERS) for _ in range(HONEST)], [])
        table.receipts.extend(table.come_back(number).receipt or () for number in range(HONEST))
        try:
            return attack.method(table)
        except PeerReviewError:
            return False
