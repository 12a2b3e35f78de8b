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
    """A rater's place for one turn. Lives in memory, for the length of the turn.

    Attributes:
        code: the words drawn, to be shown once; None when an older code was entered.
        receipt: the words of what is handed in under this code, None if nothing is.
        check_words: the three words of the box, the same for everyone.
        own_part: this rater's part of the box as it was when the turn began.
        box: where it stands.
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
        """Return an empty draft: changing a ballot means rating again."""
        return Draft.empty(self.sets)


class Rating:
    """One group's turns."""

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault, self._environment = vault, environment

    def draw_code(self, spare: bool = False) -> Seat:
        """Draw a code and take the seat; with `spare`, beyond the heads counted.

        Raises:
            RuleError: No round is open, or no code is left.
        """
        group, round_, store = self._open()
        code = ballot_box.new_code()
        key = ballot_box.ballot_key(
            store.read_without_slots().head, code, self._environment.stretcher
        )
        box = store.update(lambda box: ballot_box.draw_ticket(box, key, spare))
        return self._seat(group, round_, box, key, code)

    def enter_code(self, typed: str) -> Seat:
        """Take the seat of a code drawn before.

        Raises:
            CodeError: The code isn't known in this round.
        """
        group, round_, store = self._open()
        code = ballot_box.parse_code(typed)
        box = store.read()
        key = ballot_box.ballot_key(box.head, code, self._environment.stretcher)
        return self._seat(group, round_, box, key, None)

    def refresh_seat(self, seat: Seat) -> Seat:
        """Return the seat of the same code as the box has it now.

        Raises:
            CodeError: The code isn't known in the round that is open now.
            RuleError: No round is open.
        """
        group, round_, store = self._open()
        return self._seat(group, round_, store.read(), seat.key, None)

    def cast(self, seat: Seat, draft: Draft) -> Words:
        """Hand a ballot in, replacing an earlier one; return the receipt words.

        A ballot in which nothing counts is handed in like any other: nobody learns that somebody
        knows none of the partners. In a rehearsal no ballot holds an answer: nobody can make a real
        round of it later. Sealed first, so that nobody waits for it. Cut off half-way by a crash,
        the ballot isn't counted, and the same code finishes it.

        Raises:
            BoxGoneError: The box was closed first; this ballot isn't counted.
        """
        rows = dict.fromkeys(draft.entries) if seat.round.rehearsal else self._rows(draft)
        filled = ballot_box.seal_ballot(seat.own_part, seat.key, rows)
        check = self._still_open(seat.round)
        casting.hand_in(seat.box, seat.own_part, filled, seat.code is None, check)
        return ballot_box.find_owned_part(seat.own_part.with_change(filled), seat.key).receipt

    def give_back(self, seat: Seat) -> None:
        """Free the turn and the holes of a code that was drawn and not used.

        Raises:
            BoxGoneError: The box was closed first.
            RuleError: A ballot is in under this code.
        """
        seat.box.update(lambda box: ballot_box.return_ticket(box, seat.key))

    def withdraw(self, seat: Seat) -> None:
        """Take the ballot out of the box; the code can hand in another one until the close.

        Raises:
            BoxGoneError: The box was closed first.
        """
        emptied = ballot_box.empty_slots(seat.own_part, seat.key)
        casting.take_out(seat.box, seat.own_part, emptied, self._still_open(seat.round))

    def _open(self) -> tuple[Group, Round, BoxStore]:
        group = self._vault.group.read()
        if group.open_round is None:
            raise RuleError("no round is open: there is nothing to rate right now")
        return group, group.open_round, self._vault.box(group.open_round.number)

    def _still_open(self, round_: Round) -> Callable[[], None]:
        """Return a check that the round goes on; it reads the group again only if that changed."""
        stamp = self._vault.group.read_version()
        self._check_open(round_)

        def check() -> None:
            if self._vault.group.read_version() != stamp:
                self._check_open(round_)

        return check

    def _check_open(self, round_: Round) -> None:
        now = self._vault.group.read().open_round
        if now is None or now.id != round_.id:
            raise BoxGoneError(
                f"round {round_.number} was closed or discarded: nothing more goes into its box"
            )

    def _seat(
        self, group: Group, round_: Round, box: Box, key: BallotKey, code: Words | None
    ) -> Seat:
        own = ballot_box.find_owned_part(box, key)
        mine = box.matching_part(Box(box.head, (own.ticket,), own.slots))
        asked = {each.id: group.get_criteria_set(each.set_hash) for each in round_.partners}
        partners = sorted(map(group.get_partner, asked), key=lambda each: each.sort_key)
        return Seat(
            group=group.name,
            round=round_,
            partners=tuple(partners),
            sets={each.id: asked[each.id] for each in partners},
            check_words=keeper.check_words(box.head, self._environment.stretcher),
            key=key,
            own_part=mine,
            box=self._vault.box(round_.number).prepare_part(mine),
            code=code,
            receipt=own.receipt if own.ticket.handed_in else None,
        )

    def _rows(self, draft: Draft) -> dict[str, Row | None]:
        """Return what goes into each hole: rows with the rater's own severity, or dummies."""
        last = self._vault.group.read().last_shown_release()
        answers = {partner: draft.counting_answers(partner) for partner in draft.entries}
        own = severity(
            (asked, given, _last_indices(last, partner, asked))
            for partner, asked in draft.sets.items()
            if (given := answers[partner])
        )
        return {partner: Row(given, own) if given else None for partner, given in answers.items()}


def _last_indices(
    last: Release | None, partner: str, criteria: CriteriaSet
) -> dict[Side, float] | None:
    """Return a partner's indices as last released, if the same set asked then."""
    told = last.find_partner(partner) if last else None
    if last is None or told is None or last.sets.get(partner) != criteria.hash:
        return None
    known = {Side.GET: told.comes_back, Side.GIVE: told.we_give, Side.WORK: told.work_index}
    return {side: index for side, index in known.items() if index is not None}
