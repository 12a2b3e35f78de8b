"""Setting up: a new group, and the partners that its members share."""

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from peerreview.ballotbox import words
from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.merging import list_joint_partners, merge_partners
from peerreview.domain.group.partner import Partner, PartnerKind, is_same_name, is_similar_name
from peerreview.domain.group.partner_list import ListedRow, MatchedRow, RowStatus, match_rows
from peerreview.domain.value import describe_validation_error
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault


class SettingUp:
    """Creates a group and changes its partners; can undo its own last change.

    Attributes:
        last_change: the group before and after that change; None if there is nothing to undo.
    """

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault = vault
        self._environment = environment
        self.last_change: tuple[Group, Group] | None = None

    def create(self, name: str) -> Group:
        """Store a new group without partners, with a random label for exports, and return it.

        Raises:
            RuleError: The name can't be used.
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
        """Add one partner; return the changed group.

        Raises:
            RuleError: The name can't be used, or the group has it already.
        """
        partner = self._new_partner(name, kind, aliases)
        return self._update(lambda group: group.with_partner(partner))

    def find_similar_name(self, name: str) -> str | None:
        """Return a partner's name that is similar to `name` but not the same; None without one."""
        for partner in self._vault.group.read().partners:
            for partner_name in partner.names:
                if is_similar_name(name, partner_name) and not is_same_name(name, partner_name):
                    return partner_name
        return None

    def change(
        self, partner_id: str, name: str, kind: PartnerKind, aliases: tuple[str, ...]
    ) -> Group:
        """Change the name, kind and aliases of a partner; its history stays.

        A resting partner keeps its old names as aliases. Otherwise it could be added under an old
        name and be rated again too early.

        Raises:
            RuleError: A name can't be used or belongs to another partner, or there is no such
                partner.
        """
        group = self._vault.group.read()
        if partner_id in group.resting_until(self._environment.today()):
            new_names = (name, *aliases)
            aliases += tuple(
                old_name
                for old_name in group.get_partner(partner_id).names
                if not any(is_same_name(old_name, new_name) for new_name in new_names)
            )
        new = self._new_partner(name, kind, aliases)
        return self._change_partner(partner_id, name=new.name, kind=kind, aliases=new.aliases)

    def retire(self, partner_id: str, retired: bool = True) -> Group:
        """Take a partner out of coming rounds, or back in; its results stay."""
        return self._change_partner(partner_id, retired=retired)

    def merge(self, kept_id: str, other_id: str) -> Group:
        """Merge two partners that are one firm, with the names, rounds and results of both.

        Args:
            kept_id: the id of the partner whose id and name stay.
            other_id: the id of the other partner.

        Raises:
            RuleError: One of them is in the open round, or both have a result of the same round.
        """
        return self._update(lambda group: merge_partners(group, kept_id, other_id))

    def undo(self) -> Group:
        """Undo the last change; return the group as it was before.

        Raises:
            RuleError: There is no change to undo, or the group was changed again since.
        """
        before, after = self.last_change or (None, None)

        def restore(group: Group) -> Group:
            if before is None or group != after:
                raise RuleError("the group has changed since: this can't be taken back any more")
            return before

        self.last_change = None
        return self._vault.group.update(restore)

    def preview_list(self, rows: tuple[ListedRow, ...]) -> tuple[MatchedRow, ...]:
        """Return what `add_list` would do with a list, and change nothing."""
        return match_rows(rows, self._vault.group.read().partners)

    def add_list(self, rows: tuple[ListedRow, ...]) -> tuple[MatchedRow, ...]:
        """Add all new partners of a list in one change; return what became of every row.

        A row whose name is only similar to a partner's is not added: a person decides about it.
        """
        matched_rows: tuple[MatchedRow, ...] = ()

        def add_new_partners(group: Group) -> Group:
            nonlocal matched_rows
            matched_rows = match_rows(rows, group.partners)
            for matched in matched_rows:
                if matched.status is RowStatus.NEW:
                    row = matched.row
                    partner = self._new_partner(row.name, row.kind, row.aliases)
                    group = group.with_partner(partner)
            return group

        self._update(add_new_partners)
        return matched_rows

    def add_partners_of_groups(self, groups: Sequence[Group]) -> tuple[MatchedRow, ...]:
        """Add the partners of groups that rate together; return what became of every partner."""
        return self.add_list(list_joint_partners(groups, self._environment.today()))

    def _change_partner(self, partner_id: str, **changes: object) -> Group:
        return self._update(
            lambda group: group.with_partner(group.get_partner(partner_id).evolve(**changes))
        )

    def _update(self, decide: Callable[[Group], Group]) -> Group:
        """Change the group, and remember it as it was before."""
        before: Group | None = None

        def remember_and_decide(group: Group) -> Group:
            nonlocal before
            before = group
            return decide(group)

        after = self._vault.group.update(remember_and_decide)
        if before is not None and after != before:
            self.last_change = before, after
        return after

    def _new_partner(self, name: str, kind: PartnerKind, aliases: tuple[str, ...]) -> Partner:
        try:
            return Partner(id=self._environment.new_id(), name=name, kind=kind, aliases=aliases)
        except ValidationError as error:
            raise RuleError(
                f"this name can't be used: {describe_validation_error(error)}"
            ) from error
