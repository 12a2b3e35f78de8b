"""Merging: two partners of a group that are one firm, and the partners of several groups.

Results are never changed and never lost.
"""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, is_same_name, is_similar_core, name_core
from peerreview.domain.group.partner_list import ListedRow
from peerreview.domain.round.round import Round, RoundPartner
from peerreview.domain.tally.release import Release


def find_look_alikes(group: Group) -> dict[str, Partner]:
    """Return partners with a similar name, by the id of the partner that they look like.

    Two retired partners, and two with results of the same round, don't look alike.
    """
    partners = [
        (partner, [name_core(name) for name in partner.names]) for partner in group.partners
    ]
    look_alikes: dict[str, Partner] = {}
    for (first, first_cores), (second, second_cores) in combinations(partners, 2):
        if first.retired and second.retired:
            continue
        similar = any(
            is_similar_core(core, other) for core in first_cores for other in second_cores
        )
        if similar and not _find_rounds_showing_both(group, first.id, second.id):
            look_alikes |= {first.id: second, second.id: first}
    return look_alikes


def merge_partners(group: Group, kept_id: str, other_id: str) -> Group:
    """Return the group with two partners merged: the names, rounds and results of both.

    So the merged partner rests as long as either would have, and can't be added again.

    Args:
        group: the group.
        kept_id: the partner whose id, name and kind stay.
        other_id: the partner whose names become aliases.

    Raises:
        RuleError: One is up for rating now, or both have a result of the same round.
    """
    kept, other = group.get_partner(kept_id), group.get_partner(other_id)
    if group.open_round:
        rated = {partner.id for partner in group.open_round.partners}
        for partner in (kept, other):
            if partner.id in rated:
                raise RuleError(f"{partner.name} is being rated: merge after the box is closed")
    if rounds := _find_rounds_showing_both(group, kept_id, other_id):
        raise RuleError(
            f"both have a result of round {rounds[0]}: two can't become one, retire one"
        )
    aliases = (
        name
        for name in other.names
        if not any(is_same_name(name, kept_name) for kept_name in kept.names)
    )
    merged = kept.evolve(aliases=(*kept.aliases, *aliases), retired=kept.retired and other.retired)
    partners = {partner.id: partner for partner in group.partners if partner is not other}
    partners[kept_id] = merged
    return group.evolve(
        partners=tuple(partners.values()),
        rounds=tuple(_merge_in_round(round_, kept_id, other_id) for round_ in group.rounds),
        releases=tuple(_merge_in_release(release, kept_id, other_id) for release in group.releases),
    )


def _find_rounds_showing_both(group: Group, first_id: str, second_id: str) -> list[int]:
    """Return the numbers of the rounds with a result of both partners."""
    return [
        release.round
        for release in group.releases
        if {first_id, second_id} <= release.shown_partners.keys()
    ]


def _merge_in_round(round_: Round, kept_id: str, other_id: str) -> Round:
    """Return a round in which `other_id` is called `kept_id`."""
    hashes = {
        kept_id if partner.id == other_id else partner.id: partner.set_hash
        for partner in round_.partners
    }
    partners = (RoundPartner(id=key, set_hash=hashes[key]) for key in sorted(hashes))
    return round_.evolve(partners=tuple(partners))


def _merge_in_release(release: Release, kept_id: str, other_id: str) -> Release:
    """Return a release in which `other_id` is called `kept_id`.

    If both were in the round, the one that is shown is kept.
    """
    shown_last = sorted(
        release.partners, key=lambda result: result.partner in release.shown_partners
    )
    results = {  # the last one stays
        kept_id if result.partner == other_id else result.partner: result for result in shown_last
    }
    return release.evolve(
        sets={key: release.sets[results[key].partner] for key in sorted(results)},
        partners=tuple(results[key].evolve(partner=key) for key in sorted(results)),
    )


def list_joint_partners(groups: Sequence[Group], today: date) -> tuple[ListedRow, ...]:
    """Return the active partners of groups that rate together, as the rows of a list.

    A partner that rests in one of the groups has a problem in all of them, under each of its names:
    two results about it, soon after each other, could be subtracted.
    """
    rests = sorted(
        (day, name_core(name))
        for group in groups
        for partner, day in group.resting_until(today).items()
        for name in group.get_partner(partner).names
    )

    def find_problem(partner: Partner) -> str:
        cores = {name_core(name) for name in partner.names}
        days = [day for day, core in rests if core in cores]
        return f"rated lately: can be rated again from {days[-1]}" if days else ""

    return tuple(
        ListedRow(0, partner.name, partner.kind, partner.aliases, problem=find_problem(partner))
        for group in groups
        for partner in group.partners
        if not partner.retired
    )
