"""Opening a round: who is up, how many we are, what to expect, and a key for each keeper."""

import re
from collections.abc import AsyncIterator

import pytest

from peerreview.domain.group import Group
from peerreview.domain.round import KeeperRule, Round
from peerreview.services.desk import Desk
from peerreview.tui.screens.open_round import HandsList

from .stage import Crew, Stage, app_for, on_stage


@pytest.fixture
async def stage(twelve: Desk, crew: Crew) -> AsyncIterator[Stage]:
    """The facilitator, about to open the first round."""
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("o")
        assert stage.where == "OpenRoundScreen"
        yield stage


async def twelve_people(stage: Stage) -> None:
    await stage.press("1", "2", "enter")


async def to_the_keepers(stage: Stage) -> None:
    await twelve_people(stage)
    await stage.press("enter", "y", "y")
    assert stage.where == "HandOverScreen"


async def write_down(stage: Stage) -> list[str]:
    """Have the key shown, write it down, hide it again."""
    await stage.press("enter")
    slip = list(stage.screen._key)
    assert "  ".join(slip) in stage.picture
    await stage.press("enter")
    assert "  ".join(slip) not in stage.picture
    return slip


async def type_back(stage: Stage, slip: list[str]) -> None:
    """Type the two words asked for."""
    asked = re.search(r"Type word (\d) and word (\d) from your slip", stage.words)
    assert asked
    await stage.write(" ".join(slip[int(number) - 1] for number in asked.groups()))
    await stage.press("enter")


def group(desk: Desk) -> Group:
    return desk.rounds.group()


def open_round(desk: Desk) -> Round:
    found = group(desk).open_round
    assert found
    return found


# What to expect.


async def test_the_forecast_says_how_long_and_how_many(stage: Stage) -> None:
    assert "Count the people who will rate: 4 at least." in stage.words
    await stage.press("1", "2")
    assert (
        "12 people, 12 partners: one laptop about 25 minutes, six laptops about 6." in stage.words
    )
    assert "About 11 get enough voices" in stage.words


async def test_hands_make_the_forecast_sharper(stage: Stage) -> None:
    await twelve_people(stage)
    before = stage.line_with("get enough voices")
    await stage.press(*["2", "down"] * 12)
    assert "About 0 get enough voices" in stage.words
    assert stage.line_with("get enough voices") != before
    assert "That is few" in stage.words


async def test_fewer_than_four_people_can_not_open(stage: Stage, twelve: Desk) -> None:
    await stage.press("3", "enter", "enter")
    assert stage.notes == ["4 people and one partner at least."]
    assert stage.where == "OpenRoundScreen"


async def test_no_partner_left_can_not_open(stage: Stage) -> None:
    await twelve_people(stage)
    await stage.press(*["space", "down"] * 12, "enter")
    assert stage.notes == ["4 people and one partner at least."]


# The list.


async def test_hands_are_typed_for_the_partner_at_the_cursor(stage: Stage) -> None:
    await twelve_people(stage)
    await stage.press("7", "down", "1", "1")
    assert stage.line_with("Alder Security").rstrip().endswith("7")
    assert stage.line_with("Bayou Web Works").rstrip().endswith("11")
    await stage.press("backspace")
    assert "not counted" in stage.line_with("Bayou Web Works")


async def test_space_leaves_a_partner_out_and_takes_it_back(stage: Stage, twelve: Desk) -> None:
    await twelve_people(stage)
    await stage.press("down", "space")
    assert "left out" in stage.line_with("Bayou Web Works")
    assert "12 people, 11 partners" in stage.words
    await stage.press("3")
    assert "left out" in stage.line_with("Bayou Web Works"), "nobody counts hands for it"
    await stage.press("space")
    assert "12 people, 12 partners" in stage.words


async def test_tab_goes_back_to_the_heads(stage: Stage) -> None:
    await twelve_people(stage)
    assert isinstance(stage.app.focused, HandsList)
    await stage.press("shift+tab")
    assert stage.app.focused.id == "heads"


async def test_w_changes_between_one_and_two_keepers(stage: Stage) -> None:
    await twelve_people(stage)
    assert "two keepers, either opens" in stage.words
    await stage.press("w")
    assert "one keeper" in stage.words
    await stage.press("w")
    assert "two keepers" in stage.words


async def test_w_works_while_heads_are_typed_too(stage: Stage) -> None:
    await stage.press("1", "2", "w")
    assert "one keeper" in stage.words
    assert stage.screen.heads == 12


@pytest.mark.parametrize("typed", ["minus", "plus", "a", "0", "full_stop"])
async def test_heads_that_are_no_number_are_no_heads(stage: Stage, typed: str) -> None:
    await stage.press(typed, "enter", "enter")
    assert stage.where == "OpenRoundScreen"
    assert stage.notes == ["4 people and one partner at least."]


