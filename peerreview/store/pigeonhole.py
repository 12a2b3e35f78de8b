"""TinyDB's storage over fixed pigeonholes: read as far as needed, overwritten slot by slot.

Knows the file and its layout; must not know locks or rounds. Nothing is kept from one unit of
work to the next. A file that isn't laid out as we do is read whole, with suspicion, before
anything is said about it or put into it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from peerreview.domain.box import Box, Change, Hole, Turn
from peerreview.store import durable, platform
from peerreview.store.box_layout import Layout
from peerreview.store.box_rules import box_of, change_of, fitting, whole
from peerreview.store.migration import BOX
from peerreview.store.shelf import Shelf
from peerreview.store.slot import LayoutError, OtherLayoutError, T
from peerreview.store.tables import Tables, parse, read_bytes
from peerreview.store.trouble import refused, told


Pieces = list[tuple[int, bytes]]


class PigeonholeStorage(Storage):
    """One unit of work on a box file, from opening to closing; the caller holds the lock.

    Raises:
        FileNotFoundError: The box isn't there.
        OSError: It can't be opened.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._path = path
        self._use(platform.open_existing(path, write=write))

    def read(self) -> Tables:
        """Return the tables as they are now, whoever laid them out, without schema and checksum.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return BOX.opened(parse(self.data(), self._path), self._path)

    def data(self) -> bytes:
        """Return all of the file.

        Raises:
            FileError: It is empty, far too large, or can't be read.
        """
        with told(self._path):
            return read_bytes(self._file, self._path)

    def box(self) -> Box:
        """Return all of the box.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return box_in(self.data(), self._path)

    def part(self, seen: Box | None) -> Box:
        """Return the turns and holes that `seen` has, as they are now; or all turns and no hole.

        Where a slot still holds what was seen, nothing has to be made sense of. Places that
        aren't there are left out.

        Raises:
            FileError: The file is damaged or foreign.
        """
        try:
            with told(self._path):
                layout = self._found()
                if not seen:
                    return layout.box(self._read, holes=False)
                turns = self._items(layout.turns, seen.turns)
                return Box(layout.head, turns, self._items(layout.holes, seen.holes))
        except OtherLayoutError:
            box = self.box()
            return box.part(seen) if seen else replace(box, holes=())

    def write(self, data: Tables) -> NoReturn:
        """Refuse: a box is laid out once, then only overwritten in place.

        Raises:
            LayoutError: Always.
        """
        raise LayoutError("a ballot box is never written whole")

    def put(self, change: Change) -> None:
        """Overwrite the places of a change that fits, holes first; on the device after `flush`.

        Raises:
            FileError: It can't be written, or the file is damaged or foreign.
        """
        turns, holes = tuple(change.turns), tuple(change.holes)
        if not turns and not holes:
            return
        with told(self._path):
            try:
                pieces = self._pieces(turns, holes)
            except OtherLayoutError:
                self._lay_out_again()
                pieces = self._pieces(turns, holes)
            for each in filter(None, pieces):
                platform.overwrite(self._file, each)

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

    def _use(self, file: int) -> None:
        self._file, self._read = file, partial(platform.read_at, file)
        self._layout: Layout | None = None
        self._seen: dict[int, dict[int, int]] = {}

    def _found(self) -> Layout:
        self._layout = self._layout or Layout.found(self._read)
        return self._layout

    def _items(self, shelf: Shelf[T], seen: Sequence[T]) -> tuple[T, ...]:
        """Return turns or holes as they are now; where they lie is known from here on."""
        places, items = shelf.look(self._read, seen)
        self._seen[shelf.start] = {
            item.id: place for place, item in zip(places, items, strict=True)
        }
        return items

    def _pieces(self, turns: Sequence[Turn], holes: Sequence[Hole]) -> list[Pieces]:
        layout = self._found()
        return [self._laid(layout.holes, holes), self._laid(layout.turns, turns)]

    def _laid(self, shelf: Shelf[T], items: Sequence[T]) -> Pieces:
        """Return offset and bytes of slots, as they lie in the file."""
        items = sorted(items, key=lambda item: item.id)
        if not self._seen.setdefault(shelf.start, {}).keys() >= {item.id for item in items}:
            self._items(shelf, items)
        seen = self._seen[shelf.start]
        return shelf.pieces([seen[item.id] for item in items], items)

    def _lay_out_again(self) -> None:
        """Put everything back to where we want it, all or nothing: another program rewrote it."""
        data = self.data()
        box = box_in(data, self._path)
        if (schema := BOX.schema_of(parse(data, self._path), self._path)) < BOX.schema:
            durable.keep(self._path, f"schema-{schema}")
        durable.replace(self._path, Layout.of(box).text(box))
        old = self._file
        self._use(platform.open_existing(self._path, write=True))
        os.close(old)


class PigeonholeTable(Table):
    """A TinyDB table whose documents stay where they are: updates yes, inserts and removals no."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0) -> None:
        super().__init__(storage, name, cache_size)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """Do for every kind of TinyDB update what it does, but overwrite only what changed."""
        storage = cast(PigeonholeStorage, self.storage)
        table = storage.read().get(self.name, {})
        before = {int(number): each for number, each in table.items()}
        after: dict[int, Mapping[str, Any]] = {n: dict(each) for n, each in before.items()}
        updater(after)
        if after.keys() != before.keys():
            raise LayoutError("documents of a ballot box are never inserted or removed")
        changed = {number: each for number, each in after.items() if each != before[number]}
        storage.put(fitting(storage.box(), change_of(self.name, changed)))


class PigeonholeDB(TinyDB):
    """A TinyDB over one box file, for one unit of work."""

    table_class = PigeonholeTable

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, storage=PigeonholeStorage, write=write)


def box_in(data: bytes, where: Path) -> Box:
    """Return the box in the bytes of a file.

    Raises:
        FileError: It is damaged or foreign.
    """

    def read(offset: int, size: int) -> bytes:
        return data[offset : offset + size]

    try:
        return whole(Layout.found(read).box(read))
    except (OtherLayoutError, LayoutError):
        tables = BOX.opened(parse(data, where), where)
        try:
            return box_of(tables)
        except LayoutError as error:
            why = f"damaged or no ballot box ({error}): put back a copy of it"
            raise refused(where, why) from error
