"""The shape of a ballot box: tickets and slots of fixed size.

Tags and rows are base64 text of fixed length; a ticket or slot with an empty tag is free. The
package `ballotbox` makes and opens them.
"""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from peerreview.domain.round.round import KeeperRule
from peerreview.domain.value import Value


def _is_base64_of(count: int) -> AfterValidator:
    """Return a validator for base64 text of exactly `count` bytes."""

    def check(text: str) -> str:
        length = len(b64decode(text, validate=True))
        if length != count:
            raise ValueError(f"{length} bytes, not {count}")
        return text

    return AfterValidator(check)


Salt = Annotated[str, _is_base64_of(16)]

LOWEST_ID = 10**15
"""The lowest id in a box; all ids have the same number of digits, and so the same size."""


def id_spacing(count: int) -> int:
    """Return the distance between the lowest values of `count` ids.

    Every id is random within the first eighth of this distance. So an id alone gives its position
    among the sorted ids, and the gaps between ids say nothing.
    """
    return 9 * LOWEST_ID // max(1, count)


class WrappedKey(Value):
    """The private key of a box, encrypted for one set of keepers, as base64 text."""

    salt: Salt
    sealed: Annotated[str, _is_base64_of(72)]


class BoxHead(Value):
    """What everybody may know about a box.

    Attributes:
        round_id: the id of the round.
        number: the number of the round.
        public_key: the key to which rows are sealed.
        salt: the salt for the codes of this box.
        wraps: the private key, encrypted for every set of keepers that can open the box.
        partners: the ids of the partners, sorted.
        heads: the number of people counted in the room.
        turns: the number of tickets.
        keepers: who can open the box.
    """

    round_id: str
    number: int
    public_key: Annotated[str, _is_base64_of(32)]
    salt: Salt
    wraps: tuple[WrappedKey, ...] = Field(min_length=1, max_length=3)
    partners: tuple[str, ...]
    heads: int
    turns: int = Field(ge=1, le=1_000_000)
    keepers: KeeperRule


class Slot(NamedTuple):
    """A place for one sealed row; `partner` is an index into `BoxHead.partners`."""

    id: int
    partner: int
    tag: str
    row: str


class Ticket(NamedTuple):
    """The right to one ballot; it isn't drawn while `tag` is empty."""

    id: int
    tag: str
    handed_in: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box or a part of it; tickets and slots are sorted by their random ids."""

    head: BoxHead
    tickets: tuple[Ticket, ...]
    slots: tuple[Slot, ...]

    @property
    def codes_drawn(self) -> int:
        """The number of codes that were drawn."""
        return sum(1 for ticket in self.tickets if ticket.tag)

    @property
    def ballots_in(self) -> int:
        """The number of ballots that were handed in."""
        return sum(1 for ticket in self.tickets if ticket.handed_in)

    def matching_part(self, part: "Box") -> "Box":
        """Return only those tickets and slots of this box whose ids are in `part`."""
        ticket_ids = {ticket.id for ticket in part.tickets}
        slot_ids = {slot.id for slot in part.slots}
        return Box(
            self.head,
            tuple(ticket for ticket in self.tickets if ticket.id in ticket_ids),
            tuple(slot for slot in self.slots if slot.id in slot_ids),
        )

    def with_change(self, change: "BoxChange") -> "Box":
        """Return the box with its tickets and slots replaced by those of `change`, by id."""
        tickets = {ticket.id: ticket for ticket in change.tickets}
        slots = {slot.id: slot for slot in change.slots}
        return Box(
            self.head,
            tuple(tickets.get(ticket.id, ticket) for ticket in self.tickets),
            tuple(slots.get(slot.id, slot) for slot in self.slots),
        )


@dataclass(frozen=True, slots=True)
class BoxChange:
    """The tickets and slots to overwrite in a box; their ids and sizes stay the same."""

    tickets: Sequence[Ticket] = ()
    slots: Sequence[Slot] = ()
