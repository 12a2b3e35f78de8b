"""Somebody compares the round before the target left with the round after."""

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import Seen, World, band
from peerreview.audit.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return what is shown of both rounds."""
    later = world.later
    after = (later.comes_back, band(later), later.street) if later else ()
    return *cells(world)[:2], *after, *cells(world)[2:]


ATTACK = Attack("GUESS", "a leaver", "two boards", seen, NOTHING, "live board")
