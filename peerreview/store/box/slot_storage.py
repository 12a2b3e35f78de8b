"""TinyDB's storage over fixed pigeonholes: read as far as needed, overwritten slot by slot.

Knows the file and its layout; must not know locks or rounds. Nothing is kept from one unit of
work to the next. Where a file isn't laid out as we do, as far as it is looked at, all of it is
read, with suspicion, before anything is said about it or put into it.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from peerreview.domain.round.box import Box, Change
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.box_rules import box_of, change_of, check_change, whole
from peerreview.store.box.slot_format import LayoutError, OtherLayoutError
from peerreview.store.box.slot_positions import PlannedSwap
from peerreview.store.disk import durable, platform
from peerreview.store.disk.migration import BOX_FORMAT
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors
from peerreview.store.disk.tables import Tables, parse_tables, read_bytes


class SlotStorage(Storage):
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
        return BOX_FORMAT.check_and_migrate(parse_tables(self.data(), self._path), self._path)

    def data(self) -> bytes:
        """Return all of the file.

        Raises:
            FileError: It is empty, far too large, or can't be read.
        """
        with os_errors_as_file_errors(self._path):
            return read_bytes(self._file, self._path)

    def box(self) -> Box:
        """Return all of the box.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return box_in(self.data(), self._path)

    def glance(self) -> Box:
        """Return the box without its holes.

        Raises:
            FileError: The file is damaged or foreign.
        """
        with os_errors_as_file_errors(self._path), suppress(OtherLayoutError):
            return BoxLayout.from_file(self._read).box(self._read, slots=False)
        return replace(self.box(), slots=())

    def write(self, data: Tables) -> NoReturn:
        """Refuse: a box is laid out once, then only overwritten in place.

        Raises:
            LayoutError: Always.
        """
        raise LayoutError("a ballot box is never written whole")

    def put(self, box: Box, change: Change) -> None:
        """Overwrite places of the box, which was just read, holes first; durable after `flush`.

        Raises:
            FileError: It can't be written, or the file is damaged or foreign.
        """
        if not change.tickets and not change.slots:
            return
        layout = BoxLayout.for_box(box)
        with os_errors_as_file_errors(self._path):
            if self.data() != layout.file_bytes(box):
                self._lay_out_again(layout.file_bytes(box))
            slots = layout.slots.over(box.slots, change.slots)
            platform.overwrite(self._file, slots + layout.tickets.over(box.tickets, change.tickets))

    def swap(self, seen: Box, change: Change, ready: PlannedSwap) -> Box:
        """Put a change if what was seen still stands; return `seen`, or what stands there.

        Args:
            seen: some turns and holes as they once were.
            change: what comes over some of them.
            ready: how, if the file is laid out as we do.

        Raises:
            FileError: It can't be written, or the file is damaged or foreign.
        """
        with os_errors_as_file_errors(self._path):
            if ready.layout.holds(self._read) and platform.stands(self._file, ready.stand):
                platform.overwrite(self._file, ready.over)
                return seen
        box = self.box()
        if (found := box.part(seen)) != seen:
            return found
        self.put(box, check_change(seen, change))
        return seen

    def flush(self) -> None:
        """Return once everything put is on the device.

        Raises:
            FileError: It isn't sure that it is.
        """
        with os_errors_as_file_errors(self._path):
            platform.flush(self._file)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _use(self, file: int) -> None:
        self._file, self._read = file, partial(platform.read_at, file)

    def _lay_out_again(self, text: bytes) -> None:
        """Put everything back to where we want it, all or nothing: another program rewrote it."""
        if (
            schema := BOX_FORMAT.read_schema(parse_tables(self.data(), self._path), self._path)
        ) < BOX_FORMAT.schema:
            durable.keep_copy(self._path, f"schema-{schema}")
        durable.replace(self._path, text)
        old = self._file
        self._use(platform.open_existing(self._path, write=True))
        try:
            durable.overwrite_with_blanks(old)  # the ballots that stood in it
        finally:
            os.close(old)


class SlotTable(Table):
    """A TinyDB table whose documents stay where they are: updates yes, inserts and removals no."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0) -> None:
        super().__init__(storage, name, cache_size)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """Do for every kind of TinyDB update what it does, but overwrite only what changed."""
        storage = cast(SlotStorage, self.storage)
        table = storage.read().get(self.name, {})
        before = {int(number): each for number, each in table.items()}
        after: dict[int, Mapping[str, Any]] = {n: dict(each) for n, each in before.items()}
        updater(after)
        if after.keys() != before.keys():
            raise LayoutError("documents of a ballot box are never inserted or removed")
        changed = {number: each for number, each in after.items() if each != before[number]}
        box = storage.box()
        storage.put(box, check_change(box, change_of(self.name, changed)))


class SlotDB(TinyDB):
    """A TinyDB over one box file, for one unit of work."""

    table_class = SlotTable

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, storage=SlotStorage, write=write)


def box_in(data: bytes, where: Path) -> Box:
    """Return the box in the bytes of a file.

    Raises:
        FileError: It is damaged or foreign.
    """

    def read(offset: int, size: int) -> bytes:
        return data[offset : offset + size]

    try:
        return _placed(whole(BoxLayout.from_file(read).box(read)))
    except (OtherLayoutError, LayoutError):
        tables = BOX_FORMAT.check_and_migrate(parse_tables(data, where), where)
        try:
            return _placed(box_of(tables))
        except LayoutError as error:
            why = f"damaged or no ballot box ({error}): put back a copy of it"
            raise file_error(where, why) from error


def _placed(box: Box) -> Box:
    """Let a box pass that fits into pigeonholes: somebody may have made its rows too long."""
    BoxLayout.for_box(box)
    return box
