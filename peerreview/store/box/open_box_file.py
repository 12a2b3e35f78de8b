"""A box file that is open for one unit of work: read as far as needed, overwritten line by line.

If another program rewrote the file, so that it isn't laid out as this program writes it, all of it
is read and checked before anything is returned or written. Must not know locks.
"""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from peerreview.domain.round.box import Box, BoxChange
from peerreview.store.box.box_checks import box_from_tables, check_change, check_complete
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.line_format import ForeignLayoutError, LayoutError
from peerreview.store.box.prepared_part import PreparedUpdate
from peerreview.store.disk import durable, platform
from peerreview.store.disk.migration import BOX_FORMAT
from peerreview.store.disk.os_errors import file_error, os_errors_as_file_errors
from peerreview.store.disk.tables import parse_tables, read_open_file


class OpenBoxFile:
    """A box file from opening to closing; the caller holds the lock.

    Args:
        path: the file.
        write: whether it is going to be overwritten.

    Raises:
        FileNotFoundError: The box isn't there.
        OSError: It can't be opened.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._path = path
        self._file = platform.open_existing(path, write=write)

    def read_bytes(self) -> bytes:
        """Return all bytes of the file.

        Raises:
            FileError: It is empty, far too large, or can't be read.
        """
        with os_errors_as_file_errors(self._path):
            return read_open_file(self._file, self._path)

    def read_box(self) -> Box:
        """Return the whole box.

        Raises:
            FileError: The file is damaged or foreign.
        """
        return parse_box(self.read_bytes(), self._path)

    def read_without_slots(self) -> Box:
        """Return the head and the tickets of the box.

        Raises:
            FileError: The file is damaged or foreign.
        """
        with os_errors_as_file_errors(self._path), suppress(ForeignLayoutError):
            return BoxLayout.from_file(self._read_at).read_box(self._read_at, with_slots=False)
        return replace(self.read_box(), slots=())

    def overwrite(self, box: Box, change: BoxChange) -> None:
        """Overwrite tickets and slots, slots first; the change is durable after `flush`.

        Args:
            box: the whole box as it was just read from this file.
            change: the new tickets and slots.

        Raises:
            FileError: The file can't be written, or is damaged or foreign.
        """
        if not change.tickets and not change.slots:
            return
        layout = BoxLayout.for_box(box)
        with os_errors_as_file_errors(self._path):
            if self.read_bytes() != layout.file_bytes(box):
                self._restore_layout(layout.file_bytes(box))
            slots = layout.slots.pieces_to_overwrite(box.slots, change.slots)
            tickets = layout.tickets.pieces_to_overwrite(box.tickets, change.tickets)
            platform.overwrite(self._file, slots + tickets)

    def update_if_unchanged(
        self, expected: Box, change: BoxChange, prepared: PreparedUpdate
    ) -> Box:
        """Overwrite tickets and slots if the file still holds `expected`.

        Args:
            expected: the part of the box that the change was decided on.
            change: the new tickets and slots of that part.
            prepared: the same as bytes, for a file that is laid out as this program writes it.

        Returns:
            `expected` itself on success, otherwise the current content of those tickets and slots.

        Raises:
            FileError: The file can't be written, or is damaged or foreign.
        """
        with os_errors_as_file_errors(self._path):
            if prepared.layout.matches_file(self._read_at) and platform.contains(
                self._file, prepared.expected
            ):
                platform.overwrite(self._file, prepared.new)
                return expected
        box = self.read_box()
        current = box.matching_part(expected)
        if current != expected:
            return current
        self.overwrite(box, check_change(expected, change))
        return expected

    def flush(self) -> None:
        """Return once everything written is on the device.

        Raises:
            FileError: It isn't sure that it is.
        """
        with os_errors_as_file_errors(self._path):
            platform.flush(self._file)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _read_at(self, offset: int, size: int) -> bytes:
        return platform.read_at(self._file, offset, size)

    def _restore_layout(self, data: bytes) -> None:
        """Replace the file, which another program rewrote, atomically by one of our layout."""
        schema = BOX_FORMAT.read_schema(parse_tables(self.read_bytes(), self._path), self._path)
        if schema < BOX_FORMAT.schema:
            durable.keep_copy(self._path, f"schema-{schema}")
        durable.replace(self._path, data)
        old_file = self._file
        self._file = platform.open_existing(self._path, write=True)
        try:
            durable.overwrite_with_blanks(old_file)  # it still holds ballots
        finally:
            os.close(old_file)


def parse_box(data: bytes, path: Path) -> Box:
    """Return the box in the bytes of a file.

    Args:
        data: all bytes of the file.
        path: the name of the file, for errors.

    Raises:
        FileError: It is damaged or foreign.
    """

    def read(offset: int, size: int) -> bytes:
        return data[offset : offset + size]

    try:
        return _check_fits(check_complete(BoxLayout.from_file(read).read_box(read)))
    except (ForeignLayoutError, LayoutError):
        tables = BOX_FORMAT.check_and_migrate(parse_tables(data, path), path)
        try:
            return _check_fits(box_from_tables(tables))
        except LayoutError as error:
            reason = f"damaged or no ballot box ({error}): put back a copy of it"
            raise file_error(path, reason) from error


def _check_fits(box: Box) -> Box:
    """Return the box if it fits into lines of fixed size; its rows may have become too long.

    Raises:
        LayoutError: It doesn't fit.
    """
    BoxLayout.for_box(box)
    return box
