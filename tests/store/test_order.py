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
from peerreview.ballotbox.keeper import BoxLock
from peerreview.ballotbox.key import BallotKey
from peerreview.domain.round.box import Box, WrappedKey
from peerreview.domain.round.round import KeeperRule, Round, RoundPartner
from peerreview.services import casting
from peerreview.store.box.box_layout import BoxLayout

ROUNDS, RATERS, PARTNERS = 1_700, 14, 2
LIMIT = 0.02
"""23,800 casts: more than three standard errors for each measure."""


class SeededSecrets:
    """`secrets`, but the same on every run."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.choice = self._random.choice
        self.randbelow = self._random.randrange

    def SystemRandom(self) -> Random:
        return self._random


class AlwaysFirst(SeededSecrets):
    """The control: always the first place that is free."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.choice = lambda places: places[0]


class Key(BallotKey):
    """A code's key whose tags are drawn, not worked out: it is what they look like that counts."""

    def slot_tag(self, partner: str) -> str:
        return b64(Random(f"{partner} {self.secret}"), 16)

    def token(self, partner: str) -> bytes:
        return b""

    @property
    def ticket_tag(self) -> str:
        return self.slot_tag("turn")


def b64(random: Random, size: int) -> str:
    return base64.b64encode(random.randbytes(size)).decode("ascii")


def play_round(random: Random) -> tuple[Box, list[str]]:
    """Lay a box out, let everybody draw and cast; return it, and the turns' tags in order."""
    partners = tuple(RoundPartner(id=f"p{n}", set_hash="s") for n in range(PARTNERS))
    round_ = Round(id="r", number=1, partners=partners, heads=RATERS, keepers=KeeperRule.ONE)
    wraps = (WrappedKey(salt=b64(random, 16), sealed=b64(random, 72)),)
    store = MemoryVault().box(1)
    store.create(ballot_box.lay_out_box(round_, BoxLock(b64(random, 32), wraps, ())))
    tags: list[str] = []
    for _ in range(RATERS):
        key = Key(random.randbytes(16), round_.id)
        own = ballot_box.find_owned_part(
            store.update(lambda box, k=key: ballot_box.draw_ticket(box, k)), key
        )
        mine = Box(store.read().head, (own.ticket,), tuple(sorted(own.slots, key=lambda h: h.id)))
        ballot = dict.fromkeys((partner.id for partner in partners), None)
        casting.hand_in(store, mine, ballot_box.seal_ballot(mine, key, ballot), may_replace=False)
        tags.append(key.ticket_tag)
        TICKET_TAGS.update(dict.fromkeys((slot.tag for slot in own.slots), key.ticket_tag))
    return store.read(), tags


def measure_order(box: Box, tags: Sequence[str]) -> dict[str, list[float]]:
    """Everything that could tell, for each turn in the order of the casts.

    Which slots belong to a ticket can't be seen in the file; the attacker is given it here.
    """
    text = BoxLayout.for_box(box).file_bytes(box)
    file = json.loads(text)
    numbers = list(file["turns"])
    place = {ticket["h"]: position for position, ticket in enumerate(file["turns"].values())}
    ids = [int(number) for number in numbers]
    gaps = [b - a for a, b in zip(ids, [*ids[1:], ids[-1]], strict=True)]
    places = [place[tag] for tag in tags]
    steps = [
        here - places[rank - 1] for rank, here in enumerate(places)
    ]  # the first: from the last
    measures = {
        "place of the turn": places,
        "id of the turn": [ids[position] for position in places],
        "gap behind the turn": [gaps[position] for position in places],
        "last digits of the turn": [ids[position] % 1000 for position in places],
        "tag of the turn": [text.index(tag.encode()) for tag in tags],
        "tags in order": [sorted(tags).index(tag) for tag in tags],
        "step from the turn before": steps,
        "step from the turn before, whichever way": [abs(step) for step in steps],
    }
    return measures | _measure_slots(box, tags)


TICKET_TAGS: dict[str, str] = {}
"""The tag of the ticket that a slot's tag belongs to."""


def _measure_slots(box: Box, tags: Sequence[str]) -> dict[str, list[float]]:
    mine: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for place, slot in enumerate(box.slots):
        if slot.tag:
            mine[TICKET_TAGS[slot.tag]].append((place, slot.id, slot.row))
    slots_by_rater = [mine[tag] for tag in tags]
    return {
        "mean place of the slots": [
            statistics.fmean(p for p, _, _ in slots) for slots in slots_by_rater
        ],
        "first slot": [min(p for p, _, _ in slots) for slots in slots_by_rater],
        "last slot": [max(p for p, _, _ in slots) for slots in slots_by_rater],
        "span of the slots": [max(slots)[0] - min(slots)[0] for slots in slots_by_rater],
        "sum of ids": [sum(number for _, number, _ in slots) % 9973 for slots in slots_by_rater],
        "first letter of the rows": [ord(slots[0][2][0]) for slots in slots_by_rater],
    }


def correlations(
    dice: Callable[[int], SeededSecrets], patch: pytest.MonkeyPatch, rounds: int
) -> Any:
    """Return how much each measure goes with the order, over all rounds."""
    random = Random(4)
    patch.setattr(ballot_box, "secrets", dice(5))
    patch.setattr(ballot_box, "PublicKey", lambda key: key)
    patch.setattr(ballot_box, "sealed_noise", lambda public: b64(random, 112))
    patch.setattr(ballot_box, "seal_row", lambda *what: b64(random, 112))
    seen: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        TICKET_TAGS.clear()
        for name, values in measure_order(*play_round(random)).items():
            seen[name] += _ranks(values)
    order = [float(rank) for rank in range(RATERS)] * rounds
    return {name: statistics.correlation(order, values) for name, values in seen.items()}


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks within a round, equals sharing theirs."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


@pytest.mark.statistics
def test_nothing_in_the_file_depends_on_the_order_of_the_casts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    correlation = correlations(SeededSecrets, monkeypatch, ROUNDS)
    assert {name: r for name, r in correlation.items() if abs(r) > LIMIT} == {}


def test_the_check_notices_slots_handed_out_from_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    correlation = correlations(AlwaysFirst, monkeypatch, 30)
    assert correlation["place of the turn"] > 0.99
    assert correlation["first slot"] > 0.9
