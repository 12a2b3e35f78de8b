"""Somebody who rated the partner too has seen one true row of the target, about another partner."""

from benchmarks.anonymity.attacks import insider
from benchmarks.anonymity.guessing import Seen, World
from benchmarks.anonymity.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return the board, the own row and that one."""
    return [*insider.seen(world), *world.style.answers]


ATTACK = Attack("GUESS", "a known row", "board, a true row", seen, NOTHING, "live board")
