"""Opening a round: the plan, the forecast, and a key for each keeper."""

import re
from collections.abc import AsyncIterator

import pytest
from memory import MemoryVault

from peerreview.domain.group.group import Group
from peerreview.domain.round.round import KeeperRule, Round
from peerreview.services.group_services import GroupServices
from peerreview.tui.round.plan_list import PlanList

from .groups import TWELVE
from .groups import open_round as open_elsewhere
from .stage import Crew, Stage, app_for, on_stage


@pytest.fixture
async def stage(twelve: GroupServices, crew: Crew) -> AsyncIterator[Stage]:
    """Yield the facilitator, about to open the first round."""
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("o")
        assert stage.screen_name == "OpenRoundScreen"
        yield stage


async def type_twelve_people(stage: Stage) -> None:
    await stage.press("1", "2")


async def move_to_first_partner(stage: Stage) -> None:
    """Move from any line to the first partner."""
    await stage.press("home", *["down"] * 4)


async def go_to_the_keepers(stage: Stage) -> None:
    await type_twelve_people(stage)
    await stage.press("enter", "y", "y")
    assert stage.screen_name == "HandOverScreen"


async def write_down(stage: Stage) -> list[str]:
    """Show the key, read its words, and hide it again."""
    await stage.press("enter")
    slip = list(stage.screen._key)
    assert "  ".join(slip) in stage.picture
    await stage.press("enter")
    assert "  ".join(slip) not in stage.picture
    return slip


async def type_back(stage: Stage, slip: list[str]) -> None:
    """Type the two words that are asked for."""
    asked = re.search(r"Type word (\d) and word (\d) from your slip", stage.words)
    assert asked
    await stage.write(" ".join(slip[int(number) - 1] for number in asked.groups()))
    await stage.press("enter")


def group(services: GroupServices) -> Group:
    return services.rounds.group()


def open_round(services: GroupServices) -> Round:
    open_round = group(services).open_round
    assert open_round
    return open_round


# The forecast.


async def test_the_forecast_says_how_long_and_how_many(stage: Stage) -> None:
    assert "Count the people who will rate: 4 at least." in stage.words
    await stage.press("1", "2")
    assert (
        "12 people, 12 partners: one laptop about 25 minutes, six laptops about 6." in stage.words
    )
    assert (
        "About 11 partners get enough voices for a result: 5 of them a street from quick ballots, "
        "7 from full ones." in stage.words
    )


async def test_no_poor_forecast_is_shown_before_hands_are_counted(stage: Stage) -> None:
    await stage.press("4")
    assert "A result needs 4 voices a partner: count hands to see what to expect." in stage.words
    assert "ask a neighboring group" not in stage.words
    await move_to_first_partner(stage)
    await stage.press("2")
    assert "ask a neighboring group" in stage.words


async def test_hands_make_the_forecast_sharper(stage: Stage) -> None:
    await type_twelve_people(stage)
    await move_to_first_partner(stage)
    await stage.press(*["2", "down"] * 12)
    assert (
        "No partner would get enough voices yet: ask a neighboring group to rate with you."
        in stage.words
    )
    await stage.press("home", *["down"] * 4, "4")
    assert "About 1 partner gets enough voices for a result. That is few" in stage.words


async def test_fewer_than_four_people_cannot_open_a_round(
    stage: Stage, twelve: GroupServices
) -> None:
    await stage.press("3", "enter")
    assert stage.notes == ["a round needs 4 people and one partner at least"]
    assert stage.screen_name == "OpenRoundScreen"


async def test_a_round_without_partners_cannot_be_opened(stage: Stage) -> None:
    await type_twelve_people(stage)
    await move_to_first_partner(stage)
    await stage.press(*["space", "down"] * 12, "enter")
    assert stage.notes == ["a round needs 4 people and one partner at least"]


async def test_more_hands_than_people_are_refused(stage: Stage) -> None:
    await type_twelve_people(stage)
    await move_to_first_partner(stage)
    await stage.press("1", "3", "enter")
    assert stage.notes == ["13 hands for one partner, and 12 people: recount"]
    assert stage.screen_name == "OpenRoundScreen"


