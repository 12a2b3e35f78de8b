"""SWAP: one of two raters knows a partner and the other doesn't. Which one?

The release is the same in both cases. The attacker took copies of the box between the turns, so he
has both slots after every turn and knows whose they are. An attack gets two traces and returns a
number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.anonymity import leaky_storage
from benchmarks.anonymity.result import NO_LEAK, Attack, Leak, Result, advantage
from benchmarks.anonymity.scratch_round import Opinion, ScratchRound, scratch_round
from peerreview.domain.round.box import Slot

MARK = 0.05
_PAIRS_A_ROUND = 30


@dataclass(frozen=True, slots=True)
class Trace:
    """The slot of one turn for one partner, at two times.

    Attributes:
        claimed: the slot once the code is drawn.
        filled: the same slot once the ballot is handed in.
    """

    claimed: Slot
    filled: Slot


def compare_contents(one: Trace, two: Trace) -> float:
    """Whoever holds the file and knows whose slots they are compares the stored bytes."""
    return sum(one.filled.row.encode()) - sum(two.filled.row.encode())


def compare_lengths(one: Trace, two: Trace) -> float:
    """Whoever took copies between the turns compares the lengths of the texts, without padding."""
    return len(one.filled.row.rstrip("=")) - len(two.filled.row.rstrip("="))


def compare_changes(one: Trace, two: Trace) -> float:
    """Whoever took copies between the turns checks which slot changed at the hand-in.

    An unchanged slot would belong to the rater who doesn't know the partner.
    """
    return (one.claimed.row != one.filled.row) - (two.claimed.row != two.filled.row)


ATTACKS = (
    Attack("SWAP", "stored bytes", "copies between turns", compare_contents,
           leaky_storage.rows_in_the_clear, "no seal"),
    Attack("SWAP", "lengths", "copies between turns", compare_lengths,
           leaky_storage.rows_of_any_length, "unpadded"),
    Attack("SWAP", "what changed", "copies between turns", compare_changes,
           leaky_storage.no_dummies, "no dummies"),
)  # fmt: skip

Worlds = tuple[list[tuple[Trace, Trace]], list[bool]]
"""Pairs of traces, and whether the second of each pair knows the partner."""


def play(attacks: Sequence[Attack], worlds: int, seed: int, mark: float = MARK) -> list[Result]:
    """Return the signed advantage of each attack over half of that many pairs of raters."""
    pairs, truths = _draw_worlds(NO_LEAK, worlds, Random(seed))
    results: list[Result] = []
    for attack in attacks:
        leaky_pairs, leaky_truths = _draw_worlds(attack.leak, 2 * _PAIRS_A_ROUND, Random(seed))
        control = advantage([attack.method(*pair) for pair in leaky_pairs], leaky_truths, 1)
        figure = advantage([attack.method(*pair) for pair in pairs], truths, len(attacks))
        results.append(Result(attack, figure, mark, control.value))
    return results


def _draw_worlds(leak: Leak, count: int, random: Random) -> Worlds:
    pairs: list[tuple[Trace, Trace]] = []
    truths: list[bool] = []
    while len(pairs) < count:
        with leak(), scratch_round(1, 2 * _PAIRS_A_ROUND) as scratch:
            for _ in range(_PAIRS_A_ROUND):
                swapped = random.random() < 0.5
                opinions: tuple[Opinion, Opinion] = (None, 5) if swapped else (5, None)
                pairs.append((_trace(scratch, opinions[0]), _trace(scratch, opinions[1])))
                truths.append(swapped)
    return pairs[:count], truths[:count]


def _trace(scratch: ScratchRound, opinion: Opinion) -> Trace:
    (claimed,) = scratch.take_turn([opinion]).own_part.slots
    return Trace(claimed, next(slot for slot in scratch.box().slots if slot.id == claimed.id))
