"""The order of the casts is nowhere: not in bytes, places, ids, or anything worked out from them.

In every round people draw and cast one after the other. Over many rounds nothing that can be read
in the file may go with who came when. The control hands out places from the front.
"""

import base64
import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from memory import MemoryVault

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox.keeper import Locked
from peerreview.ballotbox.key import BallotKey
from peerreview.domain.round.box import Box, Wrap
from peerreview.domain.round.round import KeeperRule, Round, RoundPartner
from peerreview.services import casting
from peerreview.store.box.box_layout import BoxLayout

ROUNDS, RATERS, PARTNERS = 1_700, 14, 2
LIMIT = 0.02
"""23,800 casts: more than three standard errors for each measure."""


class Dice:
    """`secrets`, but the same on every run."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.choice = self._random.choice
        self.randbelow = self._random.randrange

    def SystemRandom(self) -> Random:
        return self._random


class FromTheFront(Dice):
    """The control: always the first place that is free."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.choice = lambda places: places[0]


class Key(BallotKey):
    """A code's key whose tags are drawn, not worked out: it is what they look like that counts."""

    def hole_tag(self, partner: str) -> str:
        return b64(Random(f"{partner} {self.secret}"), 16)

    def token(self, partner: str) -> bytes:
        return b""

    @property
    def turn_tag(self) -> str:
        return self.hole_tag("turn")


def b64(random: Random, size: int) -> str:
    return base64.b64encode(random.randbytes(size)).decode("ascii")


def a_round(random: Random) -> tuple[Box, list[str]]:
    """Lay a box out, let everybody draw and cast; return it, and the turns' tags in order."""
    partners = tuple(RoundPartner(id=f"p{n}", set_hash="s") for n in range(PARTNERS))
    round_ = Round(id="r", number=1, partners=partners, heads=RATERS, keepers=KeeperRule.ONE)
    wraps = (Wrap(salt=b64(random, 16), sealed=b64(random, 72)),)
    store = MemoryVault().box(1)
    store.create(ballot_box.lay_out(round_, Locked(b64(random, 32), wraps, ())))
    tags: list[str] = []
    for _ in range(RATERS):
        key = Key(random.randbytes(16), round_.id)
        own = ballot_box.find_own_part(
            store.update(lambda box, k=key: ballot_box.draw(box, k)), key
        )
        mine = Box(store.read().head, (own.ticket,), tuple(sorted(own.slots, key=lambda h: h.id)))
        ballot = dict.fromkeys((partner.id for partner in partners), None)
        casting.hand_in(store, mine, ballot_box.fill(mine, key, ballot), again=False)
        tags.append(key.turn_tag)
        OWNERS.update(dict.fromkeys((hole.tag for hole in own.slots), key.turn_tag))
    return store.read(), tags


def measures(box: Box, tags: Sequence[str]) -> dict[str, list[float]]:
    """Everything that could tell, for each turn in the order of the casts.

    Holes can't be told to belong to a turn; but the attacker is given that for nothing.
    """
    text = BoxLayout.for_box(box).file_bytes(box)
    file = json.loads(text)
    numbers = list(file["turns"])
    place = {turn["h"]: each for each, turn in enumerate(file["turns"].values())}
    ids = [int(number) for number in numbers]
    gaps = [b - a for a, b in zip(ids, [*ids[1:], ids[-1]], strict=True)]
    places = [place[tag] for tag in tags]
    steps = [
        here - places[each - 1] for each, here in enumerate(places)
    ]  # the first: from the last
    found = {
        "place of the turn": places,
        "id of the turn": [ids[each] for each in places],
        "gap behind the turn": [gaps[each] for each in places],
        "last digits of the turn": [ids[each] % 1000 for each in places],
        "tag of the turn": [text.index(tag.encode()) for tag in tags],
        "tags in order": [sorted(tags).index(tag) for tag in tags],
        "step from the turn before": steps,
        "step from the turn before, whichever way": [abs(each) for each in steps],
    }
    return found | _of_holes(box, tags)


OWNERS: dict[str, str] = {}
"""Which turn's tag a hole's tag belongs to."""


def _of_holes(box: Box, tags: Sequence[str]) -> dict[str, list[float]]:
    mine: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for place, hole in enumerate(box.slots):
        if hole.tag:
            mine[OWNERS[hole.tag]].append((place, hole.id, hole.row))
    each = [mine[tag] for tag in tags]
    return {
        "mean place of the holes": [statistics.fmean(p for p, _, _ in slots) for slots in each],
        "first hole": [min(p for p, _, _ in slots) for slots in each],
        "last hole": [max(p for p, _, _ in slots) for slots in each],
        "span of the holes": [max(slots)[0] - min(slots)[0] for slots in each],
        "sum of ids": [sum(number for _, number, _ in slots) % 9973 for slots in each],
        "first letter of the rows": [ord(slots[0][2][0]) for slots in each],
    }


def correlations(dice: Callable[[int], Dice], patch: pytest.MonkeyPatch, rounds: int) -> Any:
    """Return how much each measure goes with the order, over all rounds."""
    random = Random(4)
    patch.setattr(ballot_box, "secrets", dice(5))
    patch.setattr(ballot_box, "PublicKey", lambda key: key)
    patch.setattr(ballot_box, "noise", lambda public: b64(random, 112))
    patch.setattr(ballot_box, "seal", lambda *what: b64(random, 112))
    seen: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        OWNERS.clear()
        for name, values in measures(*a_round(random)).items():
            seen[name] += _ranks(values)
    order = [float(each) for each in range(RATERS)] * rounds
    return {name: statistics.correlation(order, values) for name, values in seen.items()}


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks within a round, equals sharing theirs."""
    ordered = sorted(values)
    return [ordered.index(each) + (ordered.count(each) - 1) / 2 for each in values]


def test_nothing_in_the_file_goes_with_the_order_of_the_casts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = correlations(Dice, monkeypatch, ROUNDS)
    assert {name: r for name, r in found.items() if abs(r) > LIMIT} == {}


def test_places_handed_out_from_the_front_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = correlations(FromTheFront, monkeypatch, 30)
    assert found["place of the turn"] > 0.99
    assert found["first hole"] > 0.9
