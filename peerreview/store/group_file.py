"""The group file: a stock TinyDB file, written whole by atomic replacement, or not at all.

Knows when to lock, read and write; must not know what a group may be.
"""

import json
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import Storage

from peerreview.domain.group import Group
from peerreview.store import durable, platform
from peerreview.store.group_layout import group_of, tables_in, tables_of
from peerreview.store.lock import Lock
from peerreview.store.migration import GROUP
from peerreview.store.tables import Tables, parse, read_bytes
from peerreview.store.trouble import told


class WholeFile(Storage):
    """TinyDB's storage for one unit of work: read once, at most written once, whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: Tables | None = None

    def read(self) -> Tables:
        """Return the tables as they were when first asked for.

        Raises:
            FileError: The file is missing, damaged or foreign.
        """
        if self._tables is None:
            with told(self._path):
                file = platform.open_existing(self._path, write=False)
                try:
                    data = read_bytes(file, self._path)
                finally:
                    os.close(file)
            self._tables = parse(data, self._path)
        return self._tables

    def write(self, data: Tables) -> None:
        """Replace the whole file, durably; the caller holds the lock.

        Raises:
            FileError: It can't be written; the old one is untouched.
        """
        with told(self._path):
            durable.replace(self._path, text_of(data))
        self._tables = data


def text_of(tables: Tables) -> bytes:
    """Return the bytes of a TinyDB file: sorted and in ASCII, so that any program reads it."""
    return json.dumps(tables, indent=1, sort_keys=True, allow_nan=False).encode("ascii") + b"\n"


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
        with self._lock.held(), told(self._path):
            durable.create(self._path, text_of(GROUP.stamped(tables_of(group))))

    def read(self, *, trusted: bool = False) -> Group:
        """Return the group as it is now; with `trusted` also what was changed from outside.

        Raises:
            FileError: It is missing, damaged, foreign or newer than this program.
        """
        waiting = self._lock.held() if platform.READERS_BLOCK_RENAMES else nullcontext()
        with waiting, TinyDB(self._path, storage=WholeFile) as db:
            return group_of(tables_in(db), self._path, trusted=trusted)

    def stamp(self) -> tuple[int, ...]:
        """Return what tells this file from the one that a change puts in its place.

        Raises:
            FileError: It is missing.
        """
        with told(self._path):
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
            found = tables_in(db)
            group = group_of(found, self._path, trusted=trusted)
            changed = decide(group)
            if changed != group or trusted:
                if (schema := GROUP.schema_of(found, self._path)) < GROUP.schema:
                    durable.keep(self._path, f"schema-{schema}")
                db.storage.write(GROUP.stamped(tables_of(changed)))
            return changed
