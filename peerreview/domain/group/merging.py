"""Two partners that turn out to be one firm: which pairs look so, and what is left of both.

Knows a group, and that a result is never changed and never lost; must not know who asks.
"""

from itertools import combinations

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, is_same_name, is_similar_core, name_core
from peerreview.domain.round.round import Round, RoundPartner
from peerreview.domain.tally.release import Release


def find_look_alikes(group: Group) -> dict[str, Partner]:
    """Return, by a partner's id, one that it looks like; not if two results keep them apart."""
    cores = [(each, [name_core(name) for name in each.names]) for each in group.partners]
    found: dict[str, Partner] = {}
    for (one, its), (other, theirs) in combinations(cores, 2):
        like = (
            any(is_similar_core(a, b) for a in its for b in theirs)
            and not one.retired & other.retired
        )
        if like and not _both_shown(group, one.id, other.id):
            found |= {one.id: other, other.id: one}
    return found


def merge_partners(group: Group, kept_id: str, other_id: str) -> Group:
    """Return the group with two partners made one: the names, rounds and results of both.

    So it rests as long as either of them would have, and can't be added anew.

    Args:
        group: the group.
        kept_id: the partner whose name and kind stay.
        other_id: the partner whose names become other names of it.

    Raises:
        RuleError: One is up for rating now, or both have a result of the same round.
    """
    kept, other = group.get_partner(kept_id), group.get_partner(other_id)
    asked = {each.id for each in group.open_round.partners} if group.open_round else set[str]()
    for each in (kept, other):
        if each.id in asked:
            raise RuleError(f"{each.name} is being rated: merge after the box is closed")
    if both := _both_shown(group, kept_id, other_id):
        raise RuleError(f"both have a result of round {both[0]}: two can't become one, retire one")
    aliases = (each for each in other.names if not any(is_same_name(each, it) for it in kept.names))
    one = kept.evolve(aliases=(*kept.aliases, *aliases), retired=kept.retired and other.retired)
    found = {each.id: each for each in group.partners if each is not other} | {kept_id: one}
    return group.evolve(
        partners=tuple(found.values()),
        rounds=tuple(_asked(each, kept_id, other_id) for each in group.rounds),
        releases=tuple(_told(each, kept_id, other_id) for each in group.releases),
    )


def _both_shown(group: Group, one: str, other: str) -> list[int]:
    """Return the rounds that show something of both."""
    return [each.round for each in group.releases if {one, other} <= each.shown_partners.keys()]


def _asked(round_: Round, kept: str, other: str) -> Round:
    """Return a round as if it had asked about one partner."""
    sets = {kept if p.id == other else p.id: p.set_hash for p in round_.partners}
    partners = (RoundPartner(id=each, set_hash=sets[each]) for each in sorted(sets))
    return round_.evolve(partners=tuple(partners))


def _told(release: Release, kept: str, other: str) -> Release:
    """Return a result as if it were about one partner: of two, the one that shows something."""
    order = sorted(release.partners, key=lambda each: each.partner in release.shown_partners)
    found = {kept if p.partner == other else p.partner: p for p in order}  # the last one stays
    return release.evolve(
        sets={each: release.sets[found[each].partner] for each in sorted(found)},
        partners=tuple(found[each].evolve(partner=each) for each in sorted(found)),
    )
