"""How a group lies in TinyDB tables: one document each, numbered in the group's own order.

The order is by random ids (the domain sorts), so the numbers say nothing about who came when.
Knows tables and the domain; must not know files.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tinydb import TinyDB

from peerreview.domain.criteria import explain
from peerreview.domain.group import Group
from peerreview.store.migration import GROUP
from peerreview.store.tables import Document, Tables
from peerreview.store.trouble import refused

_LISTS = ("partners", "sets", "rounds", "releases")
_TABLES = {"group", *_LISTS}


def tables_of(group: Group) -> Tables:
    """Return the tables of a group; the same group always gives the same tables.

    Raises:
        ValueError: It breaks a rule of a group (a copy that was never validated).
    """
    fields: dict[str, Any] = checked(group).model_dump(mode="json")
    lists = {name: fields.pop(name) for name in _LISTS}
    return {"group": {"1": fields}} | {
        name: {str(number): each for number, each in enumerate(documents, 1)}
        for name, documents in lists.items()
    }


def checked(group: Group) -> Group:
    """Return the group as it would be read back.

    Raises:
        ValueError: It breaks a rule of a group (a copy that was never validated).
    """
    return Group.model_validate(group.model_dump(mode="json"))


def tables_in(db: TinyDB) -> Tables:
    """Return everything in a database."""
    return {
        name: {str(each.doc_id): dict(each) for each in db.table(name, cache_size=0).all()}
        for name in db.tables()
    }


def group_of(tables: Tables, where: Path, *, trusted: bool = False) -> Group:
    """Return the group that lies in tables of whatever schema.

    Args:
        tables: everything that is in the file `where`.
        where: for errors.
        trusted: take what was changed from outside.

    Raises:
        FileError: It is another program's, or a newer version's, or breaks a rule of a group.
    """
    tables = GROUP.opened(tables, where, trusted=trusted)
    if odd := sorted(tables.keys() ^ _TABLES):
        listed = ", ".join(odd)[:60]
        raise refused(where, f"damaged: tables missing or not ours ({listed}): put back a copy")
    lists = {name: _in_order(tables[name]) for name in _LISTS}
    try:
        return Group.model_validate({**tables["group"]["1"], **lists})
    except ValidationError as error:
        complaint = " ".join(explain(error).split())[:200]
        raise refused(where, f"damaged: {complaint}: put back a copy of it") from error


def _in_order(table: Mapping[str, Document]) -> list[Document]:
    return [table[number] for number in sorted(table, key=int)]
