"""The doctor of one group's files: looks at everything under the lock, mends one thing at a time.

Knows who looks at what; must not know what a group or a box may be.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from peerreview.errors import FileError
from peerreview.services.checkup import CheckUp, Finding
from peerreview.store.doctor import box_check, group_check, surroundings
from peerreview.store.doctor.ailment import Ailment, ailment, found
from peerreview.store.naming import box_numbers, box_path, copies, unfinished
from peerreview.store.trouble import told
from peerreview.store.vault import FileVault, swept

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class FileDoctor:
    """The doctor of the group in `vault`; see `services.checkup.Doctor`."""

    vault: FileVault
    today: Callable[[], date] = date.today

    def examine(self) -> CheckUp:
        """Look, and change nothing.

        Raises:
            ForeignError: It is no group file at all.
        """
        inside = [each.finding for each in self._ailments()]
        around = surroundings.unwise(self.vault.path.parent)
        return CheckUp((*inside, *around), surroundings.unchecked())

    def repair(self) -> tuple[str, ...]:
        """Mend what can be mended; return a sentence for each thing done, or why it wasn't.

        Raises:
            ForeignError: It is no group file at all.
            BusyError: Somebody else holds the lock for too long.
        """
        said: list[str] = []
        tried: set[Finding] = set()
        with self.vault.lock.held():
            while todo := [each for each in self._ailments() if each.finding not in tried]:
                tried.add(todo[0].finding)
                if mend := todo[0].mend:
                    try:
                        with told(self.vault.path):
                            said.append(mend())
                    except FileError as error:
                        said.append(str(error))
        return tuple(said)

    def _ailments(self) -> list[Ailment]:
        """Look at everything; at the boxes only under the lock, when nobody writes there."""
        with ExitStack() as locked, told(self.vault.path):
            unlocked: list[Ailment] = []
            try:
                locked.enter_context(self.vault.lock.held())
            except FileError as error:
                unlocked.append(ailment("unwritable", error))
            group = group_check.readable(self.vault)
            if isinstance(group, Ailment):
                return [*unlocked, *self._modes(), group]
            inside = [*self._modes(), *group_check.results(self.vault, group)]
            if unlocked:
                return [*unlocked, *inside]
            boxes = box_check.boxes(self.vault, group, self.today)
            return [*inside, *self._unfinished(), *boxes]

    def _modes(self) -> Iterator[Ailment]:
        group = self.vault.path
        files = (group, *(box_path(group, number) for number in box_numbers(group)))
        for path in files if os.name != "nt" else ():
            for each in (path, *copies(path)):
                mode = stat.S_IMODE(each.stat().st_mode)
                if mode & _OTHERS:
                    what = f"others may read or change it (mode {mode:04o})"
                    mend = partial(_closed, each)
                    yield found("permissions", each, what, "let only its owner", mend)

    def _unfinished(self) -> Iterator[Ailment]:
        for path in unfinished(self.vault.path):
            what, todo = "an interrupted save left it", "let it be removed"
            yield found("leftover", path, what, todo, partial(swept, path))


def _closed(path: Path) -> str:
    path.chmod(0o600)
    return f"{path.name}: only its owner may read it now"
