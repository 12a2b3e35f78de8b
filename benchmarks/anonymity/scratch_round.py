"""Scratch rounds: rounds that are played with the product's own services in a temporary folder.

Only the stretching of codes is weaker than the product's, because a game of thousands of turns
would take days. This module knows how to play a round, but no attackers.
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
from peerreview.domain.rating.ballot import Draft, Standing
from peerreview.domain.rating.scale import NO, YES, Scale
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
"""The answer of a rater to every question about a partner, 1 to 5; None if it is unknown."""


@dataclass
class ScratchRound:
    """An open round of a group in a temporary folder."""

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
        """Return the box as its file holds it now."""
        return FileVault(self.services.location).box(self.opening.round.number).read()

    def take_turn(self, opinions: Iterable[Opinion]) -> Seat:
        """Draw a code, rate and hand in, as one person does; return the seat.

        Args:
            opinions: one for each partner, in the order of the ballot.
        """
        seat = self.services.rating.draw_code()
        self.services.rating.cast(seat, fill_draft(seat, opinions))
        return seat

    def close(self, hands: int) -> Release:
        """Close the round with a number of hands; return the release."""
        release = self.services.rounds.close(self.key, hands)
        assert release is not None, "no round here is a rehearsal"
        return release

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file in the folder, hidden ones included."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in paths}


@contextmanager
def scratch_round(partners: int, heads: int) -> Generator[ScratchRound]:
    """Yield a new group with an open round about some partners, for some heads."""
    where = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="peerreview-anonymity-", dir=where) as folder:
        ids = count(1)
        sets, stretcher = shipped.load_criteria_sets(), Stretcher(WEAK)
        environment = Environment(sets, stretcher, lambda: DAY, lambda: f"{next(ids):016x}")
        services = GroupServices(FileVault(Path(folder) / "scratch.group.json"), environment)
        services.setting_up.create("Scratch")
        for number in range(partners):
            services.setting_up.add(f"Partner {number:02}", PartnerKind.VENDOR)
        yield open_round(services, heads)


def open_round(services: GroupServices, heads: int) -> ScratchRound:
    """Open a round about all partners of a group; everybody knows all of them."""
    hands = {partner.id: heads for partner in services.rounds.ready_partners()}
    opening = services.rounds.prepare(Plan(hands, heads))
    services.rounds.open(opening)
    return ScratchRound(Path(services.location).parent, services, opening)


def fill_draft(seat: Seat, opinions: Iterable[Opinion]) -> Draft:
    """Return a draft with the same answer to every question about a partner.

    An answer of 1 comes with a deal-breaker.
    """
    draft = seat.blank_draft()
    for partner, opinion in zip(seat.partners, opinions, strict=True):
        if opinion is None:
            draft = draft.with_standing(partner.id, Standing.UNKNOWN)
            continue
        for question in seat.sets[partner.id].questions:
            report = YES if opinion == 1 else NO
            answer = report if question.scale is Scale.YES_NO else opinion
            draft = draft.with_answer(partner.id, question.id, answer)
    return draft


def draw_opinions(random: Random, partners: int) -> list[Opinion]:
    """Return one person's opinions at random; half of the partners are known."""
    return [random.randint(1, 5) if random.random() < 0.5 else None for _ in range(partners)]
