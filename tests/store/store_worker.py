"""A second program on the same group, for tests that need a real one. Talks in lines."""

import sys
import threading
from pathlib import Path

from store_samples import row, sample_box, tag

from peerreview.domain.round.box import Box, BoxChange
from peerreview.errors import PeerReviewError
from peerreview.store.disk.lock import Lock
from peerreview.store.vault import FileVault


def say(word: object) -> None:
    print(word, flush=True)


def claim(vault: FileVault, number: int) -> None:
    """Take the first free ticket and the first free slot, as all processes do."""

    def decide(box: Box) -> BoxChange:
        ticket = next(ticket for ticket in box.tickets if not ticket.tag)
        slot = next(slot for slot in box.slots if not slot.tag)
        marks = tag(number)
        return BoxChange([ticket._replace(tag=marks)], [slot._replace(tag=marks, row=row(number))])

    vault.box(1).update(decide)


def claims(path: Path, first: str, count: str) -> None:
    vault = FileVault(path, wait=60)
    say("ready")
    sys.stdin.readline()
    for number in range(int(first), int(first) + int(count)):
        claim(vault, number)
        say(number)


def rows(path: Path) -> None:
    """Write all slots again and again until killed; the n-th time with `row(n)` everywhere."""
    box = FileVault(path).box(1)
    for number in range(1, 1 << 30):
        text = row(number)
        box.update(
            lambda now, text=text: BoxChange(slots=[h._replace(row=text) for h in now.slots])
        )
        say(number)


def groups(path: Path) -> None:
    """Rename the group's first partner again and again until killed."""
    group = FileVault(path).group
    for number in range(1, 1 << 30):
        group.update(
            lambda now, n=number: now.evolve(
                partners=(now.partners[0].model_copy(update={"name": f"No {n}"}), *now.partners[1:])
            )
        )
        say(number)


def hold(path: Path) -> None:
    with Lock(path).held():
        say("held")
        threading.Event().wait()


def limited(path: Path, limit: str) -> None:
    """Change the group and lay out a box where no file may grow beyond `limit` bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    vault = FileVault(path)
    for use in (
        lambda: vault.group.update(lambda group: group.evolve(name="Another")),
        lambda: vault.box(1).create(sample_box()),
    ):
        try:
            use()
        except PeerReviewError as error:
            say(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    {"claims": claims, "rows": rows, "groups": groups, "hold": hold, "limited": limited}[what](
        Path(where), *rest
    )
