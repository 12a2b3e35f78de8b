"""The group file: a stock TinyDB file, written whole by atomic replacement, or not at all.

One document each, numbered in the group's own order: by random ids (the domain sorts), so the
numbers say nothing about who came when. Knows when to lock, read and write; must not know what a
group may be.
"""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tinydb import TinyDB

from peerreview.domain.group.group import Group
from peerreview.domain.rating.criteria import describe_validation_error
from peerreview.store.disk import durable, platform
from peerreview.store.disk.lock import Lock
from peerreview.store.disk.migration import GROUP_FORMAT
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors
from peerreview.store.disk.tables import Tables, WholeFile, tables_to_bytes

_LISTS = ("partners", "sets", "rounds", "releases")
_TABLES = {"group", *_LISTS}


class GroupFile:
    """One group in one file. Where renaming is free, reading needs no lock: the file is whole."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self._path, self._lock = path, lock

    def create(self, group: Group) -> None:
        """Keep a new group; never writes over anything.

        Raises:
            FileError: There is something already, or it can't be written.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held(), os_errors_as_file_errors(self._path):
            durable.create(
                self._path, tables_to_bytes(GROUP_FORMAT.add_checksum(_tables_of(group)))
            )

    def read(self, *, trusted: bool = False) -> Group:
        """Return the group as it is now; with `trusted` also what was changed from outside.

        Raises:
            FileError: It is missing, damaged, foreign or newer than this program.
        """
        waiting = self._lock.held() if platform.READERS_BLOCK_RENAMES else nullcontext()
        with waiting, TinyDB(self._path, storage=WholeFile) as db:
            return _group_of(_tables_in(db), self._path, trusted=trusted)

    def read_version(self) -> tuple[int, ...]:
        """Return what tells this file from the one that a change puts in its place.

        Raises:
            FileError: It is missing.
        """
        with os_errors_as_file_errors(self._path):
            found = self._path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def update(self, decide: Callable[[Group], Group], *, trusted: bool = False) -> Group:
        """Lock, read fresh, decide, replace the file if anything changed. Returns the new group.

        A file of an older schema is kept beside the new one. What was changed from outside is
        refused, or with `trusted` taken, and the file replaced in any case.

        Raises:
            FileError: As for `read`, or it can't be written; the file is as it was.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held(), TinyDB(self._path, storage=WholeFile) as db:
            found = _tables_in(db)
            group = _group_of(found, self._path, trusted=trusted)
            changed = decide(group)
            if changed != group or trusted:
                if (schema := GROUP_FORMAT.read_schema(found, self._path)) < GROUP_FORMAT.schema:
                    durable.keep_copy(self._path, f"schema-{schema}")
                db.storage.write(GROUP_FORMAT.add_checksum(_tables_of(changed)))
            return changed


def _tables_of(group: Group) -> Tables:
    """Return the tables of a group; the same group always gives the same tables."""
    fields: dict[str, Any] = validate_group(group).model_dump(mode="json")
    lists = {name: fields.pop(name) for name in _LISTS}
    return {"group": {"1": fields}} | {
        name: {str(number): each for number, each in enumerate(documents, 1)}
        for name, documents in lists.items()
    }


def validate_group(group: Group) -> Group:
    """Return the group as it would be read back.

    Raises:
        ValueError: It breaks a rule of a group (a copy that was never validated).
    """
    return Group.model_validate(group.model_dump(mode="json"))


def _tables_in(db: TinyDB) -> Tables:
    return {
        name: {str(each.doc_id): dict(each) for each in db.table(name, cache_size=0).all()}
        for name in db.tables()
    }


def _group_of(tables: Tables, where: Path, *, trusted: bool = False) -> Group:
    """Return the group that lies in tables of whatever schema.

    Args:
        tables: everything that is in the file `where`.
        where: for errors.
        trusted: take what was changed from outside.

    Raises:
        FileError: It is another program's, or a newer version's, or breaks a rule of a group.
    """
    tables = GROUP_FORMAT.check_and_migrate(tables, where, trusted=trusted)
    if odd := sorted(tables.keys() ^ _TABLES):
        listed = ", ".join(odd)[:60]
        raise file_error(where, f"damaged: tables missing or not ours ({listed}): put back a copy")
    lists = {name: [tables[name][n] for n in sorted(tables[name], key=int)] for name in _LISTS}
    try:
        return Group.model_validate({**tables["group"]["1"], **lists})
    except ValidationError as error:
        complaint = " ".join(describe_validation_error(error).split())[:200]
        raise file_error(where, f"damaged: {complaint}: put back a copy of it") from error
