"""What services need from storage: protocols for the group, the box and the vault of both."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box, BoxChange

T = TypeVar("T")
Check = Callable[[], object]
"""A function that is called under the lock just before a write; it raises to prevent the write."""


def no_check() -> None:
    """Allow every write."""


class GroupStore(Protocol):
    """Durable storage of one group. No call keeps anything in memory for the next one."""

    def create(self, group: Group) -> None:
        """Store a new group.

        Raises:
            FileError: A group is there already, or the file can't be written.
        """
        ...

    def read(self) -> Group:
        """Return the group as it is now.

        Raises:
            FileError: The group is missing, damaged, foreign or newer than this program.
        """
        ...

    def read_version(self) -> object:
        """Return a value that stays equal until somebody changes the group; this is cheap.

        Raises:
            FileError: The group is missing.
        """
        ...

    def update(self, decide: Callable[[Group], Group]) -> Group:
        """Lock the group, read it, store what `decide` returns, and return that.

        If `decide` raises, the exception passes through and nothing is changed.

        Raises:
            FileError: As for `read`, or the file can't be written.
            BusyError: Another program holds the lock for too long.
        """
        ...


class BoxStore(Protocol):
    """Storage of the box of an open round. After the close every call raises BoxGoneError."""

    def create(self, box: Box) -> None:
        """Write a new box durably, with all its tickets and slots.

        Raises:
            FileError: A box is there already, or the file can't be written.
        """
        ...

    def read(self) -> Box:
        """Return the box as it is now, never half-written."""
        ...

    def read_without_slots(self) -> Box:
        """Return the head and the tickets of the box: enough to see who drew and handed in."""
        ...

    def update(self, decide: Callable[[Box], BoxChange]) -> Box:
        """Lock the box, read it, overwrite durably what `decide` returns; return the changed box.

        If `decide` raises, the exception passes through and nothing is changed.
        """
        ...

    def prepare_part(self, part: Box) -> "BoxStore":
        """Return the same box with the positions of the tickets and slots of `part` worked out.

        Later calls of `update_if_unchanged` for this part are faster. Keep the result no longer
        than the rater's turn lasts: it holds the rater's tags.
        """
        ...

    def update_if_unchanged(self, expected: Box, change: BoxChange, check: Check = no_check) -> Box:
        """Overwrite tickets and slots durably if the box still holds exactly `expected`.

        Args:
            expected: the part of the box that the change was decided on.
            change: new flags and rows for tickets and slots of that part; tags stay the same.
            check: called under the lock; what it raises passes through and nothing is changed.

        Returns:
            `expected` itself on success, otherwise the current content of those tickets and
            slots, without those that aren't in the box any more.
        """
        ...

    def read_and_remove(self, use: Callable[[Box], T]) -> T:
        """Lock the box, pass it to `use`, remove it for good, and return what `use` returned.

        Nobody can draw or cast in between. If `use` raises, the box stays.
        """
        ...

    def remove(self) -> None:
        """Remove the box without reading it; do nothing if there is none."""
        ...


class Vault(Protocol):
    """Storage of a group and of the boxes of its rounds.

    Calls on one vault may nest within a thread, and then are one unit of work: creating a box
    inside `group.update`, or updating the group inside `box.read_and_remove`. No other thread or
    program can run `clean_up_after_crash` in between.
    """

    @property
    def location(self) -> str:
        """Where the group is stored, in words for a person, such as a path."""
        ...

    @property
    def group(self) -> GroupStore:
        """The storage of the group."""
        ...

    def box(self, number: int) -> BoxStore:
        """Return the storage of the box of round `number`, whether or not there is a box."""
        ...

    def write_beside(self, texts: Mapping[str, str], overwrite: bool) -> tuple[str, ...]:
        """Write texts to files beside the group, each atomically, and return their locations.

        Args:
            texts: the texts by the ending of their file names, which follows the group's name.
            overwrite: replace files that exist. Otherwise, if one of them exists, nothing is
                written and nothing returned.

        Raises:
            FileError: A file can't be written.
            BusyError: Another program holds the lock for too long.
        """
        ...

    def describe_folder_risks(self) -> tuple[str, ...]:
        """Return sentences on why ballots shouldn't be stored here; nothing if all is well."""
        ...

    def clean_up_after_crash(self) -> tuple[str, ...]:
        """Finish what a crash interrupted, and return sentences that say what was done.

        A box is removed if its round has ended, or if its round was never opened and no code
        was drawn.

        Raises:
            FileError: The group can't be read, or a leftover can't be removed.
            BusyError: Another program holds the lock for too long.
        """
        ...
