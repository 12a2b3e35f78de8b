"""Somebody who rated the partner too takes the own answer off what the board shows."""

from collections.abc import Hashable

from peerreview.audit.guessing import GuessAttack, World, criteria


def cells(world: World) -> Hashable:
    """Return what is shown that tells of the starred line."""
    band = world.told.bands.get(criteria().pair[0])
    return world.told.street, world.told.certainty, world.told.comes_back, band and band.band


def seen(world: World) -> Hashable:
    """Return the cells and the own answer."""
    return cells(world), world.known[0]


ATTACK = GuessAttack("an insider", "board, own ballot", seen)
