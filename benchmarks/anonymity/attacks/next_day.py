"""The facilitator asks about the same partners again at once, to subtract a board from another."""

from benchmarks.anonymity.lapse import no_rest
from benchmarks.anonymity.playing import HEADS, HONEST, Table
from benchmarks.anonymity.result import Attack
from peerreview.domain.round.plan import Plan


def play(table: Table) -> bool:
    """Close, then open a round about the same partners."""
    services = table.round.services
    table.round.close(HONEST)
    hands = {each.id: HEADS for each in services.rounds.group().active}
    services.rounds.open(services.rounds.prepare(Plan(hands, HEADS)))
    return True


ATTACK = Attack("ZERO", "board less board", "the program", play, no_rest, "no 60 days")
