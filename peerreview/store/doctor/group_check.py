"""What can be wrong with a group's file: damage, changes from outside, results that are missing.

Knows groups; must not know ballot boxes.
"""

from collections.abc import Iterator

from peerreview.domain.group import KEPT_RELEASES, Group
from peerreview.domain.round import State
from peerreview.errors import ChangedError, FileError, ForeignError
from peerreview.store.doctor.ailment import Ailment, ailment, found, outside
from peerreview.store.keeping import keep
from peerreview.store.vault import FileVault


def readable(vault: FileVault) -> Group | Ailment:
    """Return the group, or why it can't be read.

    Raises:
        ForeignError: It is no group file at all.
    """
    try:
        return vault.group.read()
    except ForeignError:
        raise
    except ChangedError:
        return _changed(vault)
    except FileError as error:
        return ailment("unreadable", error)


def results(vault: FileVault, group: Group) -> Iterator[Ailment]:
    """Yield the rounds whose results should be there and aren't."""
    closed = [each.number for each in group.rounds if each.state is State.CLOSED]
    for number in closed[-KEPT_RELEASES:]:
        if not group.release_of(number):
            what = f"round {number} was closed, and its result isn't there"
            yield found("result", vault.path, what, "put back a copy that has it")


def _changed(vault: FileVault) -> Ailment:
    def mend() -> str:
        copy = keep(vault.path, "before-repair")
        vault.group.update(lambda group: group, trusted=True)
        return f"{vault.path.name}: taken as it is; {copy.name} is a copy of what it was"

    try:
        vault.group.read(trusted=True)
    except FileError as worse:
        return ailment("unreadable", worse)
    return outside(vault.path, "put back a copy of it, or let it be taken as it is", mend)
