"""The partners, rounds, criteria sets and releases of a group always fit together."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import KEPT_RELEASES, Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.round.round import Round, RoundState
from peerreview.domain.tally.release import PartnerRelease, Release
from peerreview.domain.tally.verdict import Street

from .builders import PEER, VENDOR, a_round

ACME = Partner(id="p1", name="Acme", kind=PartnerKind.PEER)
GLOBEX = Partner(id="p2", name="Globex", aliases=("Globex Data",))
DAY = date(2026, 3, 2)


def group() -> Group:
    empty = Group(id="g", name="Gulf Coast Peers", label="GCP")
    return empty.with_partner(GLOBEX).with_partner(ACME).with_criteria_sets((PEER,))


def opened(number: int) -> Round:
    return a_round("p1", number=number).with_state(RoundState.OPEN, DAY)


def closed(number: int) -> Round:
    return opened(number).with_state(RoundState.CLOSED, DAY)


def result(number: int, closed_on: date = DAY) -> Release:
    partner_release = PartnerRelease(partner="p1", street=Street.TOO_FEW)
    return Release(
        round=number,
        closed_on=closed_on,
        ballots=5,
        floor=4,
        give_cut=3.25,
        sets={"p1": PEER.hash},
        partners=(partner_release,),
    )


def test_partners_are_kept_by_id_and_shown_by_name() -> None:
    with_third = group().with_partner(Partner(id="p0", name="émile"))
    assert [partner.id for partner in with_third.partners] == ["p0", "p1", "p2"]
    assert [partner.name for partner in with_third.active_partners] == ["Acme", "émile", "Globex"]
    retired = with_third.with_partner(ACME.model_copy(update={"retired": True}))
    assert [partner.name for partner in retired.active_partners] == ["émile", "Globex"]
    assert retired.get_partner("p1").retired and len(retired.partners) == 3


@pytest.mark.parametrize("name", ["ACME Inc.", "acme", "Globex Data LLC", "GLOBEX"])
def test_a_second_partner_with_the_same_name_is_refused(name: str) -> None:
    with pytest.raises(RuleError, match=r"the group has '(Acme|Globex)' already"):
        group().with_partner(Partner(id="new", name=name))
    with pytest.raises(RuleError):
        group().with_partner(Partner(id="new", name="New", aliases=(name,)))


def test_a_partner_can_be_renamed_to_its_own_other_spelling() -> None:
    renamed = group().with_partner(Partner(id="p1", name="ACME, Inc."))
    assert renamed.get_partner("p1").name == "ACME, Inc."


def test_a_missing_partner_or_set_is_an_error_and_a_missing_release_is_none() -> None:
    with pytest.raises(RuleError, match="that partner isn't in this group"):
        group().get_partner("p9")
    with pytest.raises(RuleError, match="the criteria set 0123 isn't in this group"):
        group().get_criteria_set("0123")
    assert group().get_criteria_set(PEER.hash) == PEER
    assert (
        group().find_release(1) is None
        and group().latest_release is None
        and group().last_shown_release() is None
    )


def test_a_criteria_set_is_stored_once() -> None:
    both = group().with_criteria_sets((VENDOR, PEER)).with_criteria_sets((VENDOR,))
    assert sorted(criteria.id for criteria in both.sets) == ["peer", "vendor"]
    assert both == group().with_criteria_sets((VENDOR,)), "the order of the sets changes nothing"


def test_rounds_are_added_and_replaced_by_number() -> None:
    planned = group().with_round(a_round("p1"))
    assert planned.open_round is None
    opened = planned.with_round(planned.rounds[0].with_state(RoundState.OPEN, DAY))
    assert opened.open_round == opened.rounds[0] and len(opened.rounds) == 1


def test_the_last_twelve_releases_stay_and_are_found_by_round() -> None:
    group_ = group()
    days = [DAY + timedelta(days=61 * number) for number in range(15)]
    for number in range(1, 15):
        group_ = group_.with_round(closed(number)).with_release(result(number, days[number]))
    assert [release.round for release in group_.releases] == list(range(3, 15))
    assert len(group_.releases) == KEPT_RELEASES and len(group_.rounds) == 14
    assert group_.latest_release == result(14, days[14])
    before = group_.last_shown_release(14)
    assert before is not None and before.round == 13 and group_.last_shown_release(3) is None
    assert group_.find_release(5) == result(5, days[5]) and group_.find_release(2) is None


def test_releases_of_resting_partners_stay_however_many_rounds_follow() -> None:
    group_ = group()
    for number in range(1, 15):
        group_ = group_.with_round(closed(number)).with_release(result(number))
    assert group_.find_release(1) == result(1)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"partners": (ACME, ACME)}, "two partners share an id"),
        ({"rounds": (a_round("p9"),)}, "round 1 names a partner the group doesn't have"),
        (
            {"rounds": (a_round("p1"),), "sets": (VENDOR,)},
            "round 1 uses a criteria set that isn't there",
        ),
        ({"rounds": (opened(1), opened(2))}, "two rounds are open"),
        ({"rounds": (a_round("p1", number=2),)}, "aren't numbered one after the other"),
        ({"rounds": (closed(1), closed(1))}, "aren't numbered one after the other"),
        ({"rounds": (closed(1),), "releases": (result(1), result(1))}, "a round has two results"),
        ({"releases": (result(1),)}, "a result without a closed round"),
        (
            {"rounds": (a_round("p1"),), "releases": (result(1),)},
            "a result without a closed round",
        ),
        ({"name": "Gulf\x1b[2J"}, "a control character"),
        ({"id": ""}, "at least 1 character"),
        ({"president": "Ann"}, "Extra inputs"),
    ],
)
def test_an_inconsistent_group_is_refused(broken: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        group().evolve(**broken)


def test_a_group_is_the_same_after_it_was_written_and_read() -> None:
    whole = group().with_criteria_sets((VENDOR,)).with_round(closed(1)).with_release(result(1))
    assert whole.sets[0].hash and whole.sets[0].questions, "cached values are not written"
    written = whole.model_dump_json()
    again = Group.model_validate_json(written)
    assert again == whole and again.model_dump_json() == written
    assert "questions" not in written


def test_the_last_shown_release_skips_rounds_with_too_few_voices() -> None:
    def shown(number: int, street: Street) -> Release:
        partner_release = PartnerRelease(partner="p1", street=street)
        return result(number).evolve(partners=(partner_release,))

    group_ = group()
    for number, street in enumerate((Street.QUIET, Street.MIXED, Street.TOO_FEW), 1):
        group_ = group_.with_round(closed(number)).with_release(shown(number, street))
    last = group_.last_shown_release()
    assert last is not None and [partner.street for partner in last.partners] == [Street.MIXED]
    earlier = group_.last_shown_release(2)
    assert earlier is not None and [partner.street for partner in earlier.partners] == [
        Street.QUIET
    ]
