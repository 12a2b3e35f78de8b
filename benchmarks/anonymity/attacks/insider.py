"""Somebody who rated the partner too takes the own row off what the board shows."""

from benchmarks.anonymity.guessing import Seen, World, shown
from benchmarks.anonymity.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return the board and the own row."""
    return [*shown(world.told), *world.known[0].answers]


ATTACK = Attack("GUESS", "an insider", "board, own ballot", seen, NOTHING, "live board")
