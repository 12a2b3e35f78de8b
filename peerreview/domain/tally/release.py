"""What leaves the tally: the coarse cells of a `Release`, and nothing finer.

`Release` is the only type results are made from. Tiers, bands and their reasons:
docs/design/anonymity.md.
"""

import math
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from peerreview.domain.errors import RuleError
from peerreview.domain.tally.verdict import Certainty, Street, Work, round_half_up
from peerreview.domain.value import Value

INDICES_FROM = 5
THREE_BANDS_FROM, FIVE_BANDS_FROM = 6, 10
DEAL_BREAKER_FROM, WHICH_FROM = 6, 12
OUTERMOST = {True: (2.0, 4.0), False: (1.5, 4.5)}
"""The outermost indices, with just five voices and with more: a 5 would say that all answered 5."""
CUTS: dict[int, tuple[float, ...]] = {3: (2.6, 3.4), 5: (2.0, 2.75, 3.25, 4.0)}
HYSTERESIS = 0.25

HalfStep = Annotated[float, Field(ge=1, le=5, multiple_of=0.5)]


class VoicesBand(StrEnum):
    """How many voices, in bands."""

    FEW = "4–7"
    SOME = "8–12"
    MANY = "13+"

    @classmethod
    def from_count(cls, count: int) -> "VoicesBand":
        """Return the band of a number of voices at or above the floor."""
        return cls.FEW if count <= 7 else cls.SOME if count <= 12 else cls.MANY


class Band(Value):
    """Where a criterion lies: band 1 to `of`, with three or five bands."""

    band: Annotated[int, Field(ge=1, le=5)]
    of: Literal[3, 5]

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.band > self.of:
            raise ValueError(f"there is no band {self.band} of {self.of}")
        return self


class Outcome(StrEnum):
    """What a group agreed to do about a partner."""

    KEEP = "keep"
    THANK = "thank"
    TALK = "talk to them"
    MOVE_ON = "move on"


class Cells(Value):
    """What everybody may know of one partner after a round, inside the group and outside.

    Nobody agrees on anything while a box is open, so a tally leaves `outcome` empty.
    """

    street: Street
    certainty: Certainty | None = None
    voices: VoicesBand | None = None
    comes_back: HalfStep | None = None
    we_give: HalfStep | None = None
    work: Work | None = None
    work_index: HalfStep | None = None
    bands: dict[str, Band] = Field(default_factory=dict[str, Band])
    outcome: Outcome | None = None


class PartnerRelease(Cells):
    """The cells of one partner, and the deal-breakers, which never leave the group."""

    partner: str
    deal_breaker: bool = False
    deal_breakers: tuple[str, ...] = ()


class Release(Value):
    """What everybody may know of one round. Partners are sorted by their random ids.

    Attributes:
        sets: the criteria set (by hash) that asked about each partner.
        give_cut: the round's cut for "we give"; 3.25 is the cut for "comes back".
    """

    round: int
    closed_on: date
    ballots: int
    floor: int
    give_cut: float
    sets: dict[str, str]
    partners: tuple[PartnerRelease, ...]

    @model_validator(mode="after")
    def _agreed_on_what_is_shown(self) -> Self:
        if any(each.outcome and each.street is Street.TOO_FEW for each in self.partners):
            raise ValueError("something is agreed about a partner that isn't shown")
        return self

    @property
    def shown_partners(self) -> dict[str, PartnerRelease]:
        """Those of which anything is shown, by partner."""
        return {p.partner: p for p in self.partners if p.street is not Street.TOO_FEW}

    def find_partner(self, partner: str) -> PartnerRelease | None:
        """Return what was released about a partner, if it was in the round."""
        return next((each for each in self.partners if each.partner == partner), None)

    def with_outcome(self, partner: str, outcome: Outcome | None) -> "Release":
        """Return the release with what the group agreed to do about a partner, or with nothing.

        Raises:
            RuleError: The partner isn't shown in this round.
        """
        if not (told := self.shown_partners.get(partner)):
            raise RuleError(f"that partner isn't shown in round {self.round}")
        agreed = told.evolve(outcome=outcome)
        return self.evolve(partners=tuple(agreed if p is told else p for p in self.partners))


def released_index(mean: float, voices: int) -> float:
    """Return the index released for a side: half steps, and nothing beyond the outermost ones."""
    lowest, highest = OUTERMOST[voices <= INDICES_FROM]
    return max(lowest, min(highest, round_half_up(mean, 2)))


def released_band(answers: list[int], last: Band | None) -> Band | None:
    """Return the band of one criterion, or None with fewer than six answers.

    Args:
        answers: the answers given (1 to 5), "can't say" left out.
        last: the band released last time; a change must pass its cut by 0.25.
    """
    count = len(answers)
    if count < THREE_BANDS_FROM:
        return None
    scheme = 5 if count >= FIVE_BANDS_FROM else 3
    score, cuts = (sum(answers) + 6) / (count + 2), CUTS[scheme]
    band = 1 + sum(score >= cut for cut in cuts)
    if last and last.of == scheme and band != last.band:
        up = 1 + sum(score >= cut + HYSTERESIS for cut in cuts)
        down = 1 + sum(score >= cut - HYSTERESIS for cut in cuts)
        band = max(up, last.band) if band > last.band else min(down, last.band)
    return Band(band=band, of=scheme)


def is_reported(reports: int, voices: int) -> bool:
    """Tell whether enough raters reported a deal-breaker to say that more than one did."""
    return voices >= DEAL_BREAKER_FROM and reports >= max(2, math.ceil(0.2 * voices))
