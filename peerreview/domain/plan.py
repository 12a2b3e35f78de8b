"""A round's plan: what the facilitator decides before it opens, and what it will probably bring."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerreview.domain.forecast import Forecast, forecast
from peerreview.domain.refusal import RuleError
from peerreview.domain.round import FEWEST_BALLOTS, LOWEST_FLOOR, KeeperRule


@dataclass(frozen=True)
class Plan:
    """What the facilitator decides before a round.

    Attributes:
        hands: the partners up for rating, each with the hands shown for knowing it (or None).
        heads: people counted in the room.
    """

    hands: Mapping[str, int | None]
    heads: int
    spares: int = 2
    floor: int = LOWEST_FLOOR
    keepers: KeeperRule = KeeperRule.EITHER_OF_TWO

    def check(self) -> None:
        """Refuse a plan that can't be.

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
        """What this round will probably bring."""
        return forecast(list(self.hands.values()), self.heads, self.floor)
