"""LINK: do two slots of the box belong to one rater? The attacker has the box before the close.

An attack gets two slots and returns a number; a larger one means that the rater is more likely the
same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from benchmarks.anonymity import leaky_storage
from benchmarks.anonymity.result import NO_LEAK, Attack, Figure, Leak, Result, area
from benchmarks.anonymity.scratch_round import draw_opinions, scratch_round
from peerreview.ballotbox.key import from_base64
from peerreview.domain.round.box import Box, Slot

MARK = 0.02
RATERS, PARTNERS = 12, 12
_PAIRS_A_ROUND = 200


@dataclass(frozen=True, slots=True)
class VisibleSlot:
    """A slot as it is in the file.

    Attributes:
        slot: the stored slot.
        position: its number in the file.
        rank: its number among the claimed slots of its partner.
    """

    slot: Slot
    position: int
    rank: int


def compare_ranks(one: VisibleSlot, two: VisibleSlot) -> float:
    """Whoever holds the file compares the order of the claimed slots of every partner.

    If slots were claimed from the front, the third slot of every partner would belong to the third
    rater.
    """
    return -abs(one.rank - two.rank)


def compare_positions(one: VisibleSlot, two: VisibleSlot) -> float:
    """Whoever holds the file compares the positions of two slots, which follow from their ids."""
    return -abs(one.position - two.position)


def compare_tags(one: VisibleSlot, two: VisibleSlot) -> float:
    """Whoever holds the file counts the bytes that the tags of two claimed slots share."""
    return _shared_bytes(one.slot.tag, two.slot.tag)


def compare_sealed_texts(one: VisibleSlot, two: VisibleSlot) -> float:
    """Whoever holds the file counts the bytes that two sealed rows share.

    Equal answers of a rater, or a seal that repeats itself, would show.
    """
    return _shared_bytes(one.slot.row, two.slot.row)


def compare_times(one: VisibleSlot, two: VisibleSlot) -> float:
    """Whoever holds the file reads the first bytes of a row as the moment it was written."""
    first, second = (
        int.from_bytes(from_base64(visible.slot.row)[:8], "big") for visible in (one, two)
    )
    return -abs(first - second)


def _shared_bytes(one: str, two: str) -> int:
    return sum(a == b for a, b in zip(from_base64(one), from_base64(two), strict=True))


ATTACKS = (
    Attack("LINK", "append order", "the box file", compare_ranks,
           leaky_storage.first_free_slots, "first free slot"),
    Attack("LINK", "slots and ids", "the box file", compare_positions,
           leaky_storage.one_block_per_rater, "a block a rater"),
    Attack("LINK", "marks", "the box file", compare_tags,
           leaky_storage.names_in_tags, "names stored"),
    Attack("LINK", "sealed texts", "the box file", compare_sealed_texts,
           leaky_storage.one_nonce, "fixed nonce"),
    Attack("LINK", "time stamps", "the box file", compare_times,
           leaky_storage.times_in_rows, "times stored"),
)  # fmt: skip


def play(attacks: Sequence[Attack], rounds: int, seed: int, mark: float = MARK) -> list[Result]:
    """Return how far each attack gets.

    Args:
        attacks: the attacks; all are played on the same pairs.
        rounds: how many rounds; each gives 200 pairs that belong together and 200 that don't.
        seed: for the opinions and the choice of pairs.
        mark: the most that an attack may get.
    """
    pairs = _draw_pairs(NO_LEAK, rounds, Random(seed))
    results: list[Result] = []
    for attack in attacks:
        leaky_pairs = _draw_pairs(attack.leak, max(2, rounds // 20), Random(seed))
        control = 2 * _figure(attack, leaky_pairs, 1).value
        results.append(Result(attack, _figure(attack, pairs, len(attacks)), mark, control))
    return results


Pairs = tuple[list[tuple[VisibleSlot, VisibleSlot]], list[tuple[VisibleSlot, VisibleSlot]]]
"""Pairs of slots of one rater, and pairs of slots of two raters."""


def _figure(attack: Attack, pairs: Pairs, attacks: int) -> Figure:
    alike, unlike = ([attack.method(*pair) for pair in kind] for kind in pairs)
    return area(alike, unlike, attacks)


def _draw_pairs(leak: Leak, rounds: int, random: Random) -> Pairs:
    alike: list[tuple[VisibleSlot, VisibleSlot]] = []
    unlike: list[tuple[VisibleSlot, VisibleSlot]] = []
    for _ in range(rounds):
        same, different = _all_pairs(leak, random)
        alike += random.sample(same, _PAIRS_A_ROUND)
        unlike += random.sample(different, _PAIRS_A_ROUND)
    return alike, unlike


def _all_pairs(leak: Leak, random: Random) -> Pairs:
    """Play one round and return all pairs of slots of different partners."""
    with leak(), scratch_round(PARTNERS, RATERS) as scratch:
        owners = {
            slot.id: rater
            for rater in range(RATERS)
            for slot in scratch.take_turn(draw_opinions(random, PARTNERS)).own_part.slots
        }
        claimed = _claimed_slots(scratch.box())
    same: list[tuple[VisibleSlot, VisibleSlot]] = []
    different: list[tuple[VisibleSlot, VisibleSlot]] = []
    for one, two in combinations(claimed, 2):
        if one.slot.partner != two.slot.partner:
            is_same = owners[one.slot.id] == owners[two.slot.id]
            (same if is_same else different).append((one, two))
    return same, different


def _claimed_slots(box: Box) -> list[VisibleSlot]:
    ranks: dict[int, int] = {}
    claimed: list[VisibleSlot] = []
    for position, slot in enumerate(box.slots):
        if slot.tag:
            ranks[slot.partner] = ranks.get(slot.partner, -1) + 1
            claimed.append(VisibleSlot(slot, position, ranks[slot.partner]))
    return claimed
