"""What services need from the outside: a place for the group, a place for the box."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box, Change

T = TypeVar("T")
Check = Callable[[], object]
"""Is called at the last moment, under the lock; raises if something must not happen any more."""


def no_check() -> None:
    """Check nothing."""


class GroupStore(Protocol):
    """One group, kept durably. Every call starts fresh; nothing is cached between calls."""

    def create(self, group: Group) -> None:
        """Keep a new group.

        Raises:
            FileError: There is something already, or it can't be written.
        """
        ...

    def read(self) -> Group:
        """Return the group as it is now.

        Raises:
            FileError: It is missing, damaged, foreign or newer than this program.
        """
        ...

    def stamp(self) -> object:
        """Return something cheap that stays equal as long as nobody changes the group.

        Raises:
            FileError: It is missing.
        """
        ...

    def update(self, decide: Callable[[Group], Group]) -> Group:
        """One unit of work: lock, read fresh, decide, keep durably, release. Returns the new group.

        Whatever `decide` raises passes through, and nothing is changed.

        Raises:
            FileError: As for `read`, or it can't be written.
            BusyError: Somebody else holds the lock for too long.
        """
        ...


class BoxStore(Protocol):
    """The box of an open round; once it is closed, using it raises BoxGoneError."""

    def create(self, box: Box) -> None:
        """Lay the box out whole, durably.

        Raises:
            FileError: There is one already, or it can't be written.
        """
        ...

    def read(self) -> Box:
        """Return the box as it is now, never half-written."""
        ...

    def glance(self) -> Box:
        """Return the box as it is now, without its holes: enough for who drew and handed in."""
        ...

    def change(self, decide: Callable[[Box], Change]) -> Box:
        """Lock, read fresh, decide, overwrite just the turns and holes named, durably.

        Returns the box as it then is. Whatever `decide` raises passes through unchanged.
        """
        ...

    def within(self, part: Box) -> "BoxStore":
        """Return the same box, ready for swaps within a part: its places are found only once.

        For as long as a turn lasts: what is ready holds the rater's tags.
        """
        ...

    def swap(self, seen: Box, change: Change, check: Check = no_check) -> Box:
        """Overwrite turns and holes durably if all of `seen`, a part of the box, still stands so.

        Returns `seen` if it was written, however large the whole; else the part as it is, without
        the places that aren't there. Only rows and flags are swapped, never tags. `check` is called
        under the lock; whatever it raises passes through unchanged.
        """
        ...

    def empty(self, use: Callable[[Box], T]) -> T:
        """Lock, read fresh, call `use`, and if it returns remove the box for good.

        Nothing can be drawn or cast in between. If `use` raises, the box stays.
        """
        ...

    def remove(self) -> None:
        """Remove the box unread; nothing happens if there is none."""
        ...


class Vault(Protocol):
    """A group and the boxes of its rounds, found together.

    Within a thread, calls of one vault nest: laying a box out inside `group.update`, or updating
    the group inside `box.empty`, is one unit of work, and no `recover` elsewhere comes between.
    """

    @property
    def location(self) -> str:
        """The place, in words for a person: a path."""
        ...

    @property
    def group(self) -> GroupStore:
        """The group."""
        ...

    def box(self, number: int) -> BoxStore:
        """Return the place of the box of round `number`."""
        ...

    def write_beside(self, texts: Mapping[str, str], overwrite: bool) -> tuple[str, ...]:
        """Write texts beside the group, each whole, and return where they are now.

        Args:
            texts: the contents of the files, by the end of the file name after the group's stem.
            overwrite: whether existing files are replaced. If not, and one of the files exists,
                nothing is written and nothing is returned.

        Raises:
            FileError: One can't be written.
            BusyError: Somebody else holds the lock for too long.
        """
        ...

    def folder_risks(self) -> tuple[str, ...]:
        """Return why this is no good place for ballots, in sentences; nothing if it is fine."""
        ...

    def recover(self) -> tuple[str, ...]:
        """Finish what a crash left half done. Returns what was done, in sentences.

        A box whose round has ended, or that was laid out for a round never opened, is removed.

        Raises:
            FileError: The group can't be read, or something left over can't be removed.
            BusyError: Somebody else holds the lock for too long.
        """
        ...
