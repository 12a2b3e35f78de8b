"""Two people who rated the partner tell each other what they answered."""

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import GuessAttack, Seen, World


def seen(world: World) -> Seen:
    """Return what both answers come to, and the cells."""
    return sum(world.known[:2]), *cells(world)


ATTACK = GuessAttack("two insiders", "board, two ballots", seen)