# The list.


async def test_hands_are_typed_for_the_partner_at_the_cursor(stage: Stage) -> None:
    await move_to_first_partner(stage)
    await stage.press("7", "down", "1", "1")
    assert " 7" in stage.line_with("Alder Security")
    assert " 11" in stage.line_with("Bayou Web Works")
    await stage.press("backspace", "down")
    assert "not counted" in stage.line_with("Bayou Web Works")


async def test_space_leaves_a_partner_out_and_takes_it_back(
    stage: Stage, twelve: GroupServices
) -> None:
    await type_twelve_people(stage)
    await move_to_first_partner(stage)
    await stage.press("down", "space")
    assert "left out" in stage.line_with("Bayou Web Works")
    assert "12 people, 11 partners" in stage.words
    await stage.press("space")
    assert "12 people, 12 partners" in stage.words
    await stage.press("space", "3")
    assert " 3" in stage.line_with("Bayou Web Works"), "whoever counts hands takes it back in"


async def test_heads_can_be_corrected(stage: Stage) -> None:
    await type_twelve_people(stage)
    await stage.press("down", "up", "backspace", "9")
    assert "9 people, 12 partners" in stage.words


async def test_space_changes_the_keepers_and_their_explanation(stage: Stage) -> None:
    await stage.press("down")
    for keepers, explanation in (
        ("two, either opens", "either of them opens the box alone. If one slip gets lost"),
        ("three, any two open", "nobody can alone. If one slip gets lost, the other two still do."),
        ("one", "If the slip gets lost, nobody can open it."),
        ("two, either opens", "Two peers hold a key each"),
    ):
        assert keepers in stage.line_with("Keepers of the key")
        assert explanation in stage.words
        await stage.press("space")
    await stage.press("7", "backspace")
    assert stage.find_widget(PlanList).plan.keepers is KeeperRule.TWO_OF_THREE, (
        "only space changes it"
    )


async def test_minutes_are_typed_and_taken_back(stage: Stage) -> None:
    await stage.press("down", "down")
    assert "Nothing closes by itself." in stage.words
    await stage.press("1", "2", "0")
    assert " 120 " in stage.line_with("Minutes to rate")
    await stage.press("backspace", "down")
    assert "no limit" in stage.line_with("Minutes to rate")


async def test_a_rehearsal_is_announced_on_top_and_explained(stage: Stage) -> None:
    await stage.press(*["down"] * 3, "space")
    assert "is a rehearsal" in stage.line_with("This round")
    assert "OPEN A ROUND rehearsal · Gulf Coast Peers" in stage.words
    assert "ballots go into the box empty: they are counted" in stage.words
    await stage.press("space")
    assert "Gulf Coast Peers · round 1" in stage.words


async def test_a_second_click_does_what_space_does(stage: Stage) -> None:
    await stage.click_on("Keepers of the key")
    await stage.click_on("Keepers of the key")
    assert "three, any two open" in stage.words
    await stage.click_on("space change")
    assert stage.find_widget(PlanList).plan.keepers is KeeperRule.ONE


async def test_only_digits_change_the_number_of_heads(stage: Stage) -> None:
    await stage.press("minus", "plus", "a", "0", "full_stop", "tab", "²", "enter")
    assert stage.screen_name == "OpenRoundScreen"
    assert stage.notes == ["a round needs 4 people and one partner at least"]


async def test_the_cursor_never_stands_on_the_heading(stage: Stage) -> None:
    await stage.press(*["down"] * 4)
    assert "▸● Alder Security" in stage.picture
    await stage.press("up")
    assert "▸ This round" in stage.picture


async def test_leaving_asks_only_if_something_was_counted(stage: Stage) -> None:
    await stage.press("escape")
    assert stage.screen_name == "BoardScreen"
    await stage.press("o", "1", "2", "escape")
    assert "What you counted is forgotten; no round is opened." in stage.words
    await stage.press("n")
    assert stage.find_widget(PlanList).plan.heads == 12
    await stage.press("escape", "y")
    assert stage.screen_name == "BoardScreen"


