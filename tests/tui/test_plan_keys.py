"""What keys change in a plan, and which words a keeper may type back, without an app."""

import pytest

from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule
from peerreview.tui.round.hand_over import words_match
from peerreview.tui.round.plan_list import (
    FIRST_PARTNER,
    HEADS,
    KEEPERS,
    MINUTES,
    REHEARSAL,
    change_plan,
)

PARTNERS = tuple(
    Partner(id=f"{number:016x}", name=name, kind=PartnerKind.PEER)
    for number, name in enumerate(("Alder Security", "Bayou Web Works"))
)
ALDER, BAYOU = (partner.id for partner in PARTNERS)
PLAN = Plan(dict.fromkeys((ALDER, BAYOU)))


def after(index: int, *keys: str, plan: Plan = PLAN) -> Plan:
    """Return the plan after pressing keys on one line of it."""
    for key in keys:
        plan = change_plan(plan, index, PARTNERS, key)
    return plan


@pytest.mark.parametrize(
    ("keys", "heads"),
    [("7", 7), ("12", 12), ("60", 60), ("61", 1), ("0", 0), ("129", 9)],
)
def test_digits_count_people_up_to_sixty_and_then_start_again(keys: str, heads: int) -> None:
    assert after(HEADS, *keys).heads == heads


def test_backspace_and_space_clear_a_number() -> None:
    assert after(HEADS, "1", "2", "backspace").heads == 0
    assert after(MINUTES, "3", "0", "space").minutes is None


@pytest.mark.parametrize(("keys", "minutes"), [("5", 5), ("999", 999), ("1000", None)])
def test_minutes_have_at_most_three_digits_and_none_is_no_limit(
    keys: str, minutes: int | None
) -> None:
    assert after(MINUTES, *keys).minutes == minutes


def test_space_cycles_through_the_rules_for_keepers() -> None:
    seen = [after(KEEPERS, *["space"] * times).keepers for times in range(len(KeeperRule) + 1)]
    assert {*seen} == {*KeeperRule} and seen[0] == seen[-1]


@pytest.mark.parametrize("key", ["3", "backspace"])
def test_only_space_changes_a_choice(key: str) -> None:
    assert after(KEEPERS, key) == after(REHEARSAL, key) == PLAN


def test_space_makes_a_round_a_rehearsal_and_back() -> None:
    assert after(REHEARSAL, "space").rehearsal
    assert after(REHEARSAL, "space", "space") == PLAN


def test_hands_are_counted_for_one_partner() -> None:
    assert after(FIRST_PARTNER + 1, "1", "1").hands == {ALDER: None, BAYOU: 11}
    assert after(FIRST_PARTNER + 1, "7", "backspace").hands == {ALDER: None, BAYOU: None}


def test_space_leaves_a_partner_out_and_any_other_key_takes_it_back_in() -> None:
    left_out = after(FIRST_PARTNER, "space")
    assert left_out.hands == {BAYOU: None}
    for key, hands in (("space", None), ("3", 3), ("backspace", None)):
        assert after(FIRST_PARTNER, key, plan=left_out).hands == {BAYOU: None, ALDER: hands}


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("river oak", True),
        ("rive oak", True),
        ("riv oak", False),
        ("river oa", False),
        ("oak river", False),
        ("river", False),
        ("river oak oak", False),
        ("rivers oak", False),
        ("", False),
    ],
)
def test_four_letters_of_each_word_in_the_order_asked_for_are_enough(
    typed: str, match: bool
) -> None:
    assert words_match(typed.split(), ["river", "oak"]) is match
