"""LINK: do two places in the box belong to one rater? Played on the box as it is before the close.

Knows rounds and places; an attacker gets two places and gives a number, larger for "the same".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from benchmarks.anonymity.result import NOTHING, Attack, Figure, Leak, Result, area
from benchmarks.anonymity.scratch import opinions, scratch
from peerreview.domain.round.box import Box, Slot

MARK = 0.02
RATERS, PARTNERS = 12, 12
_PAIRS_A_ROUND = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A place as anybody sees it in the file: the hole, and where it stands.

    Attributes:
        hole: what is stored.
        at: its number in the file.
        rank: its number among the taken places of its partner.
    """

    hole: Slot
    at: int
    rank: int


def played(attacks: Sequence[Attack], rounds: int, seed: int, mark: float = MARK) -> list[Result]:
    """Return how far each attack gets.

    Args:
        attacks: all are played on the same pairs.
        rounds: how many rounds; each gives 200 pairs that belong together and 200 that don't.
        seed: for opinions and the choice of pairs.
        mark: the most that is allowed.
    """
    real = _pairs(NOTHING, rounds, Random(seed))
    results: list[Result] = []
    for attack in attacks:
        leaky = _pairs(attack.leak, max(2, rounds // 20), Random(seed))
        control = 2 * _figure(attack, leaky, 1).value
        figure = _figure(attack, real, len(attacks))
        results.append(Result(attack, figure, mark, control))
    return results


Pairs = tuple[list[tuple[Place, Place]], list[tuple[Place, Place]]]


def _figure(attack: Attack, pairs: Pairs, attacks: int) -> Figure:
    alike, unlike = ([attack.how(*pair) for pair in each] for each in pairs)
    return area(alike, unlike, attacks)


def _pairs(leak: Leak, rounds: int, random: Random) -> Pairs:
    alike: list[tuple[Place, Place]] = []
    unlike: list[tuple[Place, Place]] = []
    for _ in range(rounds):
        same, other = _one_round(leak, random)
        alike += random.sample(same, _PAIRS_A_ROUND)
        unlike += random.sample(other, _PAIRS_A_ROUND)
    return alike, unlike


def _one_round(leak: Leak, random: Random) -> Pairs:
    with leak(), scratch(PARTNERS, RATERS) as round_:
        owners = {
            hole.id: rater
            for rater in range(RATERS)
            for hole in round_.turn(opinions(random, PARTNERS)).own_part.slots
        }
        places = _places(round_.box())
    same: list[tuple[Place, Place]] = []
    other: list[tuple[Place, Place]] = []
    for one, two in combinations(places, 2):
        if one.hole.partner != two.hole.partner:
            alike = owners[one.hole.id] == owners[two.hole.id]
            (same if alike else other).append((one, two))
    return same, other


def _places(box: Box) -> list[Place]:
    ranks: dict[int, int] = {}
    found: list[Place] = []
    for at, hole in enumerate(box.slots):
        if hole.tag:
            ranks[hole.partner] = ranks.get(hole.partner, -1) + 1
            found.append(Place(hole, at, ranks[hole.partner]))
    return found
