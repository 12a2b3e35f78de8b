"""Checks that a box fits into a box file: complete, of fixed sizes, changed only in place.

In TinyDB documents a ticket is {h: tag, in: handed in} and a slot is {p: partner, h: tag, b: row}.
Must not know where in the file they lie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from peerreview.domain.round.box import Box, BoxChange, BoxHead, Slot, Ticket
from peerreview.store.box.line_format import TAG_LENGTH, LayoutError

LARGEST_ID = (1 << 64) - 1

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="
_Documents = Mapping[str, Mapping[str, Any]]
_TICKET_FIELDS = {"h": str, "in": bool}
_SLOT_FIELDS = {"p": int, "h": str, "b": str}


def sort_and_check_box(box: Box) -> Box:
    """Return a box with tickets and slots sorted by their random ids.

    Raises:
        LayoutError: It isn't complete, or doesn't fit into lines of fixed size.
    """
    tickets = tuple(sorted(box.tickets, key=lambda ticket: ticket.id))
    slots = tuple(sorted(box.slots, key=lambda slot: slot.id))
    for items in (tickets, slots):
        ids = [item.id for item in items]
        if len(set(ids)) < len(ids) or not all(0 <= number <= LARGEST_ID for number in ids):
            raise LayoutError("an id is too large, or two tickets or two slots share one")
    _check_texts(tickets, slots)
    return check_complete(Box(box.head, tickets, slots))


def check_complete(box: Box) -> Box:
    """Return the box if it has all its tickets, and a slot for each ticket and partner.

    Raises:
        LayoutError: Something is missing, or the rows aren't all of one length.
    """
    if len(box.tickets) != box.head.turns:
        raise LayoutError(f"it has {len(box.tickets)} tickets, not {box.head.turns}")
    wanted = dict.fromkeys(range(len(box.head.partners)), box.head.turns)
    if Counter(slot.partner for slot in box.slots) != wanted:
        raise LayoutError("it hasn't one slot for each ticket and partner")
    if len({len(slot.row) for slot in box.slots}) > 1:
        raise LayoutError("its rows aren't all of one length")
    return box


def check_change(box: Box, change: BoxChange) -> BoxChange:
    """Return the change if it only overwrites tickets and slots of `box` in place.

    Raises:
        LayoutError: It names an unknown id, another partner, or a row of another length.
    """
    _check_texts(change.tickets, change.slots)
    if not {ticket.id for ticket in box.tickets}.issuperset(t.id for t in change.tickets):
        raise LayoutError("there is no such ticket")
    shapes = {(number, partner, len(row)) for number, partner, _, row in box.slots}
    if not shapes.issuperset((s.id, s.partner, len(s.row)) for s in change.slots):
        raise LayoutError("there is no such slot for this partner and this length of row")
    return change


def _check_texts(tickets: Iterable[Ticket], slots: Iterable[Slot]) -> None:
    tags = [item.tag for item in (*tickets, *slots)]
    if max(map(len, tags), default=0) > TAG_LENGTH:
        raise LayoutError(f"a tag is longer than {TAG_LENGTH} characters")
    check_base64([*tags, *[slot.row for slot in slots]])


def check_base64(texts: Iterable[str]) -> None:
    """Check that texts consist of the characters of base64.

    Raises:
        LayoutError: One doesn't.
    """
    if "".join(texts).encode("utf-8", "replace").translate(None, _BASE64):
        raise LayoutError("a tag or row isn't base64 text")


def box_from_tables(tables: Mapping[str, _Documents]) -> Box:
    """Return the box in the tables of a TinyDB file.

    Raises:
        LayoutError: They aren't a complete box that fits into lines of fixed size.
    """
    if set(tables) != {"round", "turns", "holes"} or set(tables["round"]) != {"1"}:
        raise LayoutError("these aren't the tables of a ballot box")
    try:
        head = BoxHead.model_validate(tables["round"]["1"])
    except ValidationError as error:
        raise LayoutError("the document of the round isn't complete") from error
    _check_fields("turns", tables["turns"], _TICKET_FIELDS)
    _check_fields("holes", tables["holes"], _SLOT_FIELDS)
    tickets = [
        Ticket(int(number), document["h"], document["in"])
        for number, document in tables["turns"].items()
    ]
    slots = [
        Slot(int(number), document["p"], document["h"], document["b"])
        for number, document in tables["holes"].items()
    ]
    return sort_and_check_box(Box(head, tuple(tickets), tuple(slots)))


def _check_fields(table: str, documents: _Documents, fields: Mapping[str, type]) -> None:
    """Check that every document of a table has exactly the fields of that table.

    Raises:
        LayoutError: One hasn't.
    """
    for document in documents.values():
        if {field: type(value) for field, value in document.items()} != fields:
            raise LayoutError(f"a document in {table!r} has other fields")
