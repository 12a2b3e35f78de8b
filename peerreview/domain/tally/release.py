"""The release of a round: the coarse values that a group may know.

All results are made from a `Release`. The reasons for its limits: docs/design/anonymity.md.
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
"""The fewest voices with which indices are released."""
THREE_BANDS_FROM, FIVE_BANDS_FROM = 6, 10
"""The fewest answers with which a question has three bands, and five."""
DEAL_BREAKER_FROM, WHICH_FROM = 6, 12
"""The fewest voices with which a release says that there is a deal-breaker, and which."""
LIMITS_AT_FIVE_VOICES, LIMITS = (2.0, 4.0), (1.5, 4.5)
"""The lowest and the highest index released: a 5 would say that all answered 5."""
CUTS: dict[int, tuple[float, ...]] = {3: (2.6, 3.4), 5: (2.0, 2.75, 3.25, 4.0)}
"""The lower cuts of all bands but the first, by the number of bands."""
HYSTERESIS = 0.25
"""How far a score must pass a cut before the released band changes."""

HalfStep = Annotated[float, Field(ge=1, le=5, multiple_of=0.5)]


class VoicesBand(StrEnum):
    """How many voices, in bands."""

    FEW = "4–7"
    SOME = "8–12"
    MANY = "13+"

    @classmethod
    def from_count(cls, count: int) -> "VoicesBand":
        """Return the band of a number of voices, which is at least the floor."""
        if count <= 7:
            return cls.FEW
        return cls.SOME if count <= 12 else cls.MANY


class Band(Value):
    """Where a criterion lies: band 1 to `of`, with three or five bands."""

    band: Annotated[int, Field(ge=1, le=5)]
    of: Literal[3, 5]

    @model_validator(mode="after")
    def _check_range(self) -> Self:
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
    """What anybody may know about one partner after a round, inside the group and outside.

    A tally leaves `outcome` empty: the group agrees on it later.
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
    """The cells of one partner, with its id and the deal-breakers, which never leave the group.

    Attributes:
        partner: the id of the partner.
        deal_breaker: whether enough raters reported any deal-breaker.
        deal_breakers: the ids of the deal-breakers that enough raters reported.
    """

    partner: str
    deal_breaker: bool = False
    deal_breakers: tuple[str, ...] = ()


class Release(Value):
    """What the group may know about one round. Partners are sorted by their random ids.

    Attributes:
        sets: the hash of each partner's criteria set, by partner id.
        give_cut: the round's cut for "we give"; the cut for "comes back" is always 3.25.
    """

    round: int
    closed_on: date
    ballots: int
    floor: int
    give_cut: float
    sets: dict[str, str]
    partners: tuple[PartnerRelease, ...]

    @model_validator(mode="after")
    def _check_outcomes(self) -> Self:
        if any(cells.outcome and cells.street is Street.TOO_FEW for cells in self.partners):
            raise ValueError("something is agreed about a partner that isn't shown")
        return self

    @property
    def shown_partners(self) -> dict[str, PartnerRelease]:
        """The cells of the partners with enough voices, by partner id."""
        return {
            cells.partner: cells for cells in self.partners if cells.street is not Street.TOO_FEW
        }

    def find_partner(self, partner: str) -> PartnerRelease | None:
        """Return the cells of the partner with this id, or None if it wasn't in the round."""
        return next((cells for cells in self.partners if cells.partner == partner), None)

    def with_outcome(self, partner: str, outcome: Outcome | None) -> "Release":
        """Return the release with another agreement about a partner; None removes it.

        Raises:
            RuleError: The partner isn't shown in this round.
        """
        if partner not in self.shown_partners:
            raise RuleError(f"that partner isn't shown in round {self.round}")
        partners = (
            cells.evolve(outcome=outcome) if cells.partner == partner else cells
            for cells in self.partners
        )
        return self.evolve(partners=tuple(partners))


def release_index(mean: float, voices: int) -> float:
    """Return the index that is released for a side: the mean in half steps, within limits."""
    lowest, highest = LIMITS_AT_FIVE_VOICES if voices <= INDICES_FROM else LIMITS
    return max(lowest, min(highest, round_half_up(mean, 2)))


def released_band(answers: list[int], last: Band | None) -> Band | None:
    """Return the band of one question, or None with fewer than six answers.

    Args:
        answers: the answers, 1 to 5, without "can't say".
        last: the band released last time; to leave it, the score must pass a cut by 0.25.
    """
    count = len(answers)
    if count < THREE_BANDS_FROM:
        return None
    number_of_bands = 5 if count >= FIVE_BANDS_FROM else 3
    score = (sum(answers) + 6) / (count + 2)  # as if two more had answered 3
    cuts = CUTS[number_of_bands]
    band = 1 + sum(score >= cut for cut in cuts)
    if last and last.of == number_of_bands and band != last.band:
        up = 1 + sum(score >= cut + HYSTERESIS for cut in cuts)
        down = 1 + sum(score >= cut - HYSTERESIS for cut in cuts)
        band = max(up, last.band) if band > last.band else min(down, last.band)
    return Band(band=band, of=number_of_bands)


def is_reported(reports: int, voices: int) -> bool:
    """Tell whether a reported deal-breaker is released: at least two reports, and a fifth of all.

    With fewer than six voices it never is.
    """
    return voices >= DEAL_BREAKER_FROM and reports >= max(2, math.ceil(0.2 * voices))