# Opening.


@pytest.mark.parametrize("answers", [["n"], ["y", "n"], ["escape"], ["y", "escape"], ["enter"]])
async def test_refusing_the_checklist_opens_nothing(
    stage: Stage, twelve: GroupServices, answers: list[str]
) -> None:
    await type_twelve_people(stage)
    await stage.press("enter")
    assert "Is the projector off while you rate?" in stage.words
    await stage.press(*answers)
    assert stage.screen_name == "OpenRoundScreen"
    assert group(twelve).rounds == ()


async def test_a_folder_that_keeps_copies_is_asked_about_first(
    stage: Stage, twelve: GroupServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        MemoryVault, "describe_folder_risks", lambda vault: ("this folder is synced by Dropbox",)
    )
    await type_twelve_people(stage)
    await stage.press("enter")
    assert "this folder is synced by Dropbox. Go on all the same?" in stage.words
    await stage.press("y")
    assert "Is the projector off while you rate?" in stage.words
    await stage.press("escape")
    assert group(twelve).rounds == ()


async def test_two_keepers_write_down_a_key_each_and_the_round_is_open(
    stage: Stage, twelve: GroupServices
) -> None:
    await go_to_the_keepers(stage)
    slips: list[list[str]] = []
    for number in (1, 2):
        assert f"keeper {number} of 2" in stage.words
        slips.append(await write_down(stage))
        await type_back(stage, slips[-1])
    assert stage.screen_name == "TurnsScreen"
    assert slips[0] != slips[1]
    opened = open_round(twelve)
    assert (opened.heads, len(opened.partners)) == (12, 12)
    assert opened.keepers is KeeperRule.EITHER_OF_TWO
    assert not any(" ".join(slip) in stage.words for slip in slips)


async def test_the_round_is_opened_as_planned(stage: Stage, twelve: GroupServices) -> None:
    await type_twelve_people(stage)
    await stage.press("down", "space", "space", "down", "3", "0", "down", "down", "7")
    await stage.press("down", "space", "enter", "y", "y")
    assert "keeper 1 of 1" in stage.words
    await type_back(stage, await write_down(stage))
    opened = open_round(twelve)
    names = {partner.id: partner.name for partner in group(twelve).partners}
    up = {names[partner.id] for partner in opened.partners}
    assert up == {*TWELVE} - {"Bayou Web Works"}
    assert opened.keepers is KeeperRule.ONE
    assert "30 minutes left" in stage.words
    assert "hands" not in opened.partners[0].model_dump(), "hands would tell voices"


async def test_nothing_is_shown_before_the_keeper_asks_for_it(stage: Stage) -> None:
    await go_to_the_keepers(stage)
    assert "Everybody else, look away." in stage.words
    assert "  ".join(stage.screen._key) not in stage.picture


async def test_wrong_words_show_the_key_again(stage: Stage, twelve: GroupServices) -> None:
    await go_to_the_keepers(stage)
    slip = await write_down(stage)
    await stage.write("zoo zoo")
    await stage.press("enter")
    assert "Those were other words. Compare with your slip." in stage.words
    assert "  ".join(slip) in stage.picture
    assert group(twelve).rounds == ()
    await stage.press("enter")
    await type_back(stage, slip)
    assert "keeper 2 of 2" in stage.words


async def test_the_key_can_be_seen_again_before_typing_back(
    stage: Stage, twelve: GroupServices
) -> None:
    await go_to_the_keepers(stage)
    assert "see the key again" not in stage.words
    slip = await write_down(stage)
    await stage.write("half")
    for key in ("up", "enter"):  # Enter alone says as much
        await stage.press(key)
        assert "  ".join(slip) in stage.picture
        assert "other words" not in stage.words
        await stage.press("enter")
    await stage.press("up")
    await stage.press("enter")
    await type_back(stage, slip)
    assert "keeper 2 of 2" in stage.words


