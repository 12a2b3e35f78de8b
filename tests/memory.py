"""The twins in memory: the same behavior as the files', for tests and trying things out.

Knows the rules a box is checked by; must not know files.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box, BoxChange
from peerreview.errors import BoxGoneError, FileError
from peerreview.services.ports import Check, no_check
from peerreview.store.box.box_checks import check_change, sort_and_check_box
from peerreview.store.box.line_format import LayoutError
from peerreview.store.group_file import validate_group
from peerreview.store.leftover_box import judge_leftover_box

T = TypeVar("T")
_WHERE = "memory"


class MemoryGroup:
    """A group kept until the program ends; see `GroupFile`."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._group: Group | None = None

    def create(self, group: Group) -> None:
        """Keep a new group.

        Raises:
            FileError: There is one already.
        """
        with self._lock:
            if self._group:
                raise FileError(f"{_WHERE}: there is a group already: choose another name")
            self._group = validate_group(group)

    def read(self) -> Group:
        """Return the group as it is now.

        Raises:
            FileError: There is none.
        """
        with self._lock:
            if not self._group:
                raise FileError(f"{_WHERE}: there is no group: create one")
            return self._group

    def read_version(self) -> Group:
        """Return the group: a value, so a change makes another one.

        Raises:
            FileError: There is none.
        """
        return self.read()

    def update(self, decide: Callable[[Group], Group]) -> Group:
        """Lock, read, decide, keep. Returns the new group.

        Raises:
            FileError: There is none.
        """
        with self._lock:
            self._group = validate_group(decide(self.read()))
            return self._group


class MemoryBox:
    """The box of one round, in the dictionary of its vault; see `BoxFile`."""

    def __init__(self, number: int, boxes: dict[int, Box], lock: threading.RLock) -> None:
        self._number, self._boxes, self._lock = number, boxes, lock

    def create(self, box: Box) -> None:
        """Lay the box out.

        Raises:
            FileError: There is one already.
            LayoutError: It isn't a whole box with everything of one size.
        """
        whole = sort_and_check_box(box)
        with self._lock:
            if self.exists():
                raise FileError(f"{_WHERE}: there is a box of round {self._number} already")
            self._boxes[self._number] = whole

    def exists(self) -> bool:
        """Tell whether there is a box."""
        return self._number in self._boxes

    def read(self) -> Box:
        """Return the box as it is now.

        Raises:
            BoxGoneError: It was closed or discarded.
        """
        with self._lock:
            if not self.exists():
                raise BoxGoneError(
                    f"the box of round {self._number} was closed or discarded: nothing was kept"
                )
            return self._boxes[self._number]

    def read_without_slots(self) -> Box:
        """Return the box as it is now, without its slots.

        Raises:
            BoxGoneError: It was closed or discarded.
        """
        return replace(self.read(), slots=())

    def update(self, decide: Callable[[Box], BoxChange]) -> Box:
        """Lock, read, decide, overwrite. Returns the box as it then is.

        Raises:
            BoxGoneError: It was closed or discarded.
            LayoutError: The change names no place, or has another size.
        """
        with self._lock:
            box = self.read()
            now = self._boxes[self._number] = box.with_change(check_change(box, decide(box)))
            return now

    def prepare_part(self, part: Box) -> "MemoryBox":
        """Return the same box."""
        return self

    def update_if_unchanged(self, expected: Box, change: BoxChange, check: Check = no_check) -> Box:
        """Overwrite and return `expected` if it is still in the box; else return the part as it is.

        Raises:
            BoxGoneError: It was closed or discarded.
            LayoutError: The change names nothing in `expected`, or has another size.
        """
        change = check_change(expected, change)
        tags = {row[:-1] for row in (*expected.tickets, *expected.slots)}
        if not tags.issuperset([row[:-1] for row in (*change.tickets, *change.slots)]):
            raise LayoutError("a swap changes no tag")
        with self._lock:
            now = self.read()
            check()
            if (current := now.matching_part(expected)) != expected:
                return current
            self._boxes[self._number] = now.with_change(change)
            return expected

    def read_and_remove(self, use: Callable[[Box], T]) -> T:
        """Lock, read, call `use`, and if it returns remove the box.

        Raises:
            BoxGoneError: It was closed or discarded.
        """
        with self._lock:
            result = use(self.read())
            self.remove()
            return result

    def remove(self) -> None:
        """Remove the box unread; nothing happens if there is none."""
        with self._lock:
            self._boxes.pop(self._number, None)


class MemoryVault:
    """A group and its boxes, gone when the program ends."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._group = MemoryGroup(self._lock)
        self._boxes: dict[int, Box] = {}
        self.beside: dict[str, str] = {}

    @property
    def location(self) -> str:
        """The place, in words for a person."""
        return _WHERE

    @property
    def group(self) -> MemoryGroup:
        """The group."""
        return self._group

    def box(self, number: int) -> MemoryBox:
        """Return the place of the box of round `number`."""
        return MemoryBox(number, self._boxes, self._lock)

    def describe_folder_risks(self) -> tuple[str, ...]:
        """Return nothing: memory is a fine place."""
        return ()

    def write_beside(self, texts: Mapping[str, str], overwrite: bool) -> tuple[str, ...]:
        """Keep texts, and return what they are called; see `Vault`."""
        with self._lock:
            if not overwrite and self.beside.keys() & texts.keys():
                return ()
            self.beside.update(texts)
        return tuple(f"{_WHERE}.{end}" for end in texts)

    def clean_up_after_crash(self) -> tuple[str, ...]:
        """Finish what a crash left half done. Returns what was done, in sentences.

        Raises:
            FileError: There is no group.
        """
        with self._lock:
            group = self.group.read()
            sentences: list[str] = []
            for number, box in sorted(self._boxes.items()):
                if leftover := judge_leftover_box(group, number, box):
                    sentences.append(leftover.sentence)
                    if leftover.is_removable:
                        self.box(number).remove()
            return tuple(sentences)
