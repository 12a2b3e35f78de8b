"""A group on real files for an evening, fast enough to be played hundreds of times.

Codes and keys are real, but Argon2id is as weak as possible. A ballot has the same answer
everywhere, so that a ballot of which only a part was written is noticed.
"""

from datetime import date, timedelta
from pathlib import Path

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox import keeper
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.ballotbox.row import unseal_row
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.rating.ballot import Draft
from peerreview.domain.rating.criteria import Section
from peerreview.domain.round.box import Box
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule, Round, RoundState
from peerreview.domain.tally.release import Release
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.shipped import load_criteria_sets
from peerreview.store.vault import FileVault

VALUES = range(1, 6)
FAST = Stretcher(Strength(ops=1, memory=8192))


class Evening:
    """The group in a folder, as one program uses it."""

    def __init__(self, folder: Path, wait: float = 30) -> None:
        self.path = folder / "evening.group.json"
        self.vault = FileVault(self.path, wait)
        self.services = GroupServices(
            self.vault, Environment(load_criteria_sets(), FAST, self._today)
        )

    def _today(self) -> date:
        """Return a date a quarter after the last close, so that no partner has to rest."""
        rounds = self.vault.group.read().rounds
        seasons = len(rounds) + sum(round_.state is not RoundState.OPEN for round_ in rounds)
        return date(2026, 1, 1) + timedelta(days=90 * seasons)

    def create_group(self, partners: int) -> "Evening":
        """Create the group with some partners; return the evening."""
        self.services.setting_up.create("Evening")
        for number in range(partners):
            self.services.setting_up.add(f"Partner {number}", PartnerKind.PEER)
        return self

    def open_round(self, heads: int, spares: int = 2) -> str:
        """Open a round about all partners; return the keeper's key."""
        hands = dict.fromkeys(partner.id for partner in self.services.rounds.ready_partners())
        plan = Plan(hands, heads, spares, keepers=KeeperRule.ONE)
        prepared = self.services.rounds.prepare(plan)
        self.services.rounds.open(prepared)
        return " ".join(prepared.keys[0])

    def cast(self, seat: Seat, value: int) -> str:
        """Hand in a ballot with `value` (1 to 5) everywhere; return its receipt words."""
        return " ".join(self.services.rating.cast(seat, fill_draft(seat, value)))

    def close(self, key: str, hands: int) -> Release:
        """Close the round; return what is released."""
        return self.services.rounds.close(key, hands)

    @property
    def current_round(self) -> Round | None:
        """The open round, or None."""
        return self.vault.group.read().open_round


def fill_draft(seat: Seat, value: int) -> Draft:
    """Return a ballot with `value` (1 to 5) as every answer about every partner."""
    draft = seat.blank_draft()
    for partner in seat.partners:
        for question in seat.sets[partner.id].questions:
            if question.section in (Section.THEY, Section.WE):
                draft = draft.with_answer(partner.id, question.id, value)
    return draft


def read_values(box: Box, key: str, code: str) -> set[int | None]:
    """Return the different answers in the rows of a code: one value, if the ballot is whole.

    Args:
        box: the box.
        key: the keeper's key.
        code: the rater's code.

    Returns:
        The values; None stands for a row that doesn't count.
    """
    private = keeper.unlock_private_key(box.head, key, FAST)
    ballot_key = ballot_box.ballot_key(box.head, ballot_box.parse_code(code), FAST)
    values: set[int | None] = set()
    for slot in ballot_box.find_owned_part(box, ballot_key).slots:
        opened = unseal_row(private, slot)
        values |= set(opened.row.answers) - {0} if opened and opened.row else {None}
    return values


def read_ticket(box: Box, code: str) -> tuple[bool, str]:
    """Return whether the ballot of a code counts, and the receipt words of what is stored."""
    ballot_key = ballot_box.ballot_key(box.head, ballot_box.parse_code(code), FAST)
    own_part = ballot_box.find_owned_part(box, ballot_key)
    return own_part.ticket.handed_in, " ".join(own_part.receipt)