async def test_three_keepers_write_down_a_key_each(stage: Stage, twelve: GroupServices) -> None:
    await stage.press("down", "space", "home")
    await go_to_the_keepers(stage)
    slips: list[list[str]] = []
    for number in (1, 2, 3):
        assert f"keeper {number} of 3" in stage.words
        slips.append(await write_down(stage))
        await type_back(stage, slips[-1])
    assert open_round(twelve).keepers is KeeperRule.TWO_OF_THREE
    assert len({" ".join(slip) for slip in slips}) == 3


# A rehearsal, and a round like the last one.


async def test_a_rehearsal_is_marked_for_everybody(stage: Stage, twelve: GroupServices) -> None:
    await stage.press("1", "2", *["down"] * 3, "space", "enter", "y", "y")
    assert "rehearsal · keeper 1 of 2" in stage.words
    for _ in range(2):
        await type_back(stage, await write_down(stage))
    assert "YOUR TURN rehearsal · Gulf Coast Peers" in stage.words
    assert open_round(twelve).rehearsal
    await stage.press("escape", *"leave", "enter")
    assert "A rehearsal is open" in stage.words


async def test_one_key_plans_the_round_like_the_last_one(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("o", *["down"] * 5, "space", "7", "l")
        assert "l like the last" in stage.words
        plan = stage.find_widget(PlanList).plan
        assert (plan.heads, plan.keepers) == (12, KeeperRule.EITHER_OF_TWO)
        assert [*plan.hands.values()] == [None] * 12, "hands are asked for again"
        await stage.press("escape")
        assert "What you counted is forgotten" in stage.words


async def test_without_a_last_round_no_plan_can_be_repeated(stage: Stage) -> None:
    assert "like the last" not in stage.words
    await stage.press("l")
    assert stage.find_widget(PlanList).plan.heads == 0


async def test_words_typed_back_are_hidden_and_need_four_letters_each(stage: Stage) -> None:
    await go_to_the_keepers(stage)
    slip = await write_down(stage)
    await type_back(stage, [word[:4].upper() for word in slip])
    assert "keeper 2 of 2" in stage.words


@pytest.mark.parametrize("so_far", [0, 1, 2])
async def test_a_keeper_who_cancels_leaves_no_round(
    stage: Stage, twelve: GroupServices, so_far: int
) -> None:
    await go_to_the_keepers(stage)
    await type_back(stage, await write_down(stage))
    await stage.press(*["enter"] * so_far, "escape")
    if so_far:
        assert "keys written down so far open nothing" in stage.words
        await stage.press("n")
        assert "keeper 2 of 2" in stage.words
        await stage.press("escape", "y")
    assert stage.screen_name == "OpenRoundScreen"
    assert stage.notes == ["No round was opened. Tear up the slips: these keys open nothing."]
    assert group(twelve).rounds == ()
    assert twelve.rounds.progress() is None
    await stage.press("enter", "y", "y")
    assert "keeper 1 of 2" in stage.words


async def test_canceling_keeps_the_plan(stage: Stage) -> None:
    await type_twelve_people(stage)
    await move_to_first_partner(stage)
    await stage.press("7", "down", "space", "enter", "y", "y", "escape")
    plan = stage.find_widget(PlanList).plan
    assert plan.heads == 12
    assert sorted(plan.hands.values(), key=str) == [7, *[None] * 10]
    assert "left out" in stage.line_with("Bayou Web Works")


async def test_a_round_opened_by_another_program_is_reported_once(
    stage: Stage, twelve: GroupServices
) -> None:
    await go_to_the_keepers(stage)
    await type_back(stage, await write_down(stage))
    slip = await write_down(stage)
    open_elsewhere(twelve)
    await type_back(stage, slip)
    assert stage.notes == ["somebody else opened a round just now"]


async def test_partners_shown_lately_are_left_out_of_the_plan(
    crew: Crew, rated_group: GroupServices, calendar
) -> None:
    calendar.turn(-100)  # a few days after round 2
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("o")
        assert "Resting, as shown less than 60 days ago: 10 partners." in stage.words
        assert "Alder Security" not in stage.words
        assert "Cobalt Voice" in stage.words
