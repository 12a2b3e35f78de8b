"""Scratch groups: rounds played through the product's own services, in a folder that goes.

Only the stretching of codes is weaker than the product's, or a game of thousands of turns would
take days. Knows how to play a round; must not know attackers.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from peerreview import shipped
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.rating.ballot import NO, YES, Draft, Standing
from peerreview.domain.rating.criteria import Scale
from peerreview.domain.round.box import Box
from peerreview.domain.round.plan import Plan
from peerreview.domain.tally.release import Release
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.services.rounds import PreparedRound
from peerreview.store.vault import FileVault

DAY = date(2026, 10, 15)
_IN_MEMORY = Path("/dev/shm")
WEAK = Strength(ops=1, memory=8192)

Opinion = int | None
"""What a rater answers on every line about a partner, 1 to 5; None: doesn't know it."""


@dataclass
class Scratch:
    """A group in a folder, a round of which is open."""

    folder: Path
    services: GroupServices
    opening: PreparedRound

    @property
    def key(self) -> str:
        """The first keeper's key as it is typed."""
        return " ".join(self.opening.keys[0])

    @property
    def box_file(self) -> Path:
        """The box of the open round."""
        return next(self.folder.glob("*.box.json"))

    def box(self) -> Box:
        """Return the box as its file has it now."""
        return FileVault(self.services.where).box(self.opening.round.number).read()

    def turn(self, opinions: Iterable[Opinion]) -> Seat:
        """Draw, rate and cast, as one person does. Returns the seat, which only that person has.

        Args:
            opinions: one for each partner, in the order of the ballot.
        """
        seat = self.services.rating.draw_code()
        self.services.rating.cast(seat, filled(seat, opinions))
        return seat

    def close(self, hands: int) -> Release:
        """Count hands, type the key."""
        release = self.services.rounds.close(self.key, hands)
        assert release is not None, "no round here is a rehearsal"
        return release

    def files(self) -> dict[str, bytes]:
        """Return what is in every file of the folder, hidden ones included."""
        found = sorted(each for each in self.folder.rglob("*") if each.is_file())
        return {str(each.relative_to(self.folder)): each.read_bytes() for each in found}


@contextmanager
def scratch(partners: int, heads: int) -> Generator[Scratch]:
    """Make a group with an open round about some partners, for some heads."""
    where = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="peerreview-audit-", dir=where) as folder:
        ids = count(1)
        sets, stretcher = shipped.load_criteria_sets(), Stretcher(WEAK)
        environment = Environment(sets, stretcher, lambda: DAY, lambda: f"{next(ids):016x}")
        services = GroupServices(FileVault(Path(folder) / "scratch.group.json"), environment)
        services.setting_up.create("Scratch")
        for number in range(partners):
            services.setting_up.add(f"Partner {number:02}", PartnerKind.VENDOR)
        yield opened(services, heads)


def opened(services: GroupServices, heads: int) -> Scratch:
    """Open a round about all partners of a group, which everybody knows."""
    hands = {each.id: heads for each in services.rounds.partners_ready()}
    opening = services.rounds.prepare(Plan(hands, heads))
    services.rounds.open(opening)
    return Scratch(Path(services.where).parent, services, opening)


def filled(seat: Seat, opinions: Iterable[Opinion]) -> Draft:
    """Return a ballot: the same answer on every line about a partner, 1 also reports."""
    draft = seat.blank()
    for partner, opinion in zip(seat.partners, opinions, strict=True):
        if opinion is None:
            draft = draft.leave_out(partner.id, Standing.UNKNOWN)
            continue
        for question in seat.sets[partner.id].questions:
            report = YES if opinion == 1 else NO
            answer = report if question.scale is Scale.YES_NO else opinion
            draft = draft.answer(partner.id, question.id, answer)
    return draft


def opinions(random: Random, partners: int) -> list[Opinion]:
    """Return one person's opinions at random; each partner is known or not, one as likely."""
    return [random.randint(1, 5) if random.random() < 0.5 else None for _ in range(partners)]
