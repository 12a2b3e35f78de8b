"""A peer group: its partners, its rounds, and the releases of the last twelve of them."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from peerreview.domain.errors import RuleError
from peerreview.domain.group.partner import Partner, name_core
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.round.round import REST_DAYS, Round, RoundState
from peerreview.domain.tally.release import Outcome, Release
from peerreview.domain.value import Name, Value

KEPT_RELEASES = 12


class Group(Value):
    """Everything the group file holds; always valid, always sorted the same way."""

    id: Annotated[str, Field(min_length=1)]
    name: Name
    label: Name
    partners: tuple[Partner, ...] = ()
    sets: tuple[CriteriaSet, ...] = ()
    rounds: tuple[Round, ...] = ()
    releases: tuple[Release, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        known = {partner.id for partner in self.partners}
        if len(known) != len(self.partners):
            raise ValueError("two partners share an id")
        hashes = {each.hash for each in self.sets}
        for round_ in self.rounds:
            if not known.issuperset(partner.id for partner in round_.partners):
                raise ValueError(f"round {round_.number} names a partner the group doesn't have")
            if not hashes.issuperset(partner.set_hash for partner in round_.partners):
                raise ValueError(f"round {round_.number} uses a criteria set that isn't there")
        if sum(each.state is RoundState.OPEN for each in self.rounds) > 1:
            raise ValueError("two rounds are open")
        if [each.number for each in self.rounds] != list(range(1, len(self.rounds) + 1)):
            raise ValueError("the rounds aren't numbered one after the other")
        closed = {each.number for each in self.rounds if each.state is RoundState.CLOSED}
        if not closed.issuperset(release.round for release in self.releases):
            raise ValueError("there is a result without a closed round")
        if len({release.round for release in self.releases}) != len(self.releases):
            raise ValueError("a round has two results")
        return self

    @property
    def active_partners(self) -> tuple[Partner, ...]:
        """The partners that can be rated, by name."""
        return tuple(sorted((p for p in self.partners if not p.retired), key=lambda p: p.sort_key))

    @property
    def open_round(self) -> Round | None:
        """The round whose box is open, if any."""
        return next((each for each in self.rounds if each.state is RoundState.OPEN), None)

    def require_open_round(self, round_id: str = "") -> Round:
        """Return the open round; with `round_id`, only if it is still that one.

        Raises:
            RuleError: No round is open, or it isn't that one.
        """
        found = self.open_round
        if found is None or round_id not in ("", found.id):
            ended = "the round was ended by somebody else"
            raise RuleError(ended if round_id else "no round is open")
        return found

    @property
    def next_round_number(self) -> int:
        """The number of the next round: a rehearsal takes none for good."""
        return 1 + sum(not each.rehearsal for each in self.rounds)

    @property
    def latest_release(self) -> Release | None:
        """The newest release, if any round was closed."""
        return max(self.releases, key=lambda release: release.round, default=None)

    def get_partner(self, partner_id: str) -> Partner:
        """Return the partner with this id.

        Raises:
            RuleError: There is none.
        """
        for partner in self.partners:
            if partner.id == partner_id:
                return partner
        raise RuleError("that partner isn't in this group")

    def get_criteria_set(self, set_hash: str) -> CriteriaSet:
        """Return the frozen criteria set with this fingerprint.

        Raises:
            RuleError: There is none.
        """
        for each in self.sets:
            if each.hash == set_hash:
                return each
        raise RuleError(f"the criteria set {set_hash} isn't in this group")

    def find_release(self, number: int) -> Release | None:
        """Return what was released when round `number` closed."""
        return next((each for each in self.releases if each.round == number), None)

    def last_shown_release(self, before: int | None = None) -> Release | None:
        """Return, as one release, what was last shown of each partner, older than round `before`.

        A partner may rest for a round, or have too few voices; what was shown earlier still counts.
        """
        older = [each for each in self.releases if before is None or each.round < before]
        older.sort(key=lambda each: each.round)
        told = {partner: cells for each in older for partner, cells in each.shown_partners.items()}
        sets = {partner: each.sets[partner] for each in older for partner in each.shown_partners}
        partners = tuple(told[each] for each in sorted(told))
        return older[-1].evolve(partners=partners, sets=sets) if older else None

    def resting_until(self, today: date) -> dict[str, date]:
        """Return the partners shown less than 60 days ago, and when they can be rated again."""
        again = {
            partner: min(release.closed_on, today) + timedelta(days=REST_DAYS)
            for release in sorted(self.releases, key=lambda each: each.closed_on)
            for partner in release.shown_partners
        }
        return {partner: day for partner, day in again.items() if day > today}

    def with_partner(self, partner: Partner) -> "Group":
        """Return the group with one partner more, or with the one of the same id replaced.

        Raises:
            RuleError: Another partner goes by one of these names already.
        """
        others = [each for each in self.partners if each.id != partner.id]
        taken = {name_core(name): other.name for other in others for name in other.names}
        for name in partner.names:
            if theirs := taken.get(name_core(name)):
                raise RuleError(f"{name!r}: the group has {theirs!r} already")
        return self.evolve(partners=tuple(sorted((*others, partner), key=lambda p: p.id)))

    def with_round(self, round_: Round) -> "Group":
        """Return the group with a round added, or the one of the same number replaced."""
        others = [each for each in self.rounds if each.number != round_.number]
        return self.evolve(rounds=tuple(sorted((*others, round_), key=lambda r: r.number)))

    def with_criteria_sets(self, sets: tuple[CriteriaSet, ...]) -> "Group":
        """Return the group with these criteria sets frozen into it (each only once)."""
        found = {each.hash: each for each in (*self.sets, *sets)}
        return self.evolve(sets=tuple(found[key] for key in sorted(found)))

    def can_set_outcome(self, number: int) -> bool:
        """Tell whether what was agreed after a round may still change: until the next one opens."""
        return bool(self.find_release(number)) and self.next_round_number == number + 1

    def with_outcome(self, number: int, partner: str, outcome: Outcome | None) -> "Group":
        """Return the group with what it agreed to do about a partner after round `number`.

        Raises:
            RuleError: The next round has opened, or the partner isn't shown in this one.
        """
        release = self.find_release(number)
        if release is None or not self.can_set_outcome(number):
            raise RuleError(f"what was agreed after round {number} can't be changed any more")
        return self.with_release(release.with_outcome(partner, outcome))

    def with_release(self, release: Release) -> "Group":
        """Return the group with a release added, keeping the last twelve, and whoever rests."""
        others = [each for each in self.releases if each.round != release.round]
        found = sorted((*others, release), key=lambda each: each.round)
        since, late = release.closed_on - timedelta(days=REST_DAYS), found[:-KEPT_RELEASES]
        kept = [each for each in late if each.closed_on > since] + found[-KEPT_RELEASES:]
        return self.evolve(releases=tuple(kept))
