"""A round: planned, then open, then closed or discarded; nothing else is possible."""

import math
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from peerreview.domain.errors import RuleError
from peerreview.domain.value import Value

LOWEST_FLOOR = 4
"""Fewer voices than this about a partner show nothing (docs/design/anonymity.md)."""
FEWEST_BALLOTS = 4
REST_DAYS = 60


class RoundState(StrEnum):
    """Where a round is in its life."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


_AFTER = {
    RoundState.OPEN: RoundState.PLANNED,
    RoundState.CLOSED: RoundState.OPEN,
    RoundState.DISCARDED: RoundState.OPEN,
}
"""Each state, and the only one it comes after."""


class KeeperRule(StrEnum):
    """Who can open the box."""

    ONE = "one"
    EITHER_OF_TWO = "either of two"
    TWO_OF_THREE = "two of three"

    @property
    def keeper_count(self) -> int:
        """How many people are handed a key."""
        return 1 + list(KeeperRule).index(self)

    @property
    def keys_needed(self) -> int:
        """How many of them it takes to open the box."""
        return 2 if self is KeeperRule.TWO_OF_THREE else 1


class RoundPartner(Value):
    """A partner up for rating, and the set that asks about it.

    The hands shown for knowing it aren't kept: they would tell the voices that results hide.
    """

    id: str
    set_hash: str


class Round(Value):
    """One round of ratings.

    Attributes:
        heads: the number of people counted in the room.
        until: when everybody should be done; told while the round is open, forgotten afterwards.
        rehearsal: whether it ends without a result. The next round takes its number.
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
    def _partners_once(self) -> Self:
        if len({partner.id for partner in self.partners}) != len(self.partners):
            raise ValueError("a partner is listed twice")
        return self

    @property
    def name(self) -> str:
        """What the round is called."""
        return "rehearsal" if self.rehearsal else f"round {self.number}"

    def title(self, group: str) -> str:
        """Return what stands on top of its screens; a rehearsal is told first, to be cut last."""
        return f"rehearsal · {group}" if self.rehearsal else f"{group} · round {self.number}"

    @property
    def ticket_count(self) -> int:
        """How many codes the box is laid out for."""
        return self.heads + self.spares

    def minutes_left(self, now: datetime) -> int | None:
        """Return the minutes left to rate, begun ones included; None if nobody hurries."""
        return max(0, math.ceil((self.until - now).total_seconds() / 60)) if self.until else None

    def with_state(self, state: RoundState, on: date) -> "Round":
        """Return the round moved on to `state`.

        Raises:
            RuleError: A round in this state can't go there.
        """
        if _AFTER.get(state) is not self.state:
            raise RuleError(f"round {self.number} is {self.state}: it can't become {state}")
        if state is RoundState.OPEN:
            return self.evolve(state=state, opened_on=on)
        return self.evolve(state=state, ended_on=on, until=None)


def quarter_of(day: date) -> str:
    """Return the quarter a day lies in, as shown and exported: `Q4 2026`."""
    return f"Q{(day.month + 2) // 3} {day.year}"
