"""The composition root: the only module that sees everything and puts it together."""

from pathlib import Path

from peerreview import shipped
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.services.desk import Desk
from peerreview.services.world import World
from peerreview.store.vault import FileVault


def world() -> World:
    """Return the product's world: shipped sets, full strength, today's date."""
    return World(shipped.criteria_sets(), Stretcher(Strength()))


def desk_at(path: Path) -> Desk:
    """Return the services of the group file at `path`; nothing is read yet."""
    return Desk.of(FileVault(path), world())
