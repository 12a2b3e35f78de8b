"""A vault that reads its group again only when it has changed: for a host with many sessions.

Knows stamps; must not know who looks.
"""

from pathlib import Path

from peerreview.domain.group.group import Group
from peerreview.store.group_file import GroupFile
from peerreview.store.vault import FileVault


class CachedGroup(GroupFile):
    """A group whose last reading serves until its stamp changes; a value that all share."""

    _known: tuple[object, Group] | None = None

    def read(self, *, trusted: bool = False) -> Group:
        """Return the group as it is now.

        Raises:
            FileError: It is missing, damaged, foreign or newer than this program.
        """
        stamp, known = self.read_version(), self._known
        if known is None or known[0] != stamp:
            known = self._known = stamp, super().read(trusted=trusted)
        return known[1]


class CachedVault(FileVault):
    """The vault of such a group. Its path is nobody's business who comes by SSH."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.location, self.group = "the host", CachedGroup(self.path, self.lock)
