"""A plan can repeat the last round."""

from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule

from .builders import make_round


def test_a_repeated_plan_has_no_hand_counts_and_leaves_out_resting_partners() -> None:
    last = make_round("acme", "bolt", "core").evolve(
        heads=9, spares=1, floor=5, keepers=KeeperRule.TWO_OF_THREE, rehearsal=True
    )
    assert Plan.repeat_of(last, ["acme", "core", "new"]) == Plan(
        {"acme": None, "core": None}, 9, 1, 5, KeeperRule.TWO_OF_THREE
    )
