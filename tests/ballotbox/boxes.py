"""Boxes laid out by hand, with keys to turn, for tests of the box alone."""

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
class Table:
    """A box on a table: everybody may draw and cast, one after the other."""

    box: Box
    locked: BoxLock

    def draw(self, *, spare: bool = False) -> tuple[Words, BallotKey]:
        code = ballot_box.new_code()
        key = ballot_box.ballot_key(self.box.head, code, FAST)
        self.box = self.box.with_change(ballot_box.draw_ticket(self.box, key, spare))
        return code, key

    def fill(self, key: BallotKey, *known: str, row: Row = ROW) -> None:
        ballot = {partner: row if partner in known else None for partner in PARTNERS}
        self.box = self.box.with_change(ballot_box.seal_ballot(self.box, key, ballot))

    def flag(self, key: BallotKey, up: bool = True) -> None:
        turn = ballot_box.find_owned_part(self.box, key).ticket._replace(handed_in=up)
        self.box = self.box.with_change(BoxChange(tickets=[turn]))

    def cast(self, *known: str) -> BallotKey:
        _, key = self.draw()
        self.fill(key, *known)
        self.flag(key)
        return key


def table(heads: int = 5, spares: int = 2, keepers: KeeperRule = KeeperRule.EITHER_OF_TWO) -> Table:
    """Lay a box out for `heads` people and the three partners."""
    round_ = Round(
        id="round-1",
        number=1,
        heads=heads,
        spares=spares,
        keepers=keepers,
        partners=tuple(RoundPartner(id=partner, set_hash="0" * 16) for partner in PARTNERS),
    )
    locked = create_box_lock(keepers, FAST)
    return Table(ballot_box.lay_out_box(round_, locked), locked)
