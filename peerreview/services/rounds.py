"""Rounds: prepare, open, watch, close and discard them.

Cryptography is imported when it is needed, for a fast start.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner
from peerreview.domain.round.round import Round, RoundPartner, RoundState
from peerreview.domain.tally.release import Release
from peerreview.domain.text import comparison_key
from peerreview.domain.value import describe_validation_error
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault
from peerreview.services.progress import Progress, read_progress

if TYPE_CHECKING:
    from peerreview.ballotbox.keeper import BoxLock
    from peerreview.ballotbox.words import Words
    from peerreview.domain.round.plan import Plan


@dataclass(frozen=True, repr=False)
class PreparedRound:
    """A round ready to open. It stays in memory only, until the keepers have repeated their words.

    Attributes:
        round: the planned round.
        minutes: the minutes to rate; None without a limit.
        locked: the public key of the box and the keepers' keys.
        check_words: the three words of the box, the same on every screen of the round.
    """

    round: Round
    minutes: int | None
    locked: "BoxLock" = field(repr=False)
    check_words: "Words"

    @property
    def keys(self) -> "tuple[Words, ...]":
        """The keepers' keys, five words each, to be shown once."""
        return self.locked.keys


class Rounds:
    """Opens, watches and ends the rounds of one group."""

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault = vault
        self._environment = environment

    def recover(self) -> tuple[str, ...]:
        """Finish what a crash interrupted; return sentences that say what was done."""
        return self._vault.clean_up_after_crash()

    def group(self) -> Group:
        """Return the group as it is now."""
        return self._vault.group.read()

    def resting_until(self) -> dict[str, date]:
        """Return the ids of partners shown less than 60 days ago, and the end of their rest."""
        return self.group().resting_until(self._environment.today())

    def folder_risks(self) -> tuple[str, ...]:
        """Return sentences on why ballots shouldn't be stored here; nothing if all is well."""
        return self._vault.describe_folder_risks()

    def ready_partners(self) -> tuple[Partner, ...]:
        """Return the partners that can be rated now, sorted by name."""
        return self._ready(self.group())

    def _ready(self, group: Group) -> tuple[Partner, ...]:
        resting = group.resting_until(self._environment.today())
        return tuple(partner for partner in group.active_partners if partner.id not in resting)

    def prepare(self, plan: "Plan") -> PreparedRound:
        """Return a round ready to open, with fresh keys; nothing is stored.

        Raises:
            RuleError: A round is open already, a partner rests, or the plan breaks a limit.
        """
        from peerreview.ballotbox import keeper

        plan.check()
        group = self.group()
        resting = group.resting_until(self._environment.today())
        if group.open_round:
            raise RuleError(f"{group.open_round.name} is open: close it first")
        for partner_id in plan.hands:
            if again := resting.get(partner_id):
                name = group.get_partner(partner_id).name
                raise RuleError(f"{name}: was shown lately, can be rated again from {again}")
        sets = self._environment.sets
        hashes = {
            partner_id: sets[group.get_partner(partner_id).kind.criteria_set_id].hash
            for partner_id in plan.hands
        }
        try:
            round_ = Round(
                id=self._environment.new_id(),
                number=group.next_round_number,
                partners=tuple(
                    RoundPartner(id=partner_id, set_hash=set_hash)
                    for partner_id, set_hash in sorted(hashes.items())
                ),
                heads=plan.heads,
                spares=plan.spares,
                floor=plan.floor,
                keepers=plan.keepers,
                rehearsal=plan.rehearsal,
            )
        except ValidationError as error:
            raise RuleError(f"this round can't open: {describe_validation_error(error)}") from error
        locked = keeper.create_box_lock(plan.keepers, self._environment.stretcher)
        words = keeper.check_words(locked, self._environment.stretcher)
        return PreparedRound(round_, plan.minutes, locked, words)

    def open(self, prepared: PreparedRound) -> Round:
        """Lay out the box, open the round, and start its minutes; return the round.

        Raises:
            RuleError: Somebody else opened a round, or changed the partners, in the meantime.
        """
        from peerreview.ballotbox import box as ballot_box

        until = (
            self._environment.now() + timedelta(minutes=prepared.minutes)
            if prepared.minutes
            else None
        )
        round_ = prepared.round.evolve(until=until).with_state(
            RoundState.OPEN, self._environment.today()
        )
        hashes = {partner.set_hash for partner in round_.partners}
        sets = tuple(
            criteria for criteria in self._environment.sets.values() if criteria.hash in hashes
        )
        box = ballot_box.lay_out_box(round_, prepared.locked)

        def decide(group: Group) -> Group:
            if group.open_round or group.next_round_number != round_.number:
                raise RuleError("somebody else opened a round just now")
            ready = {partner.id for partner in self._ready(group)}
            if not ready.issuperset(partner.id for partner in round_.partners):
                raise RuleError("somebody else changed the partners just now: plan it anew")
            opened = group.with_criteria_sets(sets).with_round(round_)
            self._vault.box(round_.number).create(box)
            return opened

        self._vault.group.update(decide)
        return round_

    def progress(self) -> Progress | None:
        """Return the public state of the open round, or None if no round is open.

        Raises:
            BoxGoneError: The round was closed or discarded in the meantime.
            FileError: The group or the box can't be read.
        """
        return read_progress(self._vault, self._environment, self.group())

    def close(self, key: str, hands: int) -> Release | None:
        """Open the box with the keepers' words, store and return the release, remove the box.

        A rehearsal is counted and opened in the same way, but gives no release: None is returned.

        Args:
            key: the five words of a keeper, or those of two keepers on two lines.
            hands: how many people say that they handed in a ballot.

        Raises:
            KeeperKeyError: The words don't open the box.
            CountError: The numbers of hands, heads, ballots and rows don't agree; nothing is
                changed.
            FileError: The box was tampered with.
            RuleError: No round is open.
        """
        from peerreview.services import closing

        return closing.close(self._vault, self._environment, key, hands)

    def discard(self, name_typed: str) -> None:
        """End the open round without a result, and remove its box unread.

        Args:
            name_typed: the name of the group, typed by a person as a confirmation.

        Raises:
            RuleError: No round is open, or the name isn't that of the group.
        """
        group = self.group()
        round_ = group.require_open_round()
        if comparison_key(name_typed.strip()) != comparison_key(group.name):
            raise RuleError("type the group's name to throw the box away")

        def decide(group: Group) -> Group:
            ended = group.require_open_round(round_.id).with_state(
                RoundState.DISCARDED, self._environment.today()
            )
            return group.with_round(ended)

        self._vault.group.update(decide)
        self._vault.box(round_.number).remove()
