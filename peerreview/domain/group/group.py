"""A peer group: its partners, its rounds, and the releases of the last twelve of them."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from peerreview.domain.errors import RuleError
from peerreview.domain.group.partner import Partner, name_core
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.round.round import REST_DAYS, Round, RoundState
from peerreview.domain.tally.release import Outcome, PartnerRelease, Release
from peerreview.domain.value import Name, Value

KEPT_RELEASES = 12
"""How many rounds back the group file keeps results."""


class Group(Value):
    """Everything that the group file holds: always consistent, and always in the same order."""

    id: Annotated[str, Field(min_length=1)]
    name: Name
    label: Name
    partners: tuple[Partner, ...] = ()
    sets: tuple[CriteriaSet, ...] = ()
    rounds: tuple[Round, ...] = ()
    releases: tuple[Release, ...] = ()

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        partner_ids = {partner.id for partner in self.partners}
        if len(partner_ids) != len(self.partners):
            raise ValueError("two partners share an id")
        hashes = {criteria.hash for criteria in self.sets}
        for round_ in self.rounds:
            if not partner_ids.issuperset(partner.id for partner in round_.partners):
                raise ValueError(f"round {round_.number} names a partner the group doesn't have")
            if not hashes.issuperset(partner.set_hash for partner in round_.partners):
                raise ValueError(f"round {round_.number} uses a criteria set that isn't there")
        if sum(round_.state is RoundState.OPEN for round_ in self.rounds) > 1:
            raise ValueError("two rounds are open")
        if [round_.number for round_ in self.rounds] != list(range(1, len(self.rounds) + 1)):
            raise ValueError("the rounds aren't numbered one after the other")
        closed = {round_.number for round_ in self.rounds if round_.state is RoundState.CLOSED}
        if not closed.issuperset(release.round for release in self.releases):
            raise ValueError("there is a result without a closed round")
        if len({release.round for release in self.releases}) != len(self.releases):
            raise ValueError("a round has two results")
        return self

    @property
    def active_partners(self) -> tuple[Partner, ...]:
        """The partners that can be rated, by name."""
        active = (partner for partner in self.partners if not partner.retired)
        return tuple(sorted(active, key=lambda partner: partner.sort_key))

    @property
    def open_round(self) -> Round | None:
        """The round whose box is open, if any."""
        return next((round_ for round_ in self.rounds if round_.state is RoundState.OPEN), None)

    def require_open_round(self, round_id: str = "") -> Round:
        """Return the open round.

        Raises:
            RuleError: No round is open, or not the one with `round_id`, if an id is given.
        """
        round_ = self.open_round
        if round_ and round_id in ("", round_.id):
            return round_
        raise RuleError("the round was ended by somebody else" if round_id else "no round is open")

    @property
    def next_round_number(self) -> int:
        """The number of the next round; it takes over the number of a rehearsal."""
        return 1 + sum(not round_.rehearsal for round_ in self.rounds)

    @property
    def latest_release(self) -> Release | None:
        """The newest release, if any round was closed."""
        return max(self.releases, key=lambda release: release.round, default=None)

    def get_partner(self, partner_id: str) -> Partner:
        """Return the partner with this id.

        Raises:
            RuleError: The group has no such partner.
        """
        for partner in self.partners:
            if partner.id == partner_id:
                return partner
        raise RuleError("that partner isn't in this group")

    def get_criteria_set(self, set_hash: str) -> CriteriaSet:
        """Return the frozen criteria set with this fingerprint.

        Raises:
            RuleError: The group has no such set.
        """
        for criteria in self.sets:
            if criteria.hash == set_hash:
                return criteria
        raise RuleError(f"the criteria set {set_hash} isn't in this group")

    def find_release(self, number: int) -> Release | None:
        """Return the release of round `number`, if the group still has it."""
        return next((release for release in self.releases if release.round == number), None)

    def last_shown_release(self, before: int | None = None) -> Release | None:
        """Return one release with the last result of every partner, or None if there is no result.

        A partner may rest for a round, or have too few voices; then an earlier result counts.

        Args:
            before: the number of a round; only results of earlier rounds count. None: all count.
        """
        older = [release for release in self.releases if before is None or release.round < before]
        if not older:
            return None
        older.sort(key=lambda release: release.round)
        results: dict[str, PartnerRelease] = {}
        sets: dict[str, str] = {}
        for release in older:
            results |= release.shown_partners
            sets |= {partner: release.sets[partner] for partner in release.shown_partners}
        return older[-1].evolve(partners=tuple(results[key] for key in sorted(results)), sets=sets)

    def resting_until(self, today: date) -> dict[str, date]:
        """Return the day from which a partner can be rated again, by the ids of those that rest.

        Partners rest for 60 days after a round that showed a result of them.
        """
        days = {
            partner: min(release.closed_on, today) + timedelta(days=REST_DAYS)
            for release in sorted(self.releases, key=lambda release: release.closed_on)
            for partner in release.shown_partners
        }
        return {partner: day for partner, day in days.items() if day > today}

    def with_partner(self, partner: Partner) -> "Group":
        """Return the group with a partner added, or with the one of the same id replaced.

        Raises:
            RuleError: Another partner has one of its names already.
        """
        others = [other for other in self.partners if other.id != partner.id]
        names = {name_core(name): other.name for other in others for name in other.names}
        for name in partner.names:
            if other_name := names.get(name_core(name)):
                raise RuleError(f"{name!r}: the group has {other_name!r} already")
        partners = sorted((*others, partner), key=lambda partner: partner.id)
        return self.evolve(partners=tuple(partners))

    def with_round(self, round_: Round) -> "Group":
        """Return the group with a round added, or the one of the same number replaced."""
        others = [other for other in self.rounds if other.number != round_.number]
        rounds = sorted((*others, round_), key=lambda round_: round_.number)
        return self.evolve(rounds=tuple(rounds))

    def with_criteria_sets(self, sets: tuple[CriteriaSet, ...]) -> "Group":
        """Return the group with these criteria sets added; no set is in it twice."""
        by_hash = {criteria.hash: criteria for criteria in (*self.sets, *sets)}
        return self.evolve(sets=tuple(by_hash[key] for key in sorted(by_hash)))

    def can_set_outcome(self, number: int) -> bool:
        """Tell whether the agreements after a round may still change: until the next one opens."""
        return bool(self.find_release(number)) and self.next_round_number == number + 1

    def with_outcome(self, number: int, partner: str, outcome: Outcome | None) -> "Group":
        """Return the group with its agreement about a partner after round `number`.

        An outcome of None removes the agreement.

        Raises:
            RuleError: The next round has opened, or the partner isn't shown in this one.
        """
        release = self.find_release(number)
        if release is None or not self.can_set_outcome(number):
            raise RuleError(f"what was agreed after round {number} can't be changed any more")
        return self.with_release(release.with_outcome(partner, outcome))

    def with_release(self, release: Release) -> "Group":
        """Return the group with a release added, or the one of the same round replaced.

        The last twelve are kept, and older ones as long as their partners rest.
        """
        others = [other for other in self.releases if other.round != release.round]
        releases = sorted((*others, release), key=lambda release: release.round)
        rest_began = release.closed_on - timedelta(days=REST_DAYS)
        kept = [old for old in releases[:-KEPT_RELEASES] if old.closed_on > rest_began]
        return self.evolve(releases=(*kept, *releases[-KEPT_RELEASES:]))
