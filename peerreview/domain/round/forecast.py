"""What a round will bring, told before it opens: voices, streets, minutes.

Source: docs/design/statistics.md, "Measurements" (shares of declared streets by number of voices,
and times). Everybody present votes; `hands` is who knows a partner.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

VOICES = (4, 5, 8, 12, 20)
DECLARED_FULL = (0.54, 0.59, 0.66, 0.72, 0.76)
DECLARED_QUICK = (0.35, 0.39, 0.47, 0.52, 0.56)
_ASK = "ask a neighboring group to rate with you"
_SETUP_MINUTES, _TURN_SECONDS, _PARTNER_SECONDS = 2, 25, 7.5


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected numbers of partners: with enough voices, with a street (quick, full ballots)."""

    partners: int
    partners_shown: float
    streets_if_quick: float
    streets_if_full: float

    @property
    def is_poor(self) -> bool:
        """Whether fewer than half of the partners are likely to be shown at all."""
        return self.partners_shown < self.partners / 2

    @property
    def sentence(self) -> str:
        """What to expect, in sentences."""
        shown, quick, full = (
            round(each)
            for each in (self.partners_shown, self.streets_if_quick, self.streets_if_full)
        )
        if not shown:
            return f"No partner would get enough voices yet: {_ASK}."
        said = "About 1 partner gets enough voices for a result."
        if shown > 1:
            said = (
                f"About {shown} partners get enough voices for a result: {quick or 'none'} of them "
                f"a street from quick ballots, {full or 'none'} from full ones."
            )
        return f"{said} That is few: {_ASK}." if self.is_poor else said


def declared_share(voices: int, table: Sequence[float], floor: int) -> float:
    """Return how likely a partner with this many voices gets a street (0 below the floor)."""
    if voices < floor:
        return 0.0
    if voices >= VOICES[-1]:
        return table[-1]
    right = max(1, bisect_left(VOICES, voices))
    low, high = VOICES[right - 1], VOICES[right]
    part = (voices - low) / (high - low)
    return table[right - 1] + part * (table[right] - table[right - 1])


def _spread(hands: int | None, heads: int) -> list[tuple[int, float]]:
    """Return (voices, probability) pairs: certain if hands were counted, else a fair coin each."""
    if hands is not None:
        return [(min(hands, heads), 1.0)]
    return [(k, math.comb(heads, k) / 2**heads) for k in range(heads + 1)]


def forecast_round(hands: Sequence[int | None], heads: int, floor: int) -> Forecast:
    """Return what to expect of a round.

    Args:
        hands: per partner the hands shown for knowing it, None if nobody counted.
        heads: people in the room.
        floor: voices needed to be shown.
    """
    shown = quick = full = 0.0
    for each in hands:
        for voices, chance in _spread(each, heads):
            shown += chance * (voices >= floor)
            quick += chance * declared_share(voices, DECLARED_QUICK, floor)
            full += chance * declared_share(voices, DECLARED_FULL, floor)
    return Forecast(len(hands), shown, quick, full)


def round_minutes(heads: int, partners: int, laptops: int) -> int:
    """Return how long a quick round takes, passing `laptops` around."""
    turns = math.ceil(heads / laptops)
    return round(_SETUP_MINUTES + turns * (_TURN_SECONDS + _PARTNER_SECONDS * partners) / 60)
