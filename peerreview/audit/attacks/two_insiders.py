"""Two people who rated the partner tell each other what they answered."""

from collections.abc import Hashable

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import GuessAttack, World


def seen(world: World) -> Hashable:
    """Return the cells and both answers, whoever gave which."""
    return cells(world), tuple(sorted(world.known[:2]))


ATTACK = GuessAttack("two insiders", "board, two ballots", seen)