# Opening.


@pytest.mark.parametrize("answers", [["n"], ["y", "n"], ["escape"], ["y", "escape"], ["enter"]])
async def test_a_checklist_not_kept_opens_nothing(
    stage: Stage, twelve: Desk, answers: list[str]
) -> None:
    await twelve_people(stage)
    await stage.press("enter")
    assert "Is the projector off while you rate?" in stage.words
    await stage.press(*answers)
    assert stage.where == "OpenRoundScreen"
    assert group(twelve).rounds == ()


async def test_two_keepers_write_down_a_key_each_and_the_round_is_open(
    stage: Stage, twelve: Desk
) -> None:
    await to_the_keepers(stage)
    slips: list[list[str]] = []
    for number in (1, 2):
        assert f"keeper {number} of 2" in stage.words
        slips.append(await write_down(stage))
        await type_back(stage, slips[-1])
    assert stage.where == "TurnsScreen"
    assert slips[0] != slips[1]
    opened = open_round(twelve)
    assert (opened.heads, len(opened.partners)) == (12, 12)
    assert opened.keepers is KeeperRule.EITHER_OF_TWO
    assert not any(" ".join(slip) in stage.words for slip in slips)


async def test_the_plan_is_what_is_opened(stage: Stage, twelve: Desk) -> None:
    await twelve_people(stage)
    await stage.press("7", "down", "space", "w", "enter", "y", "y")
    assert "keeper 1 of 1" in stage.words
    await type_back(stage, await write_down(stage))
    opened = open_round(twelve)
    names = {each.id: each.name for each in group(twelve).partners}
    hands = {names[each.id]: each.hands for each in opened.partners}
    assert hands["Alder Security"] == 7
    assert "Bayou Web Works" not in hands
    assert hands["Cobalt Voice"] is None
    assert opened.keepers is KeeperRule.ONE


async def test_nothing_is_shown_before_the_keeper_asks_for_it(stage: Stage) -> None:
    await to_the_keepers(stage)
    assert "Everybody else, look away." in stage.words
    assert "  ".join(stage.screen._key) not in stage.picture


async def test_wrong_words_show_the_key_again(stage: Stage, twelve: Desk) -> None:
    await to_the_keepers(stage)
    slip = await write_down(stage)
    await stage.write("zoo zoo")
    await stage.press("enter")
    assert "Those were other words. Compare with your slip." in stage.words
    assert "  ".join(slip) in stage.picture
    assert group(twelve).rounds == ()
    await stage.press("enter")
    await type_back(stage, slip)
    assert "keeper 2 of 2" in stage.words


async def test_words_typed_back_are_hidden_and_four_letters_do(stage: Stage) -> None:
    await to_the_keepers(stage)
    slip = await write_down(stage)
    await type_back(stage, [word[:4].upper() for word in slip])
    assert "keeper 2 of 2" in stage.words


@pytest.mark.parametrize("so_far", [0, 1, 2])
async def test_if_a_keeper_turns_back_nothing_is_kept(
    stage: Stage, twelve: Desk, so_far: int
) -> None:
    await to_the_keepers(stage)
    await type_back(stage, await write_down(stage))
    await stage.press(*["enter"] * so_far, "escape")
    assert stage.where == "OpenRoundScreen"
    assert group(twelve).rounds == ()
    assert twelve.rounds.progress() is None
    await stage.press("enter", "y", "y")
    assert "keeper 1 of 2" in stage.words


async def test_turning_back_keeps_the_plan(stage: Stage) -> None:
    await twelve_people(stage)
    await stage.press("7", "down", "space", "enter", "y", "y", "escape")
    assert stage.screen.heads == 12
    assert stage.line_with("Alder Security").rstrip().endswith("7")
    assert "left out" in stage.line_with("Bayou Web Works")


async def test_somebody_elses_round_is_told_once(stage: Stage, twelve: Desk) -> None:
    from .groups import open_round as open_elsewhere

    await to_the_keepers(stage)
    await type_back(stage, await write_down(stage))
    slip = await write_down(stage)
    open_elsewhere(twelve)
    await type_back(stage, slip)
    assert stage.notes == ["somebody else opened a round just now"]


async def test_partners_shown_lately_rest(crew: Crew, told: Desk, calendar) -> None:
    calendar.turn(-100)  # a few days after round 2
    async with on_stage(app_for(told), crew) as stage:
        await stage.press("o")
        assert "10 partners rest: they were shown less than 60 days ago." in stage.words
        assert "Alder Security" not in stage.words
        assert "Cobalt Voice" in stage.words
