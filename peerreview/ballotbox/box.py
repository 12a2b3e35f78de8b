"""Changes of an open box: drawing codes, handing ballots in and taking them out.

A box has all its slots and tickets from the beginning; changes only overwrite them.
"""

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
    """Return a box for a round with a free slot for every ticket and partner, under random ids."""
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
    tickets = [Ticket(ticket_id, "", False) for ticket_id in _random_ids(head.turns)]
    partners = [partner for partner in range(len(head.partners)) for _ in range(head.turns)]
    slots = [
        Slot(slot_id, partner, "", sealed_noise(public))
        for partner, slot_id in zip(partners, _random_ids(len(partners)), strict=True)
    ]
    return Box(head, tuple(sorted(tickets)), tuple(sorted(slots)))


def _random_ids(count: int) -> list[int]:
    """Return distinct ids in random order, at the distance of `id_spacing`."""
    spacing = id_spacing(count)
    ids = [LOWEST_ID + n * spacing + secrets.randbelow(spacing // 8) for n in range(count)]
    secrets.SystemRandom().shuffle(ids)
    return ids


def ballot_key(head: BoxHead, code: Words, stretcher: Stretcher) -> BallotKey:
    """Return the key that a code gives in this round; it takes one Argon2id, about 0.14 s."""
    return BallotKey(stretcher.stretch(code, from_base64(head.salt)), head.round_id)


def parse_code(typed: str) -> Words:
    """Return the code that somebody typed.

    Raises:
        CodeError: The text can't be a code; the message says which word is wrong.
    """
    return words.parse_words(typed, CODE_WORDS)


def new_code() -> Words:
    """Return a new random code of four words."""
    return words.random_words(CODE_WORDS)


def draw_ticket(box: Box, key: BallotKey, spare: bool = False) -> BoxChange:
    """Return the change that gives a code a free ticket and, for each partner, a free slot.

    Args:
        box: the whole box.
        key: the key of the new code.
        spare: whether the spare codes may be drawn, too.

    Raises:
        RuleError: A code was drawn for everybody counted in the room; with `spare`, no spare code
            is left, either. Or the free slots of a partner are used up, after a crash.
    """
    limit = box.head.turns if spare else box.head.heads
    if box.codes_drawn >= limit:
        left = box.head.turns - box.codes_drawn
        raise RuleError(
            f"{box.codes_drawn} codes are drawn for {box.head.heads} people: "
            + (f"{left} spares are left, say so aloud" if left else "none is left")
        )
    ticket = secrets.choice([ticket for ticket in box.tickets if not ticket.tag])
    free_slots: list[list[Slot]] = [[] for _ in box.head.partners]
    for slot in box.slots:
        if not slot.tag:
            free_slots[slot.partner].append(slot)
    if not all(free_slots):
        raise RuleError("a draw cut off by a crash took the last places: nobody else can draw")
    slots = [
        secrets.choice(partner_slots)._replace(tag=key.slot_tag(partner))
        for partner, partner_slots in zip(box.head.partners, free_slots, strict=True)
    ]
    return BoxChange([ticket._replace(tag=key.ticket_tag)], slots)


@dataclass(frozen=True, slots=True, repr=False)
class OwnedPart:
    """What belongs to a code in a box: its ticket, and its slots in the order of the partners."""

    key: BallotKey
    ticket: Ticket
    slots: tuple[Slot, ...]

    @property
    def receipt(self) -> Words:
        """Two words that stand for the ballot in the slots; another ballot has other words.

        They depend on the code, too. Otherwise somebody with a copy of the box, who overhears the
        two words, could find out which slots belong together.
        """
        stored = "|".join(f"{slot.id}:{slot.partner}:{slot.row}" for slot in self.slots)
        return words.fingerprint_words(self.key.receipt(stored), 2)


def find_owned_part(box: Box, key: BallotKey) -> OwnedPart:
    """Return what belongs to a code in a box.

    Raises:
        CodeError: The ticket or a slot is missing; the message is the same for all reasons.
    """
    ticket_tag = key.ticket_tag
    ticket = next((ticket for ticket in box.tickets if ticket.tag == ticket_tag), None)
    slots_by_tag = {slot.tag: slot for slot in box.slots if slot.tag}
    tags = [key.slot_tag(partner) for partner in box.head.partners]
    slots = tuple(slots_by_tag[tag] for tag in tags if tag in slots_by_tag)
    if ticket is None or len(slots) != len(tags):
        raise CodeError(_NO_SUCH_CODE)
    return OwnedPart(key, ticket, slots)


def seal_ballot(box: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> BoxChange:
    """Return the change that seals a ballot into the slots of a code.

    Args:
        box: a box with the slots of the code.
        key: the key of the code.
        ballot: the rows by partner id; a partner with None gets a dummy.

    Raises:
        CodeError: The code isn't known in this box.
        RuleError: The ballot isn't about exactly the partners of this round.
    """
    if set(ballot) != set(box.head.partners):
        raise RuleError("this ballot isn't about the partners of this round")
    public = PublicKey(from_base64(box.head.public_key))
    owned = find_owned_part(box, key)
    return BoxChange(
        slots=[
            slot._replace(row=seal_row(public, key.token(partner), slot.partner, ballot[partner]))
            for partner, slot in zip(box.head.partners, owned.slots, strict=True)
        ]
    )


def empty_slots(box: Box, key: BallotKey) -> BoxChange:
    """Return the change that takes a ballot out of the slots of a code.

    Raises:
        CodeError: The code isn't known in this box.
    """
    public = PublicKey(from_base64(box.head.public_key))
    return BoxChange(
        slots=[slot._replace(row=sealed_noise(public)) for slot in find_owned_part(box, key).slots]
    )


def return_ticket(box: Box, key: BallotKey) -> BoxChange:
    """Return the change that frees the ticket and the slots of a code.

    Raises:
        CodeError: The code isn't known in this box.
        RuleError: A ballot is in under this code.
    """
    owned = find_owned_part(box, key)
    if owned.ticket.handed_in:
        raise RuleError("a ballot is in under this code: take it out first")
    public = PublicKey(from_base64(box.head.public_key))
    return BoxChange(
        [owned.ticket._replace(tag="")],
        [slot._replace(tag="", row=sealed_noise(public)) for slot in owned.slots],
    )
