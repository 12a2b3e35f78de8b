"""Somebody compares the round before the target left with the round after.

All others rate anew, as kind as before and with as much chance in it. Did they answer exactly as
before, two boards would tell more: about .10 with six voices.
"""

from benchmarks.anonymity.guessing import Seen, World, shown
from benchmarks.anonymity.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return both boards."""
    return [*shown(world.told), *shown(world.later)]


ATTACK = Attack("GUESS", "a leaver", "two boards", seen, NOTHING, "live board")
