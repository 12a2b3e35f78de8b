"""Two partners that are one firm: nothing shown is lost, and nobody is rated too soon."""

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

from .builders import CLOSED, PEER, VENDOR, a_round
from .results import cells, group, release

NAMES = {"one": "Alder Security", "two": "Alder Securty", "far": "Harborline"}
SHOWN, FEW = Street.TWO_WAY, Street.TOO_FEW


def shown(*streets: dict[str, Street]) -> Group:
    """A group that closed these rounds, a street a partner."""
    rounds = (
        release(*(cells(street, partner=each) for each, street in told.items()), number=number)
        for number, told in enumerate(streets, 1)
    )
    return group(*rounds, names=NAMES)


def test_who_looks_like_whom_is_said_of_both() -> None:
    found = find_look_alikes(shown({"one": SHOWN, "far": SHOWN}, {"two": SHOWN}))
    assert {each: other.name for each, other in found.items()} == {
        "one": "Alder Securty",
        "two": "Alder Security",
    }


def test_an_old_name_can_look_like_another_partner_too() -> None:
    found = shown({"one": SHOWN}, {"far": SHOWN})
    found = found.with_partner(found.get_partner("far").evolve(aliases=("Aldersecurity Group",)))
    assert not find_look_alikes(found)
    found = found.with_partner(found.get_partner("far").evolve(aliases=("Aldr Security",)))
    assert find_look_alikes(found)["one"].name == "Harborline"


def test_nobody_is_asked_about_two_who_are_both_gone_or_told_apart_by_results() -> None:
    assert not find_look_alikes(shown({"one": SHOWN, "two": SHOWN}))
    both = shown({"one": SHOWN}, {"two": SHOWN})
    for partner in both.partners:
        both = both.with_partner(partner.evolve(retired=True))
    assert not find_look_alikes(both)


@pytest.mark.parametrize(("kept", "other"), [("one", "two"), ("two", "one")])
def test_both_ways_names_and_history_become_one_s(kept: str, other: str) -> None:
    before = shown({"one": SHOWN, "far": SHOWN}, {"two": Street.QUIET, "far": FEW})
    before = before.with_partner(before.get_partner("two").evolve(aliases=("Aldersec",)))
    after = merge_partners(before, kept, other)
    assert after.get_partner(kept).name == NAMES[kept]
    assert set(after.get_partner(kept).names) == {"Alder Security", "Alder Securty", "Aldersec"}
    assert [partner.name for partner in after.active_partners] == sorted(
        [NAMES[kept], "Harborline"]
    )
    streets = [told.street for each in after.releases if (told := each.find_partner(kept))]
    assert streets == [SHOWN, Street.QUIET]
    asked = [{partner.id for partner in round_.partners} for round_ in after.rounds]
    assert asked == [{kept, "far"}] * 2
    with pytest.raises(RuleError, match="already"):
        after.with_partner(Partner(id="new", name=NAMES[other]))


def test_what_was_agreed_and_which_questions_were_asked_come_along() -> None:
    first = release(cells(partner="one"))
    second = release(cells(partner="two", outcome=Outcome.THANK), number=2, criteria=VENDOR)
    after = merge_partners(group(first, second, names=NAMES), "one", "two")
    told = after.releases[1].find_partner("one")
    assert told is not None and told.outcome is Outcome.THANK
    assert [each.sets["one"] for each in after.releases] == [PEER.hash, VENDOR.hash]


@pytest.mark.parametrize("shown_one", ["one", "two"])
def test_of_two_in_one_round_the_one_with_enough_voices_stays(shown_one: str) -> None:
    streets = {"one": FEW, "two": FEW, "far": SHOWN} | {shown_one: SHOWN}
    after = merge_partners(shown(streets), "one", "two")
    told = after.releases[0].find_partner("one")
    assert (
        told is not None and told.street is SHOWN and after.releases[0].find_partner("two") is None
    )


def test_two_results_of_a_round_never_become_one() -> None:
    with pytest.raises(RuleError, match="both have a result of round 2"):
        merge_partners(
            shown({"one": FEW, "two": SHOWN}, {"one": SHOWN, "two": SHOWN}), "one", "two"
        )


@pytest.mark.parametrize("asked", ["one", "two"])
def test_who_is_being_rated_is_left_alone(asked: str) -> None:
    before = shown({"one": FEW, "two": FEW})
    before = before.with_round(a_round(asked, number=2).with_state(RoundState.OPEN, CLOSED))
    with pytest.raises(RuleError, match=f"{NAMES[asked]} is being rated"):
        merge_partners(before, "one", "two")


def test_a_round_open_about_others_is_no_obstacle() -> None:
    before = shown({"one": FEW, "two": FEW, "far": FEW})
    before = before.with_round(a_round("far", number=2).with_state(RoundState.OPEN, CLOSED))
    assert merge_partners(before, "one", "two").open_round == before.open_round


@pytest.mark.parametrize(("one", "two", "now"), [(True, False, False), (True, True, True)])
def test_one_is_retired_only_if_both_are(one: bool, two: bool, now: bool) -> None:
    before = shown({"one": SHOWN}, {"two": SHOWN})
    for each, retired in (("one", one), ("two", two)):
        before = before.with_partner(before.get_partner(each).evolve(retired=retired))
    assert merge_partners(before, "one", "two").get_partner("one").retired is now


STREETS = st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from([SHOWN, FEW]), min_size=1)


@given(
    st.lists(STREETS, min_size=1, max_size=4), st.permutations(sorted(NAMES)), st.integers(0, 500)
)
def test_laws_of_merging(rounds: list[dict[str, Street]], ids: list[str], days: int) -> None:
    """Whatever was shown stays shown once; the one rests as long as either; others stay as is."""
    before = shown(*rounds)
    kept, other, third = ids
    if not {kept, other} <= {partner.id for partner in before.partners}:
        return
    both = any(told.get(kept) is told.get(other) is SHOWN for told in rounds)
    if both:
        with pytest.raises(RuleError):
            merge_partners(before, kept, other)
        return
    after = merge_partners(before, kept, other)
    for old, new in zip(before.releases, after.releases, strict=True):
        assert sum(told.street is SHOWN for told in new.partners) == sum(
            told.street is SHOWN for told in old.partners
        )
        assert (
            old.find_partner(third) == new.find_partner(third) and new.find_partner(other) is None
        )
        assert new.sets.keys() == {told.partner for told in new.partners}
    today = CLOSED + timedelta(days)
    rests, rest = before.resting_until(today), after.resting_until(today)
    longest = max((rests[each] for each in (kept, other) if each in rests), default=None)
    assert rest.get(kept) == longest and rest.get(third) == rests.get(third)
    assert longest is None or longest - today <= timedelta(REST_DAYS)
    names = [name for each in (kept, other) for name in before.get_partner(each).names]
    assert all(
        any(is_same_name(name, it) for it in after.get_partner(kept).names) for name in names
    )
    assert Group.model_validate_json(after.model_dump_json()) == after
