"""Setting up: a new group, and the partners it shares."""

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from peerreview.ballotbox import words
from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.joint import joint_partners
from peerreview.domain.group.merging import merge_partners
from peerreview.domain.group.partner import Partner, PartnerKind, is_same_name, is_similar_name
from peerreview.domain.group.partner_list import ListedRow, MatchedRow, RowStatus, match_rows
from peerreview.domain.value import describe_validation_error
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault


class SettingUp:
    """Makes groups and keeps their partners; remembers its own last change, to take it back.

    Attributes:
        last: the group before and after that change; None if there is nothing to take back.
    """

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault, self._environment = vault, environment
        self.last_change: tuple[Group, Group] | None = None

    def create(self, name: str) -> Group:
        """Keep a new group, under a random label for exports.

        Raises:
            RuleError: The name can't be one.
            FileError: There is a group already.
        """
        label = " ".join(words.random_words(2))
        try:
            group = Group(id=self._environment.new_id(), name=name, label=label)
        except ValidationError as error:
            raise RuleError(
                f"the group's name can't be used: {describe_validation_error(error)}"
            ) from error
        self._vault.group.create(group)
        return group

    def add(self, name: str, kind: PartnerKind, aliases: tuple[str, ...] = ()) -> Group:
        """Add one partner.

        Raises:
            RuleError: The name can't be one, or the group has it already.
        """
        partner = self._partner(name, kind, aliases)
        return self._update(lambda group: group.with_partner(partner))

    def find_similar_name(self, name: str) -> str | None:
        """Return the name of a partner that `name` may mean, spelled otherwise, if there is one."""
        names = [each for partner in self._vault.group.read().partners for each in partner.names]
        return next(
            (
                each
                for each in names
                if is_similar_name(name, each) and not is_same_name(name, each)
            ),
            None,
        )

    def change(
        self, partner_id: str, name: str, kind: PartnerKind, aliases: tuple[str, ...]
    ) -> Group:
        """Rename a partner, or change its kind or aliases; its history stays.

        While it rests, it keeps its old names too: else it could be added anew, and rated again.

        Raises:
            RuleError: Another partner goes by that name, or there is no such partner.
        """
        group = self._vault.group.read()
        if partner_id in group.resting_until(self._environment.today()):
            old = group.get_partner(partner_id).names
            mine = (name, *aliases)
            aliases += tuple(each for each in old if not any(is_same_name(each, it) for it in mine))
        new = self._partner(name, kind, aliases)
        return self._revise(partner_id, name=new.name, kind=kind, aliases=new.aliases)

    def retire(self, partner_id: str, retired: bool = True) -> Group:
        """Take a partner out of coming rounds, or back in; what was released stays."""
        return self._revise(partner_id, retired=retired)

    def merge(self, kept_id: str, other_id: str) -> Group:
        """Make two partners one: the names, rounds and results of both, under the kept one's name.

        Raises:
            RuleError: One is up for rating now, or both have a result of the same round.
        """
        return self._update(lambda group: merge_partners(group, kept_id, other_id))

    def undo(self) -> Group:
        """Take the last change back, once.

        Raises:
            RuleError: There is none, or the group has changed since: a round may have opened.
        """
        before, after = self.last_change or (None, None)

        def decide(group: Group) -> Group:
            if before is None or group != after:
                raise RuleError("the group has changed since: this can't be taken back any more")
            return before

        self.last_change = None
        return self._vault.group.update(decide)

    def preview_list(self, rows: tuple[ListedRow, ...]) -> tuple[MatchedRow, ...]:
        """Return what `take` would do with a list, and do nothing."""
        return match_rows(rows, self._vault.group.read().partners)

    def add_list(self, rows: tuple[ListedRow, ...]) -> tuple[MatchedRow, ...]:
        """Add the new partners of a list in one go; return every row's fate.

        Look-alikes are left out and named: a person decides about them.
        """
        found: tuple[MatchedRow, ...] = ()

        def decide(group: Group) -> Group:
            nonlocal found
            found = match_rows(rows, group.partners)
            for outcome in found:
                if outcome.status is RowStatus.NEW:
                    row = outcome.row
                    group = group.with_partner(self._partner(row.name, row.kind, row.aliases))
            return group

        self._update(decide)
        return found

    def add_partners_of_groups(self, groups: Sequence[Group]) -> tuple[MatchedRow, ...]:
        """Add the partners of groups that rate together; return every one's fate."""
        return self.add_list(joint_partners(groups, self._environment.today()))

    def _revise(self, partner_id: str, **changes: object) -> Group:
        return self._update(
            lambda group: group.with_partner(group.get_partner(partner_id).evolve(**changes))
        )

    def _update(self, decide: Callable[[Group], Group]) -> Group:
        """Change the group, and remember how it was."""
        before: list[Group] = []

        def noted(group: Group) -> Group:
            before[:] = [group]
            return decide(group)

        after = self._vault.group.update(noted)
        if after != before[0]:
            self.last_change = before[0], after
        return after

    def _partner(self, name: str, kind: PartnerKind, aliases: tuple[str, ...]) -> Partner:
        try:
            return Partner(id=self._environment.new_id(), name=name, kind=kind, aliases=aliases)
        except ValidationError as error:
            raise RuleError(
                f"this name can't be used: {describe_validation_error(error)}"
            ) from error
