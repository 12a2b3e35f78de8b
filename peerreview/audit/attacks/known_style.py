"""Somebody has seen one true row of the target, about another partner, and knows how kind it is."""

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import GuessAttack, Seen, World


def seen(world: World) -> Seen:
    """Return the row's answer, the cells, and the own answer."""
    return world.style, *cells(world), world.known[0]


ATTACK = GuessAttack("a known row", "board, a true row", seen)
