"""TinyDB's storage and tables over fixed pigeonholes: read whole, overwritten slot by slot.

Knows TinyDB's inside (hence `tinydb==4.9.*`) and the layout; must not know locks or rounds.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from peerreview.domain.box import Box
from peerreview.store import durable, platform
from peerreview.store.box_documents import LayoutError, box_of, check
from peerreview.store.box_layout import Layout
from peerreview.store.keeping import keep
from peerreview.store.migration import BOX
from peerreview.store.tables import Document, Tables, parse, read_bytes
from peerreview.store.trouble import refused, told


class PigeonholeStorage(Storage):
    """One unit of work on a box file, from opening to closing; the caller holds the lock.

    Raises:
        FileNotFoundError: The box isn't there.
        OSError: It can't be opened.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._path = path
        self._file = platform.open_existing(path, write=write)
        self._data, self._schema = b"", BOX.schema
        self._found: tuple[Tables, Box] | None = None
        self._layout: Layout | None = None

    def read(self) -> Tables:
        """Return the tables as they were when first asked for, with what was put since.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return self._read()[0]

    def box(self) -> Box:
        """Return the box as it was when first asked for.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return self._read()[1]

    def _read(self) -> tuple[Tables, Box]:
        if self._found is None:
            with told(self._path):
                self._data = read_bytes(self._file, self._path)
            found = parse(self._data, self._path)
            self._schema = BOX.schema_of(found, self._path)
            tables = BOX.opened(found, self._path)
            try:
                self._found = tables, box_of(tables)
            except LayoutError as error:
                why = f"damaged or no ballot box ({error}): put back a copy of it"
                raise refused(self._path, why) from error
        return self._found

    def write(self, data: Tables) -> NoReturn:
        """Refuse: a box is laid out once, then only overwritten in place.

        Raises:
            LayoutError: Always.
        """
        raise LayoutError("a ballot box is never written whole")

    def put(self, table: str, documents: Mapping[str, Document]) -> None:
        """Overwrite documents of `table` in place; on the device only after `flush`.

        Raises:
            LayoutError: A document doesn't fit; nothing was written.
            FileError: It can't be written.
        """
        check(table, documents.values())
        if not documents:
            return
        tables = self.read()
        with told(self._path):
            layout = self._layout or self._laid_out(tables)
            shelf = layout.shelves[table]
            slots = [shelf.slot(number, document) for number, document in documents.items()]
            for offset, slot in slots:
                platform.overwrite(self._file, offset, slot)
        tables[table].update(documents)

    def _laid_out(self, tables: Tables) -> Layout:
        """Return the layout, after laying the file out again if another program rewrote it."""
        layout = Layout.of(tables)
        text = layout.text(tables)
        if text != self._data:
            if self._schema < BOX.schema:
                keep(self._path, f"schema-{self._schema}")
            durable.replace(self._path, text)
            old, self._file = self._file, platform.open_existing(self._path, write=True)
            os.close(old)
        self._layout = layout
        return layout

    def flush(self) -> None:
        """Return once everything put is on the device.

        Raises:
            FileError: It isn't sure that it is.
        """
        with told(self._path):
            platform.flush(self._file)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


class PigeonholeTable(Table):
    """A TinyDB table whose documents stay where they are: updates yes, inserts and removals no."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0) -> None:
        super().__init__(storage, name, cache_size)

    def put(self, documents: Mapping[int, Document]) -> None:
        """Overwrite whole documents, by their ids.

        Raises:
            LayoutError: A document doesn't fit; nothing was written.
        """
        cast("PigeonholeStorage", self.storage).put(
            self.name, {str(number): document for number, document in documents.items()}
        )

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """Do for every kind of TinyDB update what it does, but overwrite only what changed."""
        table = cast("PigeonholeStorage", self.storage).read().get(self.name, {})
        before = {int(number): each for number, each in table.items()}
        after: dict[int, Mapping[str, Any]] = {n: dict(each) for n, each in before.items()}
        updater(after)
        if after.keys() != before.keys():
            raise LayoutError("documents of a ballot box are never inserted or removed")
        self.put({n: dict(each) for n, each in after.items() if each != before[n]})


class PigeonholeDB(TinyDB):
    """A TinyDB over one box file, for one unit of work."""

    table_class = PigeonholeTable

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, storage=PigeonholeStorage, write=write)

    @property
    def slots(self) -> PigeonholeStorage:
        """The storage, as what it is."""
        return cast("PigeonholeStorage", self.storage)

    def places(self, name: str) -> PigeonholeTable:
        """Return the table `name`, as what it is."""
        return cast("PigeonholeTable", self.table(name))
