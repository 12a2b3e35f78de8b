"""An open round in memory, for tests of the ballot box without services and files."""

from dataclasses import dataclass

from stories import FAST

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox.keeper import BoxLock, create_box_lock
from peerreview.ballotbox.key import BallotKey
from peerreview.ballotbox.words import Words
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Box, BoxChange
from peerreview.domain.round.round import KeeperRule, Round, RoundPartner

PARTNERS = ("alder", "bayou", "cobalt")
ROW = Row((4, 3, 2, 5, 1, 0, 0, 0, 0, 0, 3, 3, 4, 4, 2, 1, 3, 1, 1, 2, 1), 0.25)


@dataclass
class OpenRound:
    """The box of an open round and its lock; every method replaces the box by the changed one."""

    box: Box
    locked: BoxLock

    def draw(self, *, spare: bool = False) -> tuple[Words, BallotKey]:
        """Draw a code; return it and its key."""
        code = ballot_box.new_code()
        key = ballot_box.ballot_key(self.box.head, code, FAST)
        self.box = self.box.with_change(ballot_box.draw_ticket(self.box, key, spare))
        return code, key

    def fill(self, key: BallotKey, *known: str, row: Row = ROW) -> None:
        """Seal a ballot with the same row about all `known` partners, and don't hand it in."""
        ballot = {partner: row if partner in known else None for partner in PARTNERS}
        self.box = self.box.with_change(ballot_box.seal_ballot(self.box, key, ballot))

    def raise_flag(self, key: BallotKey) -> None:
        self._set_flag(key, handed_in=True)

    def lower_flag(self, key: BallotKey) -> None:
        self._set_flag(key, handed_in=False)

    def _set_flag(self, key: BallotKey, *, handed_in: bool) -> None:
        ticket = ballot_box.find_owned_part(self.box, key).ticket._replace(handed_in=handed_in)
        self.box = self.box.with_change(BoxChange(tickets=[ticket]))

    def hand_in(self, *known: str) -> BallotKey:
        """Draw a code and hand a ballot in; return the key of the code."""
        _, key = self.draw()
        self.fill(key, *known)
        self.raise_flag(key)
        return key


def open_round(
    heads: int = 5, spares: int = 2, keepers: KeeperRule = KeeperRule.EITHER_OF_TWO
) -> OpenRound:
    """Return a round about the three partners with an empty box."""
    round_ = Round(
        id="round-1",
        number=1,
        heads=heads,
        spares=spares,
        keepers=keepers,
        partners=tuple(RoundPartner(id=partner, set_hash="0" * 16) for partner in PARTNERS),
    )
    locked = create_box_lock(keepers, FAST)
    return OpenRound(ballot_box.lay_out_box(round_, locked), locked)
