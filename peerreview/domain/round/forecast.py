"""The forecast of a round before it opens: partners with a result, with a street, and minutes.

Source: docs/design/statistics.md, "Measurements" (shares of declared streets by number of voices,
and times). It assumes that all who know a partner rate it; `hands` is their number.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

VOICES = (4, 5, 8, 12, 20)
"""Numbers of voices, for the next two tables."""
DECLARED_FULL = (0.54, 0.59, 0.66, 0.72, 0.76)
DECLARED_QUICK = (0.35, 0.39, 0.47, 0.52, 0.56)
"""The shares of partners that get a street, from full ballots and from quick ones."""
_ASK = "ask a neighboring group to rate with you"
_SETUP_MINUTES, _TURN_SECONDS, _PARTNER_SECONDS = 2, 25, 7.5


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected numbers of partners.

    Attributes:
        partners: all partners up for rating.
        partners_shown: those with enough voices for a result.
        streets_if_quick: those with a street, if all ballots are quick ones.
        streets_if_full: those with a street, if all ballots are full ones.
    """

    partners: int
    partners_shown: float
    streets_if_quick: float
    streets_if_full: float

    @property
    def is_poor(self) -> bool:
        """Whether fewer than half of the partners are expected to have a result."""
        return self.partners_shown < self.partners / 2

    @property
    def sentence(self) -> str:
        """The forecast in one or two sentences."""
        shown = round(self.partners_shown)
        quick, full = round(self.streets_if_quick), round(self.streets_if_full)
        if not shown:
            return f"No partner would get enough voices yet: {_ASK}."
        sentence = "About 1 partner gets enough voices for a result."
        if shown > 1:
            sentence = (
                f"About {shown} partners get enough voices for a result: {quick or 'none'} of them "
                f"a street from quick ballots, {full or 'none'} from full ones."
            )
        return f"{sentence} That is few: {_ASK}." if self.is_poor else sentence


def declared_share(voices: int, table: Sequence[float], floor: int) -> float:
    """Return the probability of a street with this many voices, 0 below the floor.

    Args:
        voices: the number of voices.
        table: `DECLARED_FULL` or `DECLARED_QUICK`; numbers between are interpolated.
        floor: the fewest voices for a result.
    """
    if voices < floor:
        return 0.0
    if voices >= VOICES[-1]:
        return table[-1]
    right = max(1, bisect_left(VOICES, voices))
    low, high = VOICES[right - 1], VOICES[right]
    fraction = (voices - low) / (high - low)
    return table[right - 1] + fraction * (table[right] - table[right - 1])


def _compute_voice_probabilities(hands: int | None, heads: int) -> list[tuple[int, float]]:
    """Return the possible numbers of voices, each with its probability.

    If no hands were counted, everybody knows the partner with a probability of one half.
    """
    if hands is not None:
        return [(min(hands, heads), 1.0)]
    return [(voices, math.comb(heads, voices) / 2**heads) for voices in range(heads + 1)]


def forecast_round(hands: Sequence[int | None], heads: int, floor: int) -> Forecast:
    """Return the forecast of a round.

    Args:
        hands: for each partner, how many people know it; None if they weren't counted.
        heads: the number of people in the room.
        floor: the fewest voices for a result.
    """
    shown = quick = full = 0.0
    for partner_hands in hands:
        for voices, probability in _compute_voice_probabilities(partner_hands, heads):
            if voices >= floor:
                shown += probability
            quick += probability * declared_share(voices, DECLARED_QUICK, floor)
            full += probability * declared_share(voices, DECLARED_FULL, floor)
    return Forecast(len(hands), shown, quick, full)


def round_minutes(heads: int, partners: int, laptops: int) -> int:
    """Return how many minutes a round of quick ballots takes with this many shared laptops."""
    turns = math.ceil(heads / laptops)
    return round(_SETUP_MINUTES + turns * (_TURN_SECONDS + _PARTNER_SECONDS * partners) / 60)
