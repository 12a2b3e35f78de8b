"""The box from its opening to the last cast: laid out whole, then only overwritten in place."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from nacl.public import PublicKey

from peerreview.ballotbox import words
from peerreview.ballotbox.keeper import BoxLock
from peerreview.ballotbox.key import BallotKey, Stretcher, from_base64, new_salt, to_base64
from peerreview.ballotbox.row import seal_row, sealed_noise
from peerreview.ballotbox.words import CODE_WORDS, Words
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import LOWEST_ID, Box, BoxChange, BoxHead, Slot, Ticket, id_spacing
from peerreview.domain.round.round import Round
from peerreview.errors import CodeError, RuleError

_NO_SUCH_CODE = "this code isn't known in this round: look at the spelling, or draw a new one"


def lay_out_box(round_: Round, locked: BoxLock) -> Box:
    """Return a box with a free hole for every turn and partner, under random ids."""
    head = BoxHead(
        round_id=round_.id,
        number=round_.number,
        public_key=locked.public_key,
        salt=to_base64(new_salt()),
        wraps=locked.wraps,
        partners=tuple(sorted(partner.id for partner in round_.partners)),
        heads=round_.heads,
        turns=round_.ticket_count,
        keepers=round_.keepers,
    )
    public = PublicKey(from_base64(locked.public_key))
    turns = [Ticket(number, "", False) for number in _random_ids(head.turns)]
    partners = [each for each in range(len(head.partners)) for _ in range(head.turns)]
    slots = [
        Slot(number, partner, "", sealed_noise(public))
        for partner, number in zip(partners, _random_ids(len(partners)), strict=True)
    ]
    return Box(head, tuple(sorted(turns)), tuple(sorted(slots)))


def _random_ids(count: int) -> list[int]:
    """Return distinct ids in random order, spaced as `id_step` says."""
    step = id_spacing(count)
    ids = [LOWEST_ID + place * step + secrets.randbelow(step // 8) for place in range(count)]
    secrets.SystemRandom().shuffle(ids)
    return ids


def ballot_key(head: BoxHead, code: Words, stretcher: Stretcher) -> BallotKey:
    """Return what a code opens in this round (0.14 s: one Argon2id)."""
    return BallotKey(stretcher.stretch(code, from_base64(head.salt)), head.round_id)


def parse_code(typed: str) -> Words:
    """Return the code meant by `typed`.

    Raises:
        CodeError: It can't be one; says which word.
    """
    return words.parse_words(typed, CODE_WORDS)


def new_code() -> Words:
    """Return a fresh code of four words."""
    return words.random_words(CODE_WORDS)


def draw_ticket(box: Box, key: BallotKey, spare: bool = False) -> BoxChange:
    """Claim a free turn and one random free hole a partner, in place.

    Raises:
        RuleError: Every head counted in the room has drawn (and, with `spare`, no spare is left).
    """
    limit = box.head.turns if spare else box.head.heads
    if box.codes_drawn >= limit:
        left = box.head.turns - box.codes_drawn
        raise RuleError(
            f"{box.codes_drawn} codes are drawn for {box.head.heads} people: "
            + (f"{left} spares are left, say so aloud" if left else "none is left")
        )
    turn = secrets.choice([turn for turn in box.tickets if not turn.tag])
    free: list[list[Slot]] = [[] for _ in box.head.partners]
    for hole in box.slots:
        if not hole.tag:
            free[hole.partner].append(hole)
    if not all(free):
        raise RuleError("a draw cut off by a crash took the last places: nobody else can draw")
    claimed = [
        secrets.choice(slots)._replace(tag=key.slot_tag(partner))
        for partner, slots in zip(box.head.partners, free, strict=True)
    ]
    return BoxChange([turn._replace(tag=key.ticket_tag)], claimed)


@dataclass(frozen=True, slots=True, repr=False)
class OwnedPart:
    """What a code owns in a box: its turn, and its hole for each partner, in their order."""

    key: BallotKey
    ticket: Ticket
    slots: tuple[Slot, ...]

    @property
    def receipt(self) -> Words:
        """Two words for what is stored: another ballot in these holes, other words.

        Keyed by the code: a hash anybody could work out would tell, with two overheard words and
        a copy of the box, which holes belong together.
        """
        stored = "|".join(f"{hole.id}:{hole.partner}:{hole.row}" for hole in self.slots)
        return words.fingerprint_words(self.key.receipt(stored), 2)


def find_owned_part(box: Box, key: BallotKey) -> OwnedPart:
    """Return what a code owns.

    Raises:
        CodeError: Nothing, or not everything; the same words for every reason.
    """
    by_tag, tag = {hole.tag: hole for hole in box.slots if hole.tag}, key.ticket_tag
    turn = next((turn for turn in box.tickets if turn.tag == tag), None)
    slots = [by_tag.get(key.slot_tag(partner)) for partner in box.head.partners]
    found = tuple(hole for hole in slots if hole)
    if turn is None or len(found) != len(slots):
        raise CodeError(_NO_SUCH_CODE)
    return OwnedPart(key, turn, found)


def seal_ballot(box: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> BoxChange:
    """Seal a ballot into its holes: rows for the partners rated, dummies for the others.

    Raises:
        CodeError: The code owns nothing here.
        RuleError: The ballot isn't about exactly the partners of this round.
    """
    if set(ballot) != set(box.head.partners):
        raise RuleError("this ballot isn't about the partners of this round")
    public = PublicKey(from_base64(box.head.public_key))
    mine = find_owned_part(box, key)
    return BoxChange(
        slots=[
            hole._replace(row=seal_row(public, key.token(partner), hole.partner, ballot[partner]))
            for partner, hole in zip(box.head.partners, mine.slots, strict=True)
        ]
    )


def empty_slots(box: Box, key: BallotKey) -> BoxChange:
    """Empty the holes of a ballot that is taken out."""
    public = PublicKey(from_base64(box.head.public_key))
    return BoxChange(
        slots=[hole._replace(row=sealed_noise(public)) for hole in find_owned_part(box, key).slots]
    )


def return_ticket(box: Box, key: BallotKey) -> BoxChange:
    """Free what a code owns, as if it had never been drawn.

    Raises:
        RuleError: A ballot is in.
    """
    mine, public = find_owned_part(box, key), PublicKey(from_base64(box.head.public_key))
    if mine.ticket.handed_in:
        raise RuleError("a ballot is in under this code: take it out first")
    return BoxChange(
        [mine.ticket._replace(tag="")],
        [hole._replace(tag="", row=sealed_noise(public)) for hole in mine.slots],
    )
