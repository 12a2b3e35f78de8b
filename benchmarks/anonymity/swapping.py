"""SWAP: two raters, one of whom knows a partner and one who doesn't; which is which?

The result is the same either way. The attacker sees both places at every moment and knows whose
they are, for he took copies between the turns. An attack gets two traces and gives a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.anonymity.result import NOTHING, Attack, Leak, Result, advantage
from benchmarks.anonymity.scratch import Opinion, Scratch, scratch
from peerreview.domain.round.box import Slot

MARK = 0.05
_PAIRS_A_ROUND = 30


@dataclass(frozen=True, slots=True)
class Trace:
    """What one turn leaves to see about one partner.

    Attributes:
        claimed: the place once the code is drawn.
        cast: the same place once the ballot is in.
    """

    claimed: Slot
    cast: Slot


Worlds = tuple[list[tuple[Trace, Trace]], list[bool]]


def played(attacks: Sequence[Attack], worlds: int, seed: int, mark: float = MARK) -> list[Result]:
    """Return the signed advantage of each attack over half of that many worlds."""
    real = _worlds(NOTHING, worlds, Random(seed))
    results: list[Result] = []
    for attack in attacks:
        pairs, truths = _worlds(attack.leak, 2 * _PAIRS_A_ROUND, Random(seed))
        control = advantage([attack.how(*pair) for pair in pairs], truths, 1)
        pairs, truths = real
        figure = advantage([attack.how(*pair) for pair in pairs], truths, len(attacks))
        results.append(Result(attack, figure, mark, control.value))
    return results


def _worlds(leak: Leak, count: int, random: Random) -> Worlds:
    pairs: list[tuple[Trace, Trace]] = []
    truths: list[bool] = []
    while len(pairs) < count:
        with leak(), scratch(1, 2 * _PAIRS_A_ROUND) as round_:
            for _ in range(_PAIRS_A_ROUND):
                swapped = random.random() < 0.5
                told: tuple[Opinion, Opinion] = (None, 5) if swapped else (5, None)
                pairs.append((_turn(round_, told[0]), _turn(round_, told[1])))
                truths.append(swapped)
    return pairs[:count], truths[:count]


def _turn(round_: Scratch, opinion: Opinion) -> Trace:
    (claimed,) = round_.turn([opinion]).own_part.slots
    return Trace(claimed, next(hole for hole in round_.box().slots if hole.id == claimed.id))
