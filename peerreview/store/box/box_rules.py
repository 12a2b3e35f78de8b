"""The rules of a box in fixed pigeonholes: everything there from the start, of one size, in place.

As TinyDB documents: turn = {h: tag, in: handed in}; hole = {p: partner, h, b: row}. Knows the
domain's boxes and their documents; must not know where in a file they lie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from peerreview.domain.round.box import Box, BoxHead, Change, Slot, Ticket
from peerreview.store.box.slot_format import TAG_LENGTH, LayoutError

LARGEST_ID = (1 << 64) - 1

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="
_SHAPES: dict[str, tuple[Any, dict[str, type]]] = {
    "turns": (Ticket, {"h": str, "in": bool}),
    "holes": (Slot, {"p": int, "h": str, "b": str}),
}


def sort_and_check_box(box: Box) -> Box:
    """Return a box to be laid out, sorted by its random ids.

    Raises:
        LayoutError: It isn't a whole box with everything of one size.
    """
    turns = tuple(sorted(box.tickets, key=lambda turn: turn.id))
    slots = tuple(sorted(box.slots, key=lambda hole: hole.id))
    for items in (turns, slots):
        numbers = [each.id for each in items]
        if numbers != sorted(set(numbers)) or not all(0 <= n <= LARGEST_ID for n in numbers):
            raise LayoutError("an id is too large, or two turns or two holes share one")
    _check_texts(turns, slots)
    return whole(Box(box.head, turns, slots))


def whole(box: Box) -> Box:
    """Let a box pass that has all its turns, and a hole for each turn and partner.

    Raises:
        LayoutError: It hasn't.
    """
    if len(box.tickets) != box.head.turns:
        raise LayoutError(f"it has {len(box.tickets)} turns, not {box.head.turns}")
    wanted = dict.fromkeys(range(len(box.head.partners)), box.head.turns)
    if Counter(hole.partner for hole in box.slots) != wanted:
        raise LayoutError("it hasn't one hole for each turn and partner")
    if len({len(hole.row) for hole in box.slots}) > 1:
        raise LayoutError("its rows aren't all of one length")
    return box


def check_change(box: Box, change: Change) -> Change:
    """Return `change` if it overwrites places of `box` and moves nothing.

    Raises:
        LayoutError: It names no place, moves a hole to another partner, or has another size.
    """
    _check_texts(change.tickets, change.slots)
    if not {turn.id for turn in box.tickets}.issuperset([turn.id for turn in change.tickets]):
        raise LayoutError("there is no such turn")
    sizes = {(number, partner, len(row)) for number, partner, _, row in box.slots}
    if not sizes.issuperset([(h.id, h.partner, len(h.row)) for h in change.slots]):
        raise LayoutError("there is no such hole for this partner and this length of row")
    return change


def _check_texts(turns: Iterable[Ticket], slots: Iterable[Slot]) -> None:
    tags = [each.tag for each in (*turns, *slots)]
    if max(map(len, tags), default=0) > TAG_LENGTH:
        raise LayoutError(f"a tag is longer than {TAG_LENGTH} characters")
    check_base64([*tags, *[hole.row for hole in slots]])


def check_base64(texts: Iterable[str]) -> None:
    """Check texts that go into places.

    Raises:
        LayoutError: One isn't base64.
    """
    if "".join(texts).encode("utf-8", "replace").translate(None, _BASE64):
        raise LayoutError("a tag or row isn't base64 text")


def box_of(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Box:
    """Return the box in `tables`.

    Raises:
        LayoutError: It isn't a whole box with everything of one size.
    """
    if set(tables) != {"round", *_SHAPES} or set(tables["round"]) != {"1"}:
        raise LayoutError("these aren't the tables of a ballot box")
    try:
        head = BoxHead.model_validate(tables["round"]["1"])
    except ValidationError as error:
        raise LayoutError("the document of the round isn't whole") from error
    turns, slots = (
        change_of(name, {int(n): each for n, each in tables[name].items()}) for name in _SHAPES
    )
    return sort_and_check_box(Box(head, tuple(turns.tickets), tuple(slots.slots)))


def change_of(table: str, documents: Mapping[int, Mapping[str, Any]]) -> Change:
    """Return documents of a table, by their ids, as turns or holes.

    Raises:
        LayoutError: One hasn't exactly the fields of its table.
    """
    if table not in _SHAPES:
        raise LayoutError(f"there are no places in a table {table!r}")
    made, shape = _SHAPES[table]
    for each in documents.values():
        if {field: type(value) for field, value in each.items()} != shape:
            raise LayoutError(f"a document in {table!r} has other fields")
    found = [made(n, *(each[field] for field in shape)) for n, each in documents.items()]
    return Change(tickets=found) if table == "turns" else Change(slots=found)
