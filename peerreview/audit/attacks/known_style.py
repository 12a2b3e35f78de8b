"""Somebody has seen one true row of the target, about another partner, and knows how kind it is."""

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import Seen, World
from peerreview.audit.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return the row's answer, the cells, and the own answer."""
    return world.style, *cells(world), world.known[0]


ATTACK = Attack("GUESS", "a known row", "board, a true row", seen, NOTHING, "live board")
