"""Merging two partners loses no shown result and never shortens a rest."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.merging import find_look_alikes, merge_partners
from peerreview.domain.group.partner import Partner, is_same_name
from peerreview.domain.round.round import REST_DAYS, RoundState
from peerreview.domain.tally.release import Outcome
from peerreview.domain.tally.verdict import Street

from .builders import CLOSED, PEER, VENDOR, make_round
from .results import make_group, make_release, make_result

NAMES = {"one": "Alder Security", "two": "Alder Securty", "far": "Harborline"}
SHOWN, FEW = Street.TWO_WAY, Street.TOO_FEW


def make_group_of_streets(*streets: dict[str, Street]) -> Group:
    """Return a group that closed these rounds; a round maps partner ids to streets."""
    rounds = (
        make_release(
            *(make_result(street, partner=partner) for partner, street in results.items()),
            number=number,
        )
        for number, results in enumerate(streets, 1)
    )
    return make_group(*rounds, names=NAMES)


def test_each_look_alike_names_the_other() -> None:
    look_alikes = find_look_alikes(
        make_group_of_streets({"one": SHOWN, "far": SHOWN}, {"two": SHOWN})
    )
    assert {id_: other.name for id_, other in look_alikes.items()} == {
        "one": "Alder Securty",
        "two": "Alder Security",
    }


def test_an_alias_can_look_like_another_partner() -> None:
    group = make_group_of_streets({"one": SHOWN}, {"far": SHOWN})
    group = group.with_partner(group.get_partner("far").evolve(aliases=("Aldersecurity Group",)))
    assert not find_look_alikes(group)
    group = group.with_partner(group.get_partner("far").evolve(aliases=("Aldr Security",)))
    assert find_look_alikes(group)["one"].name == "Harborline"


def test_retired_pairs_and_pairs_with_results_in_one_round_are_no_look_alikes() -> None:
    assert not find_look_alikes(make_group_of_streets({"one": SHOWN, "two": SHOWN}))
    both = make_group_of_streets({"one": SHOWN}, {"two": SHOWN})
    for partner in both.partners:
        both = both.with_partner(partner.evolve(retired=True))
    assert not find_look_alikes(both)


@pytest.mark.parametrize(("kept", "other"), [("one", "two"), ("two", "one")])
def test_names_and_history_are_merged_in_either_direction(kept: str, other: str) -> None:
    before = make_group_of_streets({"one": SHOWN, "far": SHOWN}, {"two": Street.QUIET, "far": FEW})
    before = before.with_partner(before.get_partner("two").evolve(aliases=("Aldersec",)))
    after = merge_partners(before, kept, other)
    assert after.get_partner(kept).name == NAMES[kept]
    assert set(after.get_partner(kept).names) == {"Alder Security", "Alder Securty", "Aldersec"}
    assert [partner.name for partner in after.active_partners] == sorted(
        [NAMES[kept], "Harborline"]
    )
    streets = [
        result.street for release in after.releases if (result := release.find_partner(kept))
    ]
    assert streets == [SHOWN, Street.QUIET]
    asked = [{partner.id for partner in round_.partners} for round_ in after.rounds]
    assert asked == [{kept, "far"}] * 2
    with pytest.raises(RuleError, match="already"):
        after.with_partner(Partner(id="new", name=NAMES[other]))


def test_outcomes_and_criteria_sets_are_merged_too() -> None:
    first = make_release(make_result(partner="one"))
    second = make_release(
        make_result(partner="two", outcome=Outcome.THANK), number=2, criteria=VENDOR
    )
    after = merge_partners(make_group(first, second, names=NAMES), "one", "two")
    partner = after.releases[1].find_partner("one")
    assert partner is not None and partner.outcome is Outcome.THANK
    assert [release.sets["one"] for release in after.releases] == [PEER.hash, VENDOR.hash]


@pytest.mark.parametrize("shown_one", ["one", "two"])
def test_of_two_results_in_a_round_the_one_with_enough_voices_stays(shown_one: str) -> None:
    streets = {"one": FEW, "two": FEW, "far": SHOWN} | {shown_one: SHOWN}
    after = merge_partners(make_group_of_streets(streets), "one", "two")
    partner = after.releases[0].find_partner("one")
    assert (
        partner is not None
        and partner.street is SHOWN
        and after.releases[0].find_partner("two") is None
    )


def test_two_shown_results_of_a_round_are_never_merged() -> None:
    with pytest.raises(RuleError, match="both have a result of round 2"):
        merge_partners(
            make_group_of_streets({"one": FEW, "two": SHOWN}, {"one": SHOWN, "two": SHOWN}),
            "one",
            "two",
        )


@pytest.mark.parametrize("asked", ["one", "two"])
def test_a_partner_that_is_being_rated_cannot_be_merged(asked: str) -> None:
    before = make_group_of_streets({"one": FEW, "two": FEW})
    before = before.with_round(make_round(asked, number=2).with_state(RoundState.OPEN, CLOSED))
    with pytest.raises(RuleError, match=f"{NAMES[asked]} is being rated"):
        merge_partners(before, "one", "two")


def test_an_open_round_about_other_partners_does_not_prevent_a_merge() -> None:
    before = make_group_of_streets({"one": FEW, "two": FEW, "far": FEW})
    before = before.with_round(make_round("far", number=2).with_state(RoundState.OPEN, CLOSED))
    assert merge_partners(before, "one", "two").open_round == before.open_round


@pytest.mark.parametrize(("first", "second", "merged"), [(True, False, False), (True, True, True)])
def test_a_merged_partner_is_retired_only_if_both_were(
    first: bool, second: bool, merged: bool
) -> None:
    before = make_group_of_streets({"one": SHOWN}, {"two": SHOWN})
    for id_, retired in (("one", first), ("two", second)):
        before = before.with_partner(before.get_partner(id_).evolve(retired=retired))
    assert merge_partners(before, "one", "two").get_partner("one").retired is merged


STREETS = st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from([SHOWN, FEW]), min_size=1)


@given(
    st.lists(STREETS, min_size=1, max_size=4), st.permutations(sorted(NAMES)), st.integers(0, 500)
)
def test_a_merge_keeps_shown_results_rests_names_and_other_partners(
    rounds: list[dict[str, Street]], ids: list[str], days: int
) -> None:
    """Shown results stay, the longer of both rests stays, and other partners don't change."""
    before = make_group_of_streets(*rounds)
    kept, other, third = ids
    if not {kept, other} <= {partner.id for partner in before.partners}:
        return
    both = any(streets.get(kept) is streets.get(other) is SHOWN for streets in rounds)
    if both:
        with pytest.raises(RuleError):
            merge_partners(before, kept, other)
        return
    after = merge_partners(before, kept, other)
    for old, new in zip(before.releases, after.releases, strict=True):
        assert sum(result.street is SHOWN for result in new.partners) == sum(
            result.street is SHOWN for result in old.partners
        )
        assert (
            old.find_partner(third) == new.find_partner(third) and new.find_partner(other) is None
        )
        assert new.sets.keys() == {result.partner for result in new.partners}
    today = CLOSED + timedelta(days)
    rests, rest = before.resting_until(today), after.resting_until(today)
    longest = max((rests[id_] for id_ in (kept, other) if id_ in rests), default=None)
    assert rest.get(kept) == longest and rest.get(third) == rests.get(third)
    assert longest is None or longest - today <= timedelta(REST_DAYS)
    names = [name for id_ in (kept, other) for name in before.get_partner(id_).names]
    assert all(
        any(is_same_name(name, kept_name) for kept_name in after.get_partner(kept).names)
        for name in names
    )
    assert Group.model_validate_json(after.model_dump_json()) == after
