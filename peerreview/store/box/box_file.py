"""The ballot box of one open round in one file: written whole once, then overwritten in place.

This module decides when to lock, open, read, write and flush. Must not know where in the file
tickets and slots lie, nor what is in them.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TypeVar

from peerreview.domain.round.box import Box, BoxChange
from peerreview.errors import BoxGoneError
from peerreview.services.ports import Check, no_check
from peerreview.store.box.box_checks import check_change, sort_and_check_box
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.open_box_file import OpenBoxFile, parse_box
from peerreview.store.box.prepared_part import PreparedPart
from peerreview.store.disk import durable
from peerreview.store.disk.lock import Lock
from peerreview.store.disk.naming import find_copies
from peerreview.store.disk.os_errors import os_errors_as_file_errors

T = TypeVar("T")


class BoxFile:
    """The storage of one box in a file; see `BoxStore`.

    Args:
        path: the file, whether or not it exists.
        number: the number of the round.
        lock: the lock of the group.
        prepared: the part that updates are going to be about; see `prepare_part`.
    """

    def __init__(
        self, path: Path, number: int, lock: Lock, prepared: PreparedPart | None = None
    ) -> None:
        self._path = path
        self._number = number
        self._lock = lock
        self._prepared = prepared

    def prepare_part(self, part: Box) -> "BoxFile":
        """Return the same box with the positions of a part worked out; see `BoxStore`."""
        return BoxFile(self._path, self._number, self._lock, PreparedPart(part))

    def create(self, box: Box) -> None:
        """Write a new box durably; an existing file is never overwritten.

        Raises:
            FileError: A file is there already, or it can't be written.
            BusyError: Another program holds the lock for too long.
            LayoutError: The box isn't complete, or doesn't fit into lines of fixed size.
        """
        box = sort_and_check_box(box)
        data = BoxLayout.for_box(box).file_bytes(box)
        with self._lock.held(), os_errors_as_file_errors(self._path):
            durable.create(self._path, data)

    def read(self) -> Box:
        """Return the box as it is now, never half-written.

        The lock is held only while bytes are read; they are parsed after it is released.

        Raises:
            BoxGoneError: The box was closed or discarded.
            FileError: It is damaged or foreign.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held(), self._open() as file:
            data = file.read_bytes()
        return parse_box(data, self._path)

    def read_without_slots(self) -> Box:
        """Return the head and the tickets of the box: enough to see who drew and handed in.

        Raises:
            BoxGoneError: The box was closed or discarded.
            FileError: It is damaged or foreign.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held(), self._open() as file:
            return file.read_without_slots()

    def update(self, decide: Callable[[Box], BoxChange]) -> Box:
        """Lock the box, read it, overwrite durably what `decide` returns; return the changed box.

        The flush comes after the lock is released, so that several writers share one flush.

        Args:
            decide: returns what to overwrite; what it raises passes through.

        Raises:
            BoxGoneError: The box was closed or discarded.
            FileError: It is damaged or foreign, or the change may not be on the device.
            BusyError: Another program holds the lock for too long.
            LayoutError: The change names an unknown id, or has another size; nothing was written.
        """
        with ExitStack() as open_until_flushed:
            with self._lock.held():
                file = open_until_flushed.enter_context(self._open(write=True))
                box = file.read_box()
                change = check_change(box, decide(box))
                file.overwrite(box, change)
            file.flush()
        return box.with_change(change)

    def update_if_unchanged(self, expected: Box, change: BoxChange, check: Check = no_check) -> Box:
        """Overwrite tickets and slots durably if the box still holds exactly `expected`.

        The bytes are worked out before the lock is taken; under the lock the lines of `expected`
        are only compared and overwritten.

        Args:
            expected: the part of the box that the change was decided on.
            change: new flags and rows for tickets and slots of that part; tags stay the same.
            check: called under the lock; what it raises passes through and nothing is changed.

        Returns:
            `expected` itself on success, otherwise the current content of those tickets and
            slots, without those that aren't in the box any more.

        Raises:
            BoxGoneError: The box was closed or discarded.
            FileError: It is damaged or foreign, or the change may not be on the device.
            BusyError: Another program holds the lock for too long.
            LayoutError: The change names nothing in `expected`, or has another size.
        """
        part = self._prepared
        if part is None or part.layout.head != expected.head:
            part = PreparedPart(expected)
        prepared = part.prepare_update(expected, change)
        with ExitStack() as open_until_flushed:
            with self._lock.held():
                file = open_until_flushed.enter_context(self._open(write=True))
                check()
                current = file.update_if_unchanged(expected, change, prepared)
            if current is expected:
                file.flush()
        return current

    def read_and_remove(self, use: Callable[[Box], T]) -> T:
        """Lock the box, pass it to `use`, remove it for good, and return what `use` returned.

        Copies of the group file that were kept before this call are removed too: the group file
        is complete, and `use` has just written it.

        Raises:
            BoxGoneError: The box was closed or discarded.
            FileError: It is damaged or foreign, or can't be removed.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held():
            old_copies = find_copies(self._lock.path)
            result = use(self.read())
            self.remove()
            with suppress(OSError):  # the next close tries again
                _erase_files(old_copies)
            return result

    def remove(self) -> None:
        """Remove the box and its copies without reading them; do nothing if there is none.

        Raises:
            FileError: A file can't be removed.
            BusyError: Another program holds the lock for too long.
        """
        with self._lock.held(), os_errors_as_file_errors(self._path):
            _erase_files((*find_copies(self._path), self._path))

    def _open(self, *, write: bool = False) -> closing[OpenBoxFile]:
        with os_errors_as_file_errors(self._path):
            try:
                return closing(OpenBoxFile(self._path, write=write))
            except FileNotFoundError as error:
                raise BoxGoneError(
                    f"the box of round {self._number} was closed or discarded: nothing was kept"
                ) from error


def _erase_files(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            durable.erase(path)
