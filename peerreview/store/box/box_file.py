"""The ballot box of one open round, in one file: laid out once, then only overwritten in place.

Knows the order of locking, reading, writing and flushing; must not know where slots lie, nor
what is in them.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TypeVar

from peerreview.domain.round.box import Box, Change
from peerreview.errors import BoxGoneError
from peerreview.services.ports import Check, no_check
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.box_rules import check_change, sort_and_check_box
from peerreview.store.box.slot_positions import SlotPositions
from peerreview.store.box.slot_storage import SlotStorage, box_in
from peerreview.store.disk import durable
from peerreview.store.disk.lock import Lock
from peerreview.store.disk.naming import find_copies
from peerreview.store.disk.os_errors import os_errors_as_file_errors

T = TypeVar("T")


class BoxFile:
    """The box of round `number` at `path`; `lock` is the group's; `at`: see `prepare_part`."""

    def __init__(
        self, path: Path, number: int, lock: Lock, at: SlotPositions | None = None
    ) -> None:
        self._path, self._number, self._lock, self._places = path, number, lock, at

    def prepare_part(self, part: Box) -> "BoxFile":
        """Return the same box, ready for swaps within a part: its places are found only once."""
        return BoxFile(self._path, self._number, self._lock, SlotPositions(part))

    def create(self, box: Box) -> None:
        """Lay the box out whole, durably; never writes over anything.

        Raises:
            FileError: There is one already, or it can't be written.
            BusyError: Somebody else holds the lock for too long.
            LayoutError: It isn't a whole box with everything of one size.
        """
        box = sort_and_check_box(box)
        text = BoxLayout.for_box(box).file_bytes(box)
        with self._lock.held(), os_errors_as_file_errors(self._path):
            durable.create(self._path, text)

    def read(self) -> Box:
        """Return the box as it is now, never half-written.

        The lock is held for taking the bytes only; making sense of them keeps nobody waiting.

        Raises:
            BoxGoneError: It was closed or discarded.
            FileError: It is damaged or foreign.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held(), self._opened() as slots:
            data = slots.data()
        return box_in(data, self._path)

    def read_without_slots(self) -> Box:
        """Return the box as it is now, without its holes: enough for who drew and handed in.

        Raises:
            BoxGoneError: It was closed or discarded.
            FileError: It is damaged or foreign.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held(), self._opened() as slots:
            return slots.glance()

    def update(self, decide: Callable[[Box], Change]) -> Box:
        """Lock, read fresh, decide, overwrite just the turns and holes named, durably.

        The flush comes after the lock, so that writers share it. Returns the box as it then is.

        Args:
            decide: says what to overwrite; whatever it raises passes through unchanged.

        Raises:
            BoxGoneError: It was closed or discarded.
            FileError: It is damaged or foreign, or it isn't sure that the change is kept.
            BusyError: Somebody else holds the lock for too long.
            LayoutError: The change names no place, or has another size; nothing was written.
        """
        with ExitStack() as until_flushed:
            with self._lock.held():
                slots = until_flushed.enter_context(self._opened(write=True))
                box = slots.box()
                change = check_change(box, decide(box))
                slots.put(box, change)
            slots.flush()
        return box.changed(change)

    def update_if_unchanged(self, expected: Box, change: Change, check: Check = no_check) -> Box:
        """Overwrite turns and holes durably if the box still holds exactly `expected`.

        Returns `expected` if it was written, else the part as it is: see `BoxStore`. Made ready
        before the lock, which then is held for a look at those places and the writing.

        Args:
            expected: some tickets and slots as they once were.
            change: rows and flags that come over some of them; tags never change in a swap.
            check: called under the lock; whatever it raises passes through unchanged.

        Raises:
            BoxGoneError: It was closed or discarded.
            FileError: It is damaged or foreign, or it isn't sure that the change is kept.
            BusyError: Somebody else holds the lock for too long.
            LayoutError: The change names nothing in `expected`, or has another size.
        """
        at = self._places
        ready = (at if at and at.layout.head == expected.head else SlotPositions(expected)).swap(
            expected, change
        )
        with ExitStack() as until_flushed:
            with self._lock.held():
                slots = until_flushed.enter_context(self._opened(write=True))
                check()
                found = slots.swap(expected, change, ready)
            if found is expected:
                slots.flush()
        return found

    def read_and_remove(self, use: Callable[[Box], T]) -> T:
        """Lock, read fresh, call `use`, and if it returns remove the box for good.

        With it go the copies of the group that were kept before: it is whole, and written anew.

        Raises:
            BoxGoneError: It was closed or discarded.
            FileError: It is damaged or foreign, or can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held():
            outlived = find_copies(self._lock.path)
            result = use(self.read())
            self.remove()
            with suppress(OSError):  # the next close tries again
                _erase(outlived)
            return result

    def remove(self) -> None:
        """Remove the box unread; nothing happens if there is none.

        Raises:
            FileError: It can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        with self._lock.held(), os_errors_as_file_errors(self._path):
            _erase((*find_copies(self._path), self._path))

    def _opened(self, *, write: bool = False) -> closing[SlotStorage]:
        with os_errors_as_file_errors(self._path):
            try:
                return closing(SlotStorage(self._path, write=write))
            except FileNotFoundError as error:
                gone = f"the box of round {self._number} was closed or discarded: nothing was kept"
                raise BoxGoneError(gone) from error


def _erase(paths: Iterable[Path]) -> None:
    for each in paths:
        with suppress(FileNotFoundError):
            durable.erase(each)
