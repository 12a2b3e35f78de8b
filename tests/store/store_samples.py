"""A small group, round and box to keep in vaults."""

import base64
from pathlib import Path
from random import Random

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.criteria import CriteriaSet, read_criteria_set
from peerreview.domain.round.box import (
    LOWEST_ID,
    Box,
    BoxHead,
    Slot,
    Ticket,
    WrappedKey,
    id_spacing,
)
from peerreview.domain.round.round import KeeperRule, Round, RoundPartner, RoundState

CRITERIA = Path(__file__).parents[2] / "peerreview" / "criteria"


def read_peer_set() -> CriteriaSet:
    return read_criteria_set((CRITERIA / "peer.toml").read_text("utf-8"), "peer.toml")


def text(random: Random, length: int) -> str:
    return base64.b64encode(random.randbytes(length)).decode("ascii")


def tag(number: int) -> str:
    return text(Random(f"tag {number}"), 16)


def row(number: int) -> str:
    return text(Random(f"row {number}"), 112)


def sample_group(*states: RoundState, partners: int = 3) -> Group:
    """A group with one round for each of `states`."""
    frozen = read_peer_set()
    firms = tuple(Partner(id=f"{n:016x}", name=f"Firm {n} Łódź") for n in range(partners))
    rounds = tuple(
        Round(
            id=f"round-{number}",
            number=number,
            state=state,
            heads=4,
            partners=tuple(RoundPartner(id=firm.id, set_hash=frozen.hash) for firm in firms),
        )
        for number, state in enumerate(states, 1)
    )
    return Group(
        id="9f",
        name="Gulf Coast Peers",
        label="Gulf",
        partners=firms,
        sets=(frozen,),
        rounds=rounds,
    )


def sample_box(number: int = 1, *, turns: int = 6, partners: int = 3, seed: int = 0) -> Box:
    """A fresh box: everything free, ids of any length, sorted."""
    random = Random(seed)
    ids = sorted(
        {random.getrandbits(random.randrange(16, 64)) for _ in range(4 * turns * partners)}
    )
    slots = [partner for partner in range(partners) for _ in range(turns)]
    random.shuffle(slots)
    head = BoxHead(
        round_id=f"round-{number}",
        number=number,
        public_key=text(random, 32),
        salt=text(random, 16),
        wraps=(WrappedKey(salt=text(random, 16), sealed=text(random, 72)),),
        partners=tuple(f"{n:016x}" for n in range(partners)),
        heads=max(4, turns - 2),
        turns=turns,
        keepers=KeeperRule.ONE,
    )
    return Box(
        head,
        tuple(Ticket(number, "", False) for number in random.sample(ids, turns)),
        tuple(
            Slot(number, partner, "", text(random, 112))
            for number, partner in zip(sorted(random.sample(ids, len(slots))), slots, strict=True)
        ),
    )


def with_spaced_ids(box: Box) -> Box:
    """Give a box ids as the ballot box makes them: each in a stretch of its own, of one length."""
    random = Random(1)

    def ids(count: int) -> list[int]:
        step = id_spacing(count)
        return [LOWEST_ID + n * step + random.randrange(step // 8) for n in range(count)]

    tickets, slots = (
        zip(items, ids(len(items)), strict=True) for items in (box.tickets, box.slots)
    )
    return Box(
        box.head,
        tuple(ticket._replace(id=number) for ticket, number in tickets),
        tuple(slot._replace(id=number) for slot, number in slots),
    )


def sorted_box(box: Box) -> Box:
    tickets = tuple(sorted(box.tickets, key=lambda ticket: ticket.id))
    return Box(box.head, tickets, tuple(sorted(box.slots, key=lambda slot: slot.id)))
