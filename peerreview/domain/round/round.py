"""Rounds, which are planned, then open, then closed or discarded."""

import math
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from peerreview.domain.errors import RuleError
from peerreview.domain.value import Value

LOWEST_FLOOR = 4
"""The lowest floor that a round can have (docs/design/anonymity.md)."""
FEWEST_BALLOTS = 4
"""A round can't be closed with fewer ballots."""
REST_DAYS = 60
"""How long a partner rests after a round that showed a result of it."""


class RoundState(StrEnum):
    """The states of a round."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


_STATE_BEFORE = {
    RoundState.OPEN: RoundState.PLANNED,
    RoundState.CLOSED: RoundState.OPEN,
    RoundState.DISCARDED: RoundState.OPEN,
}
"""The only state from which a round can move to another."""


class KeeperRule(StrEnum):
    """Who can open the box."""

    ONE = "one"
    EITHER_OF_TWO = "either of two"
    TWO_OF_THREE = "two of three"

    @property
    def keeper_count(self) -> int:
        """The number of keepers."""
        return 1 + list(KeeperRule).index(self)

    @property
    def keys_needed(self) -> int:
        """The number of keepers that are needed to open the box."""
        return 2 if self is KeeperRule.TWO_OF_THREE else 1


class RoundPartner(Value):
    """A partner up for rating, and the hash of its criteria set.

    The hands counted for it aren't kept, because they say how many voices it has.
    """

    id: str
    set_hash: str


class Round(Value):
    """One round of ratings.

    Attributes:
        heads: the number of people counted in the room.
        spares: the number of codes beyond that.
        floor: the fewest voices for a result about a partner.
        rehearsal: whether the round ends without a result. The next round takes over its number.
        until: when everybody should be done; None if there is no limit or the round has ended.
    """

    id: str
    number: Annotated[int, Field(ge=1)]
    state: RoundState = RoundState.PLANNED
    partners: tuple[RoundPartner, ...] = Field(min_length=1, max_length=60)
    heads: Annotated[int, Field(ge=FEWEST_BALLOTS, le=60)]
    spares: Annotated[int, Field(ge=0, le=6)] = 2
    floor: Annotated[int, Field(ge=LOWEST_FLOOR, le=12)] = LOWEST_FLOOR
    keepers: KeeperRule = KeeperRule.EITHER_OF_TWO
    rehearsal: bool = False
    until: AwareDatetime | None = None
    opened_on: date | None = None
    ended_on: date | None = None

    @model_validator(mode="after")
    def _check_partners(self) -> Self:
        if len({partner.id for partner in self.partners}) != len(self.partners):
            raise ValueError("a partner is listed twice")
        return self

    @property
    def name(self) -> str:
        """The name of the round, in words."""
        return "rehearsal" if self.rehearsal else f"round {self.number}"

    def title(self, group: str) -> str:
        """Return the title for screens; `rehearsal` comes first, so that it is never cut off."""
        return f"rehearsal · {group}" if self.rehearsal else f"{group} · round {self.number}"

    @property
    def ticket_count(self) -> int:
        """The number of tickets in the box: the most codes that can be drawn."""
        return self.heads + self.spares

    def minutes_left(self, now: datetime) -> int | None:
        """Return the minutes left to rate, rounded up; None if there is no limit."""
        if self.until is None:
            return None
        return max(0, math.ceil((self.until - now).total_seconds() / 60))

    def with_state(self, state: RoundState, on: date) -> "Round":
        """Return the round in another state.

        Args:
            state: the new state.
            on: the day of the change.

        Raises:
            RuleError: The round can't move from its present state to this one.
        """
        if _STATE_BEFORE.get(state) is not self.state:
            raise RuleError(f"round {self.number} is {self.state}: it can't become {state}")
        if state is RoundState.OPEN:
            return self.evolve(state=state, opened_on=on)
        return self.evolve(state=state, ended_on=on, until=None)


def quarter_of(day: date) -> str:
    """Return the quarter of a day as it is shown and exported: `Q4 2026`."""
    return f"Q{(day.month + 2) // 3} {day.year}"
