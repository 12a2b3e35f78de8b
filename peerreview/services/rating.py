"""Rating: draw a code, fill in a ballot, hand it in, change it or take it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox import keeper
from peerreview.ballotbox.key import BallotKey
from peerreview.ballotbox.words import Words
from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import Draft, Row
from peerreview.domain.rating.criteria import CriteriaSet, Side
from peerreview.domain.rating.severity import severity
from peerreview.domain.round.box import Box
from peerreview.domain.round.round import Round
from peerreview.domain.tally.release import Release
from peerreview.errors import BoxGoneError
from peerreview.services import casting
from peerreview.services.environment import Environment
from peerreview.services.ports import BoxStore, Vault


@dataclass(frozen=True, repr=False)
class Seat:
    """What a code gives its rater for one turn. It stays in memory, and no longer than the turn.

    Attributes:
        group: the name of the group.
        round: the open round.
        partners: the partners to rate, sorted by name.
        sets: the criteria set for each partner id, in the same order.
        check_words: the three words of the box, the same for everyone.
        key: what the code opens in this box.
        own_part: the rater's part of the box as it was when the turn began.
        box: the storage of the box, prepared for that part.
        code: the words of a code just drawn, to be shown once; None for an older code.
        receipt: the words of the ballot in the box under this code; None without one.
    """

    group: str
    round: Round
    partners: tuple[Partner, ...]
    sets: Mapping[str, CriteriaSet]
    check_words: Words
    key: BallotKey = field(repr=False)
    own_part: Box = field(repr=False)
    box: BoxStore = field(repr=False)
    code: Words | None = field(default=None, repr=False)
    receipt: Words | None = None

    def blank_draft(self) -> Draft:
        """Return an empty draft; a ballot in the box is never read back into one."""
        return Draft.empty(self.sets)


class Rating:
    """Gives seats to the raters of one group, and puts their ballots into the box."""

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault = vault
        self._environment = environment

    def draw_code(self, spare: bool = False) -> Seat:
        """Draw a code and return its seat.

        Args:
            spare: whether a spare code may be drawn, after one for every head.

        Raises:
            RuleError: No round is open, or no code is left.
        """
        group, round_, store = self._read_open_round()
        code = ballot_box.new_code()
        key = ballot_box.ballot_key(
            store.read_without_slots().head, code, self._environment.stretcher
        )
        box = store.update(lambda box: ballot_box.draw_ticket(box, key, spare))
        return self._make_seat(group, round_, box, key, code)

    def enter_code(self, typed: str) -> Seat:
        """Return the seat of a code that was drawn before.

        Raises:
            CodeError: The code isn't known in this round.
            RuleError: No round is open.
        """
        group, round_, store = self._read_open_round()
        code = ballot_box.parse_code(typed)
        box = store.read()
        key = ballot_box.ballot_key(box.head, code, self._environment.stretcher)
        return self._make_seat(group, round_, box, key, None)

    def refresh_seat(self, seat: Seat) -> Seat:
        """Return the seat of the same code, read from the box again.

        Raises:
            CodeError: The code isn't known in the round that is open now.
            RuleError: No round is open.
        """
        group, round_, store = self._read_open_round()
        return self._make_seat(group, round_, store.read(), seat.key, None)

    def cast(self, seat: Seat, draft: Draft) -> Words:
        """Hand a ballot in, replacing an earlier one; return the receipt words.

        A ballot in which nothing counts is handed in like any other: nobody learns that somebody
        knows none of the partners. In a rehearsal no ballot holds an answer: nobody can make a real
        round of it later. The ballot is sealed before the box is locked, so that nobody waits. If a
        crash interrupts the call, the ballot isn't counted, and the same code can hand it in again.

        Raises:
            BoxGoneError: The box was closed first; this ballot isn't counted.
            CodeError: The code owns nothing in the box any more.
            FileError: The box was tampered with, or can't be written.
            RuleError: The same code handed in somewhere else at the same moment.
        """
        rows = dict.fromkeys(draft.entries) if seat.round.rehearsal else self._make_rows(draft)
        filled = ballot_box.seal_ballot(seat.own_part, seat.key, rows)
        check = self._make_open_check(seat.round)
        casting.hand_in(seat.box, seat.own_part, filled, seat.code is None, check)
        return ballot_box.find_owned_part(seat.own_part.with_change(filled), seat.key).receipt

    def give_back(self, seat: Seat) -> None:
        """Free the ticket and the slots of a code that was drawn and not used.

        Raises:
            BoxGoneError: The box was closed first.
            RuleError: A ballot is in the box under this code.
        """
        seat.box.update(lambda box: ballot_box.return_ticket(box, seat.key))

    def withdraw(self, seat: Seat) -> None:
        """Take the ballot out of the box; the code can hand in another one until the close.

        Raises:
            BoxGoneError: The box was closed first.
        """
        emptied = ballot_box.empty_slots(seat.own_part, seat.key)
        casting.take_out(seat.box, seat.own_part, emptied, self._make_open_check(seat.round))

    def _read_open_round(self) -> tuple[Group, Round, BoxStore]:
        """Return the group, its open round and the box.

        Raises:
            RuleError: No round is open.
        """
        group = self._vault.group.read()
        if group.open_round is None:
            raise RuleError("no round is open: there is nothing to rate right now")
        return group, group.open_round, self._vault.box(group.open_round.number)

    def _make_open_check(self, round_: Round) -> Callable[[], None]:
        """Return a check that the round is still open; it reads the group only if that changed.

        Raises:
            BoxGoneError: The round has ended already.
        """
        version = self._vault.group.read_version()
        self._check_open(round_)

        def check() -> None:
            if self._vault.group.read_version() != version:
                self._check_open(round_)

        return check

    def _check_open(self, round_: Round) -> None:
        open_round = self._vault.group.read().open_round
        if open_round is None or open_round.id != round_.id:
            raise BoxGoneError(
                f"round {round_.number} was closed or discarded: nothing more goes into its box"
            )

    def _make_seat(
        self, group: Group, round_: Round, box: Box, key: BallotKey, code: Words | None
    ) -> Seat:
        owned = ballot_box.find_owned_part(box, key)
        own_part = box.matching_part(Box(box.head, (owned.ticket,), owned.slots))
        sets = {partner.id: group.get_criteria_set(partner.set_hash) for partner in round_.partners}
        partners = sorted(map(group.get_partner, sets), key=lambda partner: partner.sort_key)
        return Seat(
            group=group.name,
            round=round_,
            partners=tuple(partners),
            sets={partner.id: sets[partner.id] for partner in partners},
            check_words=keeper.check_words(box.head, self._environment.stretcher),
            key=key,
            own_part=own_part,
            box=self._vault.box(round_.number).prepare_part(own_part),
            code=code,
            receipt=owned.receipt if owned.ticket.handed_in else None,
        )

    def _make_rows(self, draft: Draft) -> dict[str, Row | None]:
        """Return a row for each partner id, with the rater's severity; None for a dummy."""
        last_release = self._vault.group.read().last_shown_release()
        answers = {partner: draft.counting_answers(partner) for partner in draft.entries}
        own_severity = severity(
            (criteria, counting, _last_indices(last_release, partner, criteria))
            for partner, criteria in draft.sets.items()
            if (counting := answers[partner])
        )
        return {
            partner: Row(counting, own_severity) if counting else None
            for partner, counting in answers.items()
        }


def _last_indices(
    release: Release | None, partner: str, criteria: CriteriaSet
) -> dict[Side, float] | None:
    """Return the indices of a partner in a release; None unless it used the same criteria set."""
    result = release.find_partner(partner) if release else None
    if release is None or result is None or release.sets.get(partner) != criteria.hash:
        return None
    sides = {Side.GET: result.comes_back, Side.GIVE: result.we_give, Side.WORK: result.work_index}
    return {side: index for side, index in sides.items() if index is not None}
