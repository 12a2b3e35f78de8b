"""Two partners that turn out to be one firm: which pairs look so, and what is left of both.

Knows a group, and that a result is never changed and never lost; must not know who asks.
"""

from itertools import combinations

from peerreview.domain.group import Group
from peerreview.domain.partner import Partner, close, core, same
from peerreview.domain.refusal import RuleError
from peerreview.domain.release import Release
from peerreview.domain.round import Round, RoundPartner
from peerreview.domain.verdict import Street


def look_alikes(group: Group) -> dict[str, Partner]:
    """Return, by a partner's id, one that it looks like; not if two results keep them apart."""
    cores = [(each, [core(name) for name in each.names]) for each in group.partners]
    found: dict[str, Partner] = {}
    for (one, its), (other, theirs) in combinations(cores, 2):
        if one.retired and other.retired:
            continue
        if any(close(a, b) for a in its for b in theirs) and not _both_shown(group, one, other):
            found.setdefault(one.id, other)
            found.setdefault(other.id, one)
    return found


def merged(group: Group, kept_id: str, other_id: str) -> Group:
    """Return the group with two partners made one: the names, rounds and results of both.

    So it rests as long as either of them would have, and can't be added anew.

    Args:
        group: the group.
        kept_id: the partner whose name and kind stay.
        other_id: the partner whose names become other names of it.

    Raises:
        RuleError: One is up for rating now, or both have a result of the same round.
    """
    kept, other = group.partner(kept_id), group.partner(other_id)
    for each in group.open_round.partners if group.open_round else ():
        if each.id in (kept_id, other_id):
            name = group.partner(each.id).name
            raise RuleError(f"{name} is being rated: merge after the box is closed")
    if number := _both_shown(group, kept, other):
        raise RuleError(f"both have a result of round {number}: two can't become one, retire one")
    aliases = tuple(each for each in other.names if not any(same(each, it) for it in kept.names))
    one = kept.evolve(aliases=kept.aliases + aliases, retired=kept.retired and other.retired)
    others = (each for each in group.partners if each.id not in (kept_id, other_id))
    return group.evolve(
        partners=tuple(sorted((*others, one), key=lambda each: each.id)),
        rounds=tuple(_asked(each, kept_id, other_id) for each in group.rounds),
        releases=tuple(_told(each, kept_id, other_id) for each in group.releases),
    )


def _both_shown(group: Group, one: Partner, other: Partner) -> int | None:
    """Return a round that shows something of both, if there is one."""
    for release in group.releases:
        told = release.of(one.id), release.of(other.id)
        if all(each and each.street is not Street.TOO_FEW for each in told):
            return release.round
    return None


def _asked(round_: Round, kept: str, other: str) -> Round:
    """Return a round as if it had asked about one partner."""
    sets = {each.id: each.set_hash for each in round_.partners}
    if set_hash := sets.pop(other, ""):
        sets.setdefault(kept, set_hash)
    partners = (RoundPartner(id=each, set_hash=sets[each]) for each in sorted(sets))
    return round_.evolve(partners=tuple(partners))


def _told(release: Release, kept: str, other: str) -> Release:
    """Return a result under one partner's id: of two, the one that shows something."""
    found = [each for each in (release.of(kept), release.of(other)) if each]
    if not found:
        return release
    stays = max(found, key=lambda each: each.street is not Street.TOO_FEW)
    partners = [each for each in release.partners if each not in found]
    partners.append(stays.evolve(partner=kept))
    sets = {each: release.sets[each] for each in release.sets if each not in (kept, other)}
    return release.evolve(
        sets=sets | {kept: release.sets[stays.partner]},
        partners=tuple(sorted(partners, key=lambda each: each.partner)),
    )
