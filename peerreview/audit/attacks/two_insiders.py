"""Two people who rated the partner tell each other what they answered."""

from peerreview.audit.attacks.insider import cells
from peerreview.audit.guessing import Seen, World
from peerreview.audit.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return what both answers come to, and the cells."""
    return sum(world.known[:2]), *cells(world)


ATTACK = Attack("GUESS", "two insiders", "board, two ballots", seen, NOTHING, "live board")
