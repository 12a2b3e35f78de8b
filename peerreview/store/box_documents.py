"""A ballot box as TinyDB documents: turn = {h: tag, in: handed in}; hole = {p: partner, h, b: row}.

Knows documents and the domain's shapes; must not know where in a file they lie.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from peerreview.domain.box import Box, BoxHead, Change, Hole, Turn
from peerreview.store.box_rules import in_order
from peerreview.store.slot import LayoutError

_SHAPES: dict[str, dict[str, type]] = {
    "turns": {"h": str, "in": bool},
    "holes": {"p": int, "h": str, "b": str},
}


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
    turns, holes = (
        change_of(name, {int(n): each for n, each in tables[name].items()}) for name in _SHAPES
    )
    return in_order(Box(head, tuple(turns.turns), tuple(holes.holes)))


def change_of(table: str, documents: Mapping[int, Mapping[str, Any]]) -> Change:
    """Return documents of a table, by their ids, as turns or holes.

    Raises:
        LayoutError: One hasn't exactly the fields of its table.
    """
    _check(table, documents.values())
    if table == "turns":
        return Change([Turn(number, each["h"], each["in"]) for number, each in documents.items()])
    holes = [Hole(number, each["p"], each["h"], each["b"]) for number, each in documents.items()]
    return Change(holes=holes)


def _check(table: str, documents: Iterable[Mapping[str, Any]]) -> None:
    shape = _SHAPES.get(table)
    if shape is None:
        raise LayoutError(f"there are no places in a table {table!r}")
    for document in documents:
        if {field: type(value) for field, value in document.items()} != shape:
            raise LayoutError(f"a document in {table!r} has other fields")
