"""Rounds: plan, open, watch, close and discard them; cryptography is imported when needed."""

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
    """A round ready to open: nothing is kept until the keepers have typed their words back.

    Attributes:
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
    """Opens, watches and ends rounds."""

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault, self._environment = vault, environment

    def recover(self) -> tuple[str, ...]:
        """Finish what a crash cut off; return a sentence for each thing done."""
        return self._vault.clean_up_after_crash()

    def group(self) -> Group:
        """Return the group as it is now."""
        return self._vault.group.read()

    def resting(self) -> dict[str, date]:
        """Return the partners shown less than 60 days ago, and when they can be rated again."""
        return self.group().resting_until(self._environment.today())

    def folder_risks(self) -> tuple[str, ...]:
        """Return why the group's folder is no good place for ballots, in sentences."""
        return self._vault.describe_folder_risks()

    def partners_ready(self) -> tuple[Partner, ...]:
        """Return the partners that can be rated now, by name."""
        return self._ready(self.group())

    def _ready(self, group: Group) -> tuple[Partner, ...]:
        resting = group.resting_until(self._environment.today())
        return tuple(each for each in group.active_partners if each.id not in resting)

    def prepare(self, plan: "Plan") -> PreparedRound:
        """Return a round ready to open, with fresh keys in memory and nothing kept.

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
            each: sets[group.get_partner(each).kind.criteria_set_id].hash for each in plan.hands
        }
        try:
            round_ = Round(
                id=self._environment.new_id(),
                number=group.next_round_number,
                partners=tuple(RoundPartner(id=k, set_hash=hashes[k]) for k in sorted(hashes)),
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
        """Lay out the box and open the round; from now on its minutes run.

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
        hashes = {each.set_hash for each in round_.partners}
        used = tuple(each for each in self._environment.sets.values() if each.hash in hashes)
        box = ballot_box.lay_out_box(round_, prepared.locked)

        def decide(group: Group) -> Group:
            if group.open_round or group.next_round_number != round_.number:
                raise RuleError("somebody else opened a round just now")
            ready = {each.id for each in self._ready(group)}
            if not ready.issuperset(each.id for each in round_.partners):
                raise RuleError("somebody else changed the partners just now: plan it anew")
            opened = group.with_criteria_sets(used).with_round(round_)
            self._vault.box(round_.number).create(box)
            return opened

        self._vault.group.update(decide)
        return round_

    def progress(self) -> Progress | None:
        """Return the public state of the open round, or None if no round is open."""
        return read_progress(self._vault, self._environment, self.group())

    def close(self, key: str, hands: int) -> Release | None:
        """Open the box with the keepers' words, pool, keep the release, and delete the box.

        A rehearsal is counted and opened just the same, but gives and keeps no release.

        Args:
            key: five words, or those of two keepers, a line each.
            hands: how many people say that they handed in a ballot.

        Raises:
            KeeperKeyError: The words open nothing.
            CountError: Hands, heads, ballots and rows don't agree; nothing is changed.
            FileError: The box was tampered with.
            RuleError: No round is open.
        """
        from peerreview.services import closing

        return closing.close(self._vault, self._environment, key, hands)

    def discard(self, name_typed: str) -> None:
        """Throw the open box away unread.

        Raises:
            RuleError: No round is open, or the group's name wasn't typed.
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
