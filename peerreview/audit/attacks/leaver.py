"""Somebody compares the round before the target left the group with the round after."""

from collections.abc import Hashable

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import GuessAttack, World


def seen(world: World) -> Hashable:
    """Return what is shown of both rounds."""
    return cells(world), world.later.street, world.later.comes_back


ATTACK = GuessAttack("a leaver", "two boards", seen)
