"""Somebody who rated the partner too takes the own answer off what the board shows."""

from peerreview.audit.guessing import Seen, World, band
from peerreview.audit.result import NOTHING, Attack


def cells(world: World) -> Seen:
    """Return what is shown that tells of the starred line."""
    told = world.told
    return told.comes_back, told.street, band(told), told.certainty


def seen(world: World) -> Seen:
    """Return the own answer and the cells."""
    return world.known[0], *cells(world)


ATTACK = Attack("GUESS", "an insider", "board, own ballot", seen, NOTHING, "live board")
