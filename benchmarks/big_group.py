"""Make a group of the largest size on the disk, through the program's own services.

Codes of the raters who only fill the box are stretched weakly, to save time. The keepers' keys and
the figures of other scripts use the product's own strength.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.rating.ballot import Draft
from peerreview.domain.rating.scale import NO, Scale
from peerreview.domain.round.plan import Plan
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.shipped import load_criteria_sets
from peerreview.store.vault import FileVault

PARTNERS, RATERS = 60, 30
_KINDS = tuple(PartnerKind)
_WEAK = Stretcher(Strength(ops=1, memory=8192))


@dataclass(frozen=True)
class BigGroup:
    """A group file with an open round, and a keeper's key to its box."""

    path: Path
    key: str

    def services(self, *, strong: bool = True) -> GroupServices:
        """Return the services of the group with the product's own strength, or with weak codes."""
        stretcher = Stretcher(Strength()) if strong else _WEAK
        return GroupServices(FileVault(self.path), Environment(load_criteria_sets(), stretcher))


def draw_ballot(seat: Seat, random: Random) -> Draft:
    """Return a ballot with a random answer to every question about every partner."""
    draft = seat.blank_draft()
    for partner in seat.partners:
        for question in seat.sets[partner.id].questions:
            answer = NO if question.scale is Scale.YES_NO else random.randint(1, 5)
            draft = draft.with_answer(partner.id, question.id, answer)
    return draft


def make_big_group(
    folder: Path, *, partners: int = PARTNERS, heads: int = RATERS, ballots: int = 0
) -> BigGroup:
    """Make a group with an open round about all partners, and some ballots in its box."""
    path = folder / "big.group.json"
    environment = Environment(load_criteria_sets(), Stretcher(Strength()), date.today)
    strong = GroupServices(FileVault(path), environment)
    strong.setting_up.create("As Large As They Get")
    for number in range(1, partners + 1):
        name = f"Partner {number:02} of many"
        strong.setting_up.add(name, _KINDS[number % len(_KINDS)])
    hands = dict.fromkeys((partner.id for partner in strong.rounds.ready_partners()), heads)
    prepared = strong.rounds.prepare(Plan(hands, heads))
    strong.rounds.open(prepared)
    group = BigGroup(path, " ".join(prepared.keys[0]))
    services, random = group.services(strong=False), Random(1)
    for _ in range(ballots):
        seat = services.rating.draw_code()
        services.rating.cast(seat, draw_ballot(seat, random))
    return group
