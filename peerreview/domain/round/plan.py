"""A round's plan: what the facilitator decides before it opens, and what it will probably bring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peerreview.domain.errors import RuleError
from peerreview.domain.round.forecast import Forecast, forecast_round
from peerreview.domain.round.round import FEWEST_BALLOTS, LOWEST_FLOOR, KeeperRule, Round


@dataclass(frozen=True)
class Plan:
    """What the facilitator decides before a round.

    Attributes:
        hands: the partners up for rating, each with the hands shown for knowing it (or None).
        heads: people counted in the room.
        minutes: how long everybody has to rate; None if nobody hurries.
        rehearsal: whether all of it is thrown away at the close, without a result.
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
        """Return the plan of an earlier round once more, for its partners whose ids are ready.

        Hands aren't kept with a round, so they are asked for again.
        """
        again = {each.id for each in round_.partners} & set(ready)
        hands = dict.fromkeys(sorted(again))
        return cls(hands, round_.heads, round_.spares, round_.floor, round_.keepers)

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
        return forecast_round(list(self.hands.values()), self.heads, self.floor)
