"""A plan: what the facilitator decides, and the last round's plan once more."""

from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule

from .builders import a_round


def test_like_the_last_round_asks_for_hands_again_and_leaves_out_who_rests() -> None:
    last = a_round("acme", "bolt", "core").evolve(
        heads=9, spares=1, floor=5, keepers=KeeperRule.TWO_OF_THREE, rehearsal=True
    )
    assert Plan.repeat_of(last, ["acme", "core", "new"]) == Plan(
        {"acme": None, "core": None}, 9, 1, 5, KeeperRule.TWO_OF_THREE
    )
