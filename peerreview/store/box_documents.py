"""A ballot box as TinyDB documents, and the rules that keep every document the same size.

turn = {h: tag, in: handed in}; hole = {p: partner, h: tag, b: row}. Knows documents and the
domain's shapes; must not know where in a file they lie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from peerreview.domain.box import Box, BoxHead, Change, Hole, Turn
from peerreview.store.tables import Document, Tables

TAG_LENGTH = 24
"""Room for a tag in every document, taken or free."""
LARGEST_ID = (1 << 64) - 1

_SHAPES: dict[str, dict[str, type]] = {
    "turns": {"h": str, "in": bool},
    "holes": {"p": int, "h": str, "b": str},
}
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="


class LayoutError(ValueError):
    """Something that has no place in fixed pigeonholes: a mistake in the program, not a file's."""


def turn_document(turn: Turn) -> Document:
    """Return the document of a turn."""
    return {"h": turn.tag, "in": turn.handed_in}


def hole_document(hole: Hole) -> Document:
    """Return the document of a hole."""
    return {"p": hole.partner, "h": hole.tag, "b": hole.row}


def tables_of(box: Box) -> Tables:
    """Return the tables of a box, sorted by the random ids.

    Raises:
        LayoutError: It isn't a whole box with everything of one size.
    """
    turns = sorted(box.turns, key=lambda turn: turn.id)
    holes = sorted(box.holes, key=lambda hole: hole.id)
    tables: Tables = {
        "round": {"1": box.head.model_dump(mode="json")},
        "turns": {str(turn.id): turn_document(turn) for turn in turns},
        "holes": {str(hole.id): hole_document(hole) for hole in holes},
    }
    if (len(tables["turns"]), len(tables["holes"])) != (len(turns), len(holes)):
        raise LayoutError("two turns or two holes share an id")
    box_of(tables)
    return tables


def box_of(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Box:
    """Return the box in `tables`.

    Raises:
        LayoutError: It isn't a whole box with everything of one size.
    """
    if set(tables) != {"round", "turns", "holes"} or set(tables["round"]) != {"1"}:
        raise LayoutError("these aren't the tables of a ballot box")
    try:
        head = BoxHead.model_validate(tables["round"]["1"])
    except ValidationError as error:
        raise LayoutError("the document of the round isn't whole") from error
    for name in _SHAPES:
        check(name, tables[name].values())
        if any(int(number) > LARGEST_ID for number in tables[name]):
            raise LayoutError("an id is too large")
    turns = [Turn(int(number), each["h"], each["in"]) for number, each in tables["turns"].items()]
    holes = [
        Hole(int(number), each["p"], each["h"], each["b"])
        for number, each in tables["holes"].items()
    ]
    turns.sort(key=lambda turn: turn.id)
    holes.sort(key=lambda hole: hole.id)
    _check_whole(head, turns, holes)
    return Box(head, tuple(turns), tuple(holes))


def check(table: str, documents: Iterable[Mapping[str, Any]]) -> None:
    """Let documents pass that have exactly the fields of their table, in base64 texts.

    Raises:
        LayoutError: One hasn't.
    """
    shape, texts = _SHAPES.get(table), list[str]()
    if shape is None:
        raise LayoutError(f"there are no places in a table {table!r}")
    for document in documents:
        if {field: type(value) for field, value in document.items()} != shape:
            raise LayoutError(f"a document in {table!r} has other fields")
        if len(document["h"]) > TAG_LENGTH:
            raise LayoutError(f"a tag in {table!r} is longer than {TAG_LENGTH} characters")
        texts += (document["h"], document.get("b", ""))
    if "".join(texts).encode("utf-8", "replace").translate(None, _BASE64):
        raise LayoutError(f"a tag or row in {table!r} isn't base64 text")


def _check_whole(head: BoxHead, turns: list[Turn], holes: list[Hole]) -> None:
    if len(turns) != head.turns:
        raise LayoutError(f"it has {len(turns)} turns, not {head.turns}")
    wanted = dict.fromkeys(range(len(head.partners)), head.turns)
    if Counter(hole.partner for hole in holes) != wanted:
        raise LayoutError("it hasn't one hole for each turn and partner")
    if len({len(hole.row) for hole in holes}) > 1:
        raise LayoutError("its rows aren't all of one length")


def fitting(box: Box, change: Change) -> Change:
    """Return `change` as tuples, if it overwrites places of `box` and moves nothing.

    Raises:
        LayoutError: It names no place, moves a hole to another partner, or has another size.
    """
    change = Change(tuple(change.turns), tuple(change.holes))
    check("turns", map(turn_document, change.turns))
    check("holes", map(hole_document, change.holes))
    if not {turn.id for turn in box.turns}.issuperset(turn.id for turn in change.turns):
        raise LayoutError("there is no such turn")
    now = {hole.id: hole for hole in box.holes}
    for hole in change.holes:
        there = now.get(hole.id)
        if there is None or there.partner != hole.partner or len(there.row) != len(hole.row):
            raise LayoutError("there is no such hole for this partner and this length of row")
    return change
