"""Two people who rated the partner show each other their rows."""

from benchmarks.anonymity.guessing import Seen, World, shown
from benchmarks.anonymity.result import NOTHING, Attack


def seen(world: World) -> Seen:
    """Return the board and both rows."""
    return [*shown(world.told), *world.known[0].answers, *world.known[1].answers]


ATTACK = Attack("GUESS", "two insiders", "board, two ballots", seen, NOTHING, "live board")
