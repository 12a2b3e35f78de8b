"""Setting up: a new group, and the partners it shares."""

from collections.abc import Sequence

from pydantic import ValidationError

from peerreview.ballotbox import words
from peerreview.domain.criteria import explain
from peerreview.domain.group import Group
from peerreview.domain.joint import joint
from peerreview.domain.partner import Kind, Partner, alike, same
from peerreview.domain.partner_list import Fate, ListedRow, Outcome, sort_out
from peerreview.domain.refusal import RuleError
from peerreview.services.ports import Vault
from peerreview.services.world import World


class SettingUp:
    """Makes groups and keeps their partners."""

    def __init__(self, vault: Vault, world: World) -> None:
        self._vault, self._world = vault, world

    def create(self, name: str) -> Group:
        """Keep a new group, under a random label for exports.

        Raises:
            RuleError: The name can't be one.
            FileError: There is a group already.
        """
        label = " ".join(words.draw(2))
        try:
            group = Group(id=self._world.new_id(), name=name, label=label)
        except ValidationError as error:
            raise RuleError(f"the group's name can't be used: {explain(error)}") from error
        self._vault.group.create(group)
        return group

    def add(self, name: str, kind: Kind, aliases: tuple[str, ...] = ()) -> Group:
        """Add one partner.

        Raises:
            RuleError: The name can't be one, or the group has it already.
        """
        partner = self._partner(name, kind, aliases)
        return self._vault.group.update(lambda group: group.with_partner(partner))

    def looks_like(self, name: str) -> str | None:
        """Return the name of a partner that `name` may mean, spelled otherwise, if there is one."""
        names = [each for partner in self._vault.group.read().partners for each in partner.names]
        return next((each for each in names if alike(name, each) and not same(name, each)), None)

    def change(self, partner_id: str, name: str, kind: Kind, aliases: tuple[str, ...]) -> Group:
        """Rename a partner, or change its kind or aliases; its history stays.

        While it rests, it keeps its old names too: else it could be added anew, and rated again.

        Raises:
            RuleError: Another partner goes by that name, or there is no such partner.
        """
        group = self._vault.group.read()
        if partner_id in group.resting(self._world.today()):
            old = group.partner(partner_id).names
            mine = (name, *aliases)
            aliases += tuple(each for each in old if not any(same(each, it) for it in mine))
        new = self._partner(name, kind, aliases)
        return self._revise(partner_id, name=new.name, kind=kind, aliases=new.aliases)

    def retire(self, partner_id: str, retired: bool = True) -> Group:
        """Take a partner out of coming rounds, or back in; what was released stays."""
        return self._revise(partner_id, retired=retired)

    def look(self, rows: tuple[ListedRow, ...]) -> tuple[Outcome, ...]:
        """Return what `take` would do with a list, and do nothing."""
        return sort_out(rows, self._vault.group.read().partners)

    def take(self, rows: tuple[ListedRow, ...]) -> tuple[Outcome, ...]:
        """Add the new partners of a list in one go; return every row's fate.

        Look-alikes are left out and named: a person decides about them.
        """
        found: tuple[Outcome, ...] = ()

        def decide(group: Group) -> Group:
            nonlocal found
            found = sort_out(rows, group.partners)
            for outcome in found:
                if outcome.fate is Fate.NEW:
                    row = outcome.row
                    group = group.with_partner(self._partner(row.name, row.kind, row.aliases))
            return group

        self._vault.group.update(decide)
        return found

    def join(self, groups: Sequence[Group]) -> tuple[Outcome, ...]:
        """Add the partners of groups that rate together; return every one's fate."""
        return self.take(joint(groups, self._world.today()))

    def _revise(self, partner_id: str, **changes: object) -> Group:
        return self._vault.group.update(
            lambda group: group.with_partner(group.partner(partner_id).evolve(**changes))
        )

    def _partner(self, name: str, kind: Kind, aliases: tuple[str, ...]) -> Partner:
        try:
            return Partner(id=self._world.new_id(), name=name, kind=kind, aliases=aliases)
        except ValidationError as error:
            raise RuleError(f"this name can't be used: {explain(error)}") from error
