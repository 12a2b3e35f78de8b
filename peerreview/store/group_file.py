"""The group file: a TinyDB file that is always replaced whole and atomically.

Documents are numbered in the order of the group, which the domain sorts by random ids, so the
numbers don't tell who came when. This module decides when to lock, read and write; it must not
know the rules of a group.
"""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tinydb import TinyDB

from peerreview.domain.group.group import Group
from peerreview.domain.value import describe_validation_error
from peerreview.store.disk import durable, platform
from peerreview.store.disk.lock import Lock
from peerreview.store.disk.migration import GROUP_FORMAT
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors
from peerreview.store.disk.tables import Tables, WholeFileStorage, tables_to_bytes

_LISTS = ("partners", "sets", "rounds", "releases")
_TABLES = {"group", *_LISTS}


class GroupFile:
    """The storage of one group in a file; see `GroupStore`.

    Reading takes no lock, except where an open file can't be replaced: the file is always whole.

    Args:
        path: the file, whether or not it exists.
        lock: the lock of the group.
    """

    def __init__(self, path: Path, lock: Lock) -> None:
        self._path = path
        self._lock = lock

    def create(self, group: Group) -> None:
        """Store a new group; an existing file is never overwritten.

        Raises:
            FileError: A file is there already, or it can't be written.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held(), os_errors_as_file_errors(self._path):
            tables = GROUP_FORMAT.add_checksum(_group_to_tables(group))
            durable.create(self._path, tables_to_bytes(tables))

    def read(self, *, trusted: bool = False) -> Group:
        """Return the group as it is now.

        Args:
            trusted: also accept a file that doesn't match its checksum.

        Raises:
            FileError: The file is missing, damaged, foreign or newer than this program.
        """
        lock = self._lock.held() if platform.READERS_BLOCK_RENAMES else nullcontext()
        with lock, TinyDB(self._path, storage=WholeFileStorage) as db:
            return _group_from_tables(_read_tables(db), self._path, trusted=trusted)

    def read_version(self) -> tuple[int, ...]:
        """Return a value that stays equal until the file is replaced.

        Raises:
            FileError: The file is missing.
        """
        with os_errors_as_file_errors(self._path):
            status = self._path.stat()
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns

    def update(self, decide: Callable[[Group], Group], *, trusted: bool = False) -> Group:
        """Lock the group, read it, store what `decide` returns if it changed, and return that.

        If the file has an older schema, a copy of it is kept beside the new one.

        Args:
            decide: returns the new group; what it raises passes through.
            trusted: also accept a file that doesn't match its checksum, and replace it even if
                `decide` changes nothing.

        Raises:
            FileError: As for `read`, or the file can't be written; it is as it was.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held(), TinyDB(self._path, storage=WholeFileStorage) as db:
            tables = _read_tables(db)
            group = _group_from_tables(tables, self._path, trusted=trusted)
            changed = decide(group)
            if changed != group or trusted:
                schema = GROUP_FORMAT.read_schema(tables, self._path)
                if schema < GROUP_FORMAT.schema:
                    durable.keep_copy(self._path, f"schema-{schema}")
                db.storage.write(GROUP_FORMAT.add_checksum(_group_to_tables(changed)))
            return changed


class CachedGroupFile(GroupFile):
    """A group file that is parsed again only when it has changed, for a host with many sessions."""

    _cache: tuple[object, Group] | None = None

    def read(self, *, trusted: bool = False) -> Group:
        """Return the group as it is now; the same object as before if the file hasn't changed.

        Raises:
            FileError: The file is missing, damaged, foreign or newer than this program.
        """
        version = self.read_version()
        cache = self._cache
        if cache is None or cache[0] != version:
            cache = self._cache = version, super().read(trusted=trusted)
        return cache[1]


def validate_group(group: Group) -> Group:
    """Return the group as it would be read back.

    Raises:
        ValueError: It breaks a rule of a group, as a copy that was never validated can.
    """
    return Group.model_validate(group.model_dump(mode="json"))


def _group_to_tables(group: Group) -> Tables:
    """Return the tables of a group; equal groups give equal tables."""
    fields: dict[str, Any] = validate_group(group).model_dump(mode="json")
    lists = {name: fields.pop(name) for name in _LISTS}
    return {"group": {"1": fields}} | {
        name: {str(number): document for number, document in enumerate(documents, 1)}
        for name, documents in lists.items()
    }


def _read_tables(db: TinyDB) -> Tables:
    return {
        name: {
            str(document.doc_id): dict(document) for document in db.table(name, cache_size=0).all()
        }
        for name in db.tables()
    }


def _group_from_tables(tables: Tables, path: Path, *, trusted: bool = False) -> Group:
    """Return the group in tables of any schema.

    Args:
        tables: everything that is in the file.
        path: the name of the file, for errors.
        trusted: also accept tables that don't match their checksum.

    Raises:
        FileError: The file belongs to another program or a newer version, or breaks a rule.
    """
    tables = GROUP_FORMAT.check_and_migrate(tables, path, trusted=trusted)
    if wrong_names := sorted(tables.keys() ^ _TABLES):
        names = ", ".join(wrong_names)[:60]
        raise file_error(path, f"damaged: tables missing or not ours ({names}): put back a copy")
    lists = {name: [tables[name][n] for n in sorted(tables[name], key=int)] for name in _LISTS}
    try:
        return Group.model_validate({**tables["group"]["1"], **lists})
    except ValidationError as error:
        complaint = " ".join(describe_validation_error(error).split())[:200]
        raise file_error(path, f"damaged: {complaint}: put back a copy of it") from error
