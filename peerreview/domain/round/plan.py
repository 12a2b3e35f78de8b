"""The plan of a round: what the facilitator decides before the round opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peerreview.domain.errors import RuleError
from peerreview.domain.round.forecast import Forecast, forecast_round
from peerreview.domain.round.round import FEWEST_BALLOTS, LOWEST_FLOOR, KeeperRule, Round


@dataclass(frozen=True)
class Plan:
    """What the facilitator decides before a round.

    Attributes:
        hands: how many people know a partner, or None if they weren't counted, by the ids of the
            partners up for rating.
        heads: the number of people counted in the room.
        spares: the number of codes beyond that.
        floor: the fewest voices for a result about a partner.
        keepers: who can open the box.
        minutes: how long everybody has to rate; None if there is no limit.
        rehearsal: whether the round ends without a result.
    """

    hands: Mapping[str, int | None] = field(default_factory=dict[str, int | None])
    heads: int = 0
    spares: int = 2
    floor: int = LOWEST_FLOOR
    keepers: KeeperRule = KeeperRule.EITHER_OF_TWO
    minutes: int | None = None
    rehearsal: bool = False

    @classmethod
    def repeat_of(cls, round_: Round, ready: Iterable[str]) -> "Plan":
        """Return a plan like that of an earlier round, for its partners that are in `ready`.

        A round doesn't keep the hands, so they have to be counted again.
        """
        partner_ids = {partner.id for partner in round_.partners} & set(ready)
        hands = dict.fromkeys(sorted(partner_ids))
        return cls(hands, round_.heads, round_.spares, round_.floor, round_.keepers)

    def check(self) -> None:
        """Check that a round can open with this plan.

        Raises:
            RuleError: Too few people or partners, or more hands than people.
        """
        if self.heads < FEWEST_BALLOTS or not self.hands:
            raise RuleError(f"a round needs {FEWEST_BALLOTS} people and one partner at least")
        most = max(hands or 0 for hands in self.hands.values())
        if most > self.heads:
            raise RuleError(f"{most} hands for one partner, and {self.heads} people: recount")

    @property
    def forecast(self) -> Forecast:
        """The expected results of the round."""
        return forecast_round(list(self.hands.values()), self.heads, self.floor)
