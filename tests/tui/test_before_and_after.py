"""Before and after a round: a rehearsal, three keepers, minutes to rate, and the demo's steps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from memory import MemoryVault
from stories import Calendar, fast_environment, key_of, opened, rated

from peerreview.domain.round.round import KeeperRule
from peerreview.errors import FileError
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound
from peerreview.tui.app.options import Demo

from .groups import create_group, make_rater
from .stage import END, START, Crew, Stage, app_for, make_failing_workspace, on_stage


def ready_to_close(services: GroupServices, **plan: object) -> PreparedRound:
    """Open a round for four, with all four ballots in."""
    prepared = opened(services, **plan)
    rated(services, *[make_rater()] * 4)
    return prepared


async def type_keys(stage: Stage, *keys: str) -> None:
    await stage.press("c", "4", "enter")
    for key in keys:
        await stage.write(key)
        await stage.press("enter")


# A rehearsal.


async def test_every_screen_of_a_rehearsal_says_so(twelve: GroupServices, crew: Crew) -> None:
    opened(twelve, rehearsal=True)
    async with on_stage(app_for(twelve, "turn"), crew) as stage:
        for keys, where in (
            ((), "TurnsScreen"),
            (START[:1], "CodeScreen"),
            (START[1:], "BallotScreen"),
            (("4", "enter"), "GridScreen"),
            (("escape", "c"), "CheckScreen"),
            (("c", "enter"), "MirrorScreen"),
            (END[:1], "CurtainScreen"),
        ):
            await stage.press(*keys)
            assert stage.screen_name == where, stage.picture
            assert "rehearsal · Gulf Coast Peers" in stage.lines[0]
            assert ("no result is shown" in stage.words) == (where == "CheckScreen")


async def test_a_rehearsal_is_marked_also_where_there_is_little_room(
    twelve: GroupServices, crew: Crew
) -> None:
    opened(twelve, rehearsal=True)
    async with on_stage(app_for(twelve, "turn"), crew, (60, 20)) as stage:
        assert "rehearsal" in stage.lines[0]
        await stage.press(*START)
        assert "rehearsal" in stage.lines[0]


async def test_a_rehearsal_ends_without_a_result(twelve: GroupServices, crew: Crew) -> None:
    prepared = ready_to_close(twelve, rehearsal=True)
    async with on_stage(app_for(twelve), crew) as stage:
        assert "A rehearsal is open: 4 of 4 handed in." in stage.words
        await stage.press("c")
        assert "CLOSE THE BOX rehearsal · Gulf Coast Peers" in stage.words
        assert "no result is shown" in stage.words
        await stage.press("escape")
        await type_keys(stage, key_of(prepared))
        assert stage.screen_name == "BoardScreen"
        assert "The rehearsal is over: the count agrees, the key opens the box" in stage.notes[0]
        assert "No round has been closed yet" in stage.words
        await stage.press("o")
        assert "Gulf Coast Peers · round 1" in stage.words, "the real one takes its number"


# Any two of three keepers.


@pytest.mark.parametrize("order", [(0, 1), (2, 0), (1, 2)])
async def test_two_of_three_keepers_type_their_keys(
    twelve: GroupServices, crew: Crew, order: tuple[int, int]
) -> None:
    prepared = ready_to_close(twelve, keepers=KeeperRule.TWO_OF_THREE)
    async with on_stage(app_for(twelve), crew) as stage:
        await type_keys(stage, *(key_of(prepared, number) for number in order))
        assert stage.screen_name == "BoardScreen", stage.words
        assert "TWO-WAY STREETS" in stage.words


async def test_one_key_of_three_is_not_enough_and_nobody_reads_it(
    twelve: GroupServices, crew: Crew
) -> None:
    prepared = ready_to_close(twelve, keepers=KeeperRule.TWO_OF_THREE)
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("c")
        before = stage.words  # some words of a key may be on the screen anyway
        await stage.press("escape")
        await type_keys(stage, key_of(prepared))
        assert "Two keepers, one after the other" in stage.words
        assert all(stage.words.count(word) == before.count(word) for word in prepared.keys[0])
        await stage.press("enter")
        assert stage.app.focused.id == "other-key"
        await stage.write(key_of(prepared))
        await stage.press("enter")
        assert "this is the same key twice: two different keepers are needed." in stage.words
        assert twelve.rounds.group().open_round


async def test_a_misspelled_second_key_is_named(twelve: GroupServices, crew: Crew) -> None:
    prepared = ready_to_close(twelve, keepers=KeeperRule.TWO_OF_THREE)
    async with on_stage(app_for(twelve), crew) as stage:
        await type_keys(stage, key_of(prepared), "apple river stone cloud rian")
        assert "key 2: word 5 isn't on the word list: look at the spelling." in stage.words


# Minutes to rate.


async def test_the_minutes_left_are_told_between_two_turns(crew: Crew) -> None:
    clock = [datetime(2026, 10, 15, 19, 0, tzinfo=UTC)]
    environment = replace(fast_environment(Calendar()), now=lambda: clock[0])
    services = create_group(GroupServices(MemoryVault(), environment))
    opened(services, minutes=25)
    async with on_stage(app_for(services, "turn"), crew) as stage:
        assert "25 minutes left · 4 more needed" in stage.words
        clock[0] += timedelta(minutes=24)
        await stage.press(*START, "escape", "enter")
        assert "1 minute left ·" in stage.words
        clock[0] += timedelta(hours=1)
        await stage.press(*START, "escape", "enter")
        assert "time is up ·" in stage.words
        await stage.press("enter")
        assert stage.screen_name == "CodeScreen", "nothing is closed by itself"


# The demo.


@pytest.fixture
def sample(twelve: GroupServices) -> tuple[GroupServices, str]:
    """A group like the sample: three of four ballots are in, and the key lies open."""
    prepared = opened(twelve)
    rated(twelve, *[make_rater()] * 3)
    return twelve, key_of(prepared)


async def test_the_demo_goes_in_three_steps_and_starts_over(
    sample: tuple[GroupServices, str], crew: Crew
) -> None:
    services, key = sample
    copies: list[GroupServices] = []

    def fresh() -> Demo:
        copies.append(create_group(GroupServices(MemoryVault(), fast_environment(Calendar()))))
        return Demo(copies[-1], key_of(opened(copies[-1])))

    workspace = replace(make_failing_workspace(), create_demo=fresh)
    async with on_stage(app_for(services, workspace=workspace, demo_key=key), crew) as stage:
        assert "t rate as the twelfth c close the box n start over" in stage.words
        assert f"3 hands are up, key: {key}" in stage.words
        await stage.press("t", *START, "4", "5", "c", "c", "enter", *END)
        assert "all are in: Esc, then the box can be closed" in stage.words
        await stage.press("escape", *"leave", "enter")
        assert "4 hands are up" in stage.words
        await type_keys(stage, key)
        assert "TWO-WAY STREETS" in stage.words
        assert "DEMO t talk list n start over" in stage.words
        assert "hands are up" not in stage.words
        await stage.press("n")
        assert stage.stack == ["BoardScreen"]
        assert "0 hands are up" in stage.words
        assert stage.notes[-1] == "A fresh copy: nothing of what you did is in it."
        await stage.press("n", "n")
        assert stage.stack == ["BoardScreen"] and len(copies) == 3


async def test_only_the_demo_starts_over(twelve: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("n")
        assert "start over" not in stage.words and stage.stack == ["BoardScreen"]


async def test_a_sample_that_is_gone_is_told_once(
    sample: tuple[GroupServices, str], crew: Crew
) -> None:
    def gone() -> Demo:
        raise FileError("the sample group isn't there: install peerreview again")

    workspace = replace(make_failing_workspace(), create_demo=gone)
    async with on_stage(app_for(sample[0], workspace=workspace, demo_key=sample[1]), crew) as stage:
        await stage.press("n")
        assert stage.notes == ["the sample group isn't there: install peerreview again"]
        assert stage.stack == ["BoardScreen"]
