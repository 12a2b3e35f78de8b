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

from .builders import PEER, VENDOR, make_round

ACME = Partner(id="p1", name="Acme", kind=PartnerKind.PEER)
GLOBEX = Partner(id="p2", name="Globex", aliases=("Globex Data",))
DAY = date(2026, 3, 2)


def make_group() -> Group:
    empty = Group(id="g", name="Gulf Coast Peers", label="GCP")
    return empty.with_partner(GLOBEX).with_partner(ACME).with_criteria_sets((PEER,))


def make_open_round(number: int) -> Round:
    return make_round("p1", number=number).with_state(RoundState.OPEN, DAY)


def make_closed_round(number: int) -> Round:
    return make_open_round(number).with_state(RoundState.CLOSED, DAY)


def make_release(number: int, closed_on: date = DAY) -> Release:
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
    with_third = make_group().with_partner(Partner(id="p0", name="émile"))
    assert [partner.id for partner in with_third.partners] == ["p0", "p1", "p2"]
    assert [partner.name for partner in with_third.active_partners] == ["Acme", "émile", "Globex"]
    retired = with_third.with_partner(ACME.model_copy(update={"retired": True}))
    assert [partner.name for partner in retired.active_partners] == ["émile", "Globex"]
    assert retired.get_partner("p1").retired and len(retired.partners) == 3


@pytest.mark.parametrize("name", ["ACME Inc.", "acme", "Globex Data LLC", "GLOBEX"])
def test_a_second_partner_with_the_same_name_is_refused(name: str) -> None:
    with pytest.raises(RuleError, match=r"the group has '(Acme|Globex)' already"):
        make_group().with_partner(Partner(id="new", name=name))
    with pytest.raises(RuleError):
        make_group().with_partner(Partner(id="new", name="New", aliases=(name,)))


def test_a_partner_can_be_renamed_to_its_own_other_spelling() -> None:
    renamed = make_group().with_partner(Partner(id="p1", name="ACME, Inc."))
    assert renamed.get_partner("p1").name == "ACME, Inc."


def test_a_missing_partner_or_set_is_an_error_and_a_missing_release_is_none() -> None:
    with pytest.raises(RuleError, match="that partner isn't in this group"):
        make_group().get_partner("p9")
    with pytest.raises(RuleError, match="the criteria set 0123 isn't in this group"):
        make_group().get_criteria_set("0123")
    assert make_group().get_criteria_set(PEER.hash) == PEER
    assert (
        make_group().find_release(1) is None
        and make_group().latest_release is None
        and make_group().last_shown_release() is None
    )


def test_a_criteria_set_is_stored_once() -> None:
    both = make_group().with_criteria_sets((VENDOR, PEER)).with_criteria_sets((VENDOR,))
    assert sorted(criteria.id for criteria in both.sets) == ["peer", "vendor"]
    assert both == make_group().with_criteria_sets((VENDOR,)), (
        "the order of the sets changes nothing"
    )


def test_rounds_are_added_and_replaced_by_number() -> None:
    planned = make_group().with_round(make_round("p1"))
    assert planned.open_round is None
    opened = planned.with_round(planned.rounds[0].with_state(RoundState.OPEN, DAY))
    assert opened.open_round == opened.rounds[0] and len(opened.rounds) == 1


def test_the_last_twelve_releases_stay_and_are_found_by_round() -> None:
    group = make_group()
    days = [DAY + timedelta(days=61 * number) for number in range(15)]
    for number in range(1, 15):
        group = group.with_round(make_closed_round(number)).with_release(
            make_release(number, days[number])
        )
    assert [release.round for release in group.releases] == list(range(3, 15))
    assert len(group.releases) == KEPT_RELEASES and len(group.rounds) == 14
    assert group.latest_release == make_release(14, days[14])
    before = group.last_shown_release(14)
    assert before is not None and before.round == 13 and group.last_shown_release(3) is None
    assert group.find_release(5) == make_release(5, days[5]) and group.find_release(2) is None


def test_releases_of_resting_partners_stay_however_many_rounds_follow() -> None:
    group = make_group()
    for number in range(1, 15):
        group = group.with_round(make_closed_round(number)).with_release(make_release(number))
    assert group.find_release(1) == make_release(1)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"partners": (ACME, ACME)}, "two partners share an id"),
        ({"rounds": (make_round("p9"),)}, "round 1 names a partner the group doesn't have"),
        (
            {"rounds": (make_round("p1"),), "sets": (VENDOR,)},
            "round 1 uses a criteria set that isn't there",
        ),
        ({"rounds": (make_open_round(1), make_open_round(2))}, "two rounds are open"),
        ({"rounds": (make_round("p1", number=2),)}, "aren't numbered one after the other"),
        (
            {"rounds": (make_closed_round(1), make_closed_round(1))},
            "aren't numbered one after the other",
        ),
        (
            {"rounds": (make_closed_round(1),), "releases": (make_release(1), make_release(1))},
            "a round has two results",
        ),
        ({"releases": (make_release(1),)}, "a result without a closed round"),
        (
            {"rounds": (make_round("p1"),), "releases": (make_release(1),)},
            "a result without a closed round",
        ),
        ({"name": "Gulf\x1b[2J"}, "a control character"),
        ({"id": ""}, "at least 1 character"),
        ({"president": "Ann"}, "Extra inputs"),
    ],
)
def test_an_inconsistent_group_is_refused(broken: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_group().evolve(**broken)


def test_a_group_is_the_same_after_it_was_written_and_read() -> None:
    whole = (
        make_group()
        .with_criteria_sets((VENDOR,))
        .with_round(make_closed_round(1))
        .with_release(make_release(1))
    )
    assert whole.sets[0].hash and whole.sets[0].questions, "cached values are not written"
    written = whole.model_dump_json()
    again = Group.model_validate_json(written)
    assert again == whole and again.model_dump_json() == written
    assert "questions" not in written


def test_the_last_shown_release_skips_rounds_with_too_few_voices() -> None:
    def shown(number: int, street: Street) -> Release:
        partner_release = PartnerRelease(partner="p1", street=street)
        return make_release(number).evolve(partners=(partner_release,))

    group = make_group()
    for number, street in enumerate((Street.QUIET, Street.MIXED, Street.TOO_FEW), 1):
        group = group.with_round(make_closed_round(number)).with_release(shown(number, street))
    last = group.last_shown_release()
    assert last is not None and [partner.street for partner in last.partners] == [Street.MIXED]
    earlier = group.last_shown_release(2)
    assert earlier is not None and [partner.street for partner in earlier.partners] == [
        Street.QUIET
    ]
