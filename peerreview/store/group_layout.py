"""How a group lies in TinyDB tables: one document each, numbered in the group's own order.

The order is by random ids (the domain sorts), so the numbers say nothing about who came when.
Knows tables and the domain; must not know files.
"""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tinydb import TinyDB
from tinydb.table import Document

from peerreview.domain.criteria import explain
from peerreview.domain.group import Group
from peerreview.store.tables import Tables
from peerreview.store.trouble import refused

SCHEMA = 1
_LISTS = ("partners", "sets", "rounds", "releases")
_TABLES = {"group", *_LISTS}


def tables_of(group: Group) -> Tables:
    """Return the tables of a group; the same group always gives the same tables.

    Raises:
        ValueError: It breaks a rule of a group (a copy that was never validated).
    """
    fields: dict[str, Any] = checked(group).model_dump(mode="json")
    lists = {name: fields.pop(name) for name in _LISTS}
    return {"group": {"1": {"schema": SCHEMA, **fields}}} | {
        name: {str(number): each for number, each in enumerate(documents, 1)}
        for name, documents in lists.items()
    }


def checked(group: Group) -> Group:
    """Return the group as it would be read back.

    Raises:
        ValueError: It breaks a rule of a group (a copy that was never validated).
    """
    return Group.model_validate(group.model_dump(mode="json"))


def group_of(db: TinyDB, where: Path) -> Group:
    """Return the group that lies in a database; errors name the file `where`.

    Raises:
        FileError: It is another program's, or a newer version's, or breaks a rule of a group.
    """
    head = _head(db, where)
    if odd := sorted(db.tables() ^ _TABLES):
        listed = ", ".join(odd)[:60]
        raise refused(where, f"damaged: tables missing or not ours ({listed}): put back a copy")
    lists = {table: _in_order(db, table) for table in _LISTS}
    try:
        return Group.model_validate({**head, **lists})
    except ValidationError as error:
        complaint = " ".join(explain(error).split())[:200]
        raise refused(where, f"damaged: {complaint}: put back a copy of it") from error


def _head(db: TinyDB, where: Path) -> dict[str, Any]:
    heads = _in_order(db, "group")
    schema = heads[0].pop("schema", None) if len(heads) == 1 else None
    if type(schema) is not int or schema < 1:
        raise refused(where, "it isn't a group file of ours: check the name")
    if schema > SCHEMA:
        raise refused(where, "written by a newer version of this program: install that one")
    return heads[0]


def _in_order(db: TinyDB, table: str) -> list[dict[str, Any]]:
    found: list[Document] = db.table(table, cache_size=0).all()
    return [dict(each) for each in sorted(found, key=lambda document: document.doc_id)]
