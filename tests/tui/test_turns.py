"""Turns on one laptop: a code, a ballot, and no single key that ends them."""

import gc

import pytest
from stories import code_of

from peerreview.services.group_services import GroupServices

from .stage import END, HAVE_THE_CODE, START, Crew, app_for, on_stage


async def test_a_turn_starts_with_a_code_that_is_shown_once(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        assert "Turn the screen so that only you can see it." in stage.words
        assert "0 of 4 handed in" in stage.words
        await stage.press("enter")
        assert stage.screen_name == "CodeScreen"
        code = stage.screen._words
        assert len(code.split()) == 4
        assert code in stage.picture
        await stage.press("enter", "space", "escape")
        assert code in stage.picture, "a key held down doesn't turn the page"
        await stage.press(HAVE_THE_CODE)
        assert stage.screen_name == "BallotScreen"
        assert code not in stage.picture
        assert "CodeScreen" not in stage.stack


async def test_the_code_shown_is_the_code_that_opens_the_ballot(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("enter")
        code = stage.screen._words
        assert rating.rating.enter_code(code).receipt is None


async def test_no_single_key_ends_the_turns_or_the_program(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        for key in ("q", "c", "p", "o", "t", "x", "space", "ctrl+q", "ctrl+c", "ctrl+w", "f10"):
            await stage.press(key, key)
            assert stage.screen_name == "TurnsScreen", key
            assert not stage.app._exit, key
        assert rating.rounds.progress().drawn == 0


@pytest.mark.parametrize("screen", ["CodeScreen", "BallotScreen", "CheckScreen", "MirrorScreen"])
async def test_no_usual_key_quits_in_the_middle_of_a_turn(
    rating: GroupServices, crew: Crew, screen: str
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        keys = iter(["enter", HAVE_THE_CODE, "4", "5", "c", "enter"])
        while stage.screen_name != screen:
            await stage.press(next(keys))
        await stage.press("q", "ctrl+q", "ctrl+c", "Q")
        assert stage.screen_name == screen
        assert not stage.app._exit


async def test_leaving_the_turns_requires_typing_a_word(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("escape")
        assert "type “leave” to leave the turns" in stage.words
        await stage.press("escape")
        assert stage.screen_name == "TurnsScreen"
        await stage.press("escape")
        await stage.write("quit")
        await stage.press("enter")
        assert stage.screen_name == "TurnsScreen"
        await stage.press("escape")
        await stage.write(" Leave ")
        await stage.press("enter")
        assert stage.screen_name == "BoardScreen"


async def test_everybody_sees_where_the_round_stands(rating: GroupServices, crew: Crew) -> None:
    words = " · ".join(rating.rounds.progress().check_words)
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        assert "4 more needed" in stage.words
        assert "0 of 4 codes drawn" in stage.words
        assert words in stage.words


async def test_without_a_round_no_turn_can_be_taken(twelve: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(twelve, "turn"), crew) as stage:
        assert "No round is open any more." in stage.words
        await stage.press("enter")
        assert stage.screen_name == "TurnsScreen"
        assert stage.notes == ["no round is open: there is nothing to rate right now"]


async def test_replacing_a_lost_code_uses_a_spare_and_is_announced(
    rating: GroupServices, crew: Crew
) -> None:
    for _ in range(4):
        rating.rating.draw_code()
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("enter")
        assert stage.screen_name == "TurnsScreen"
        assert len(stage.notes) == 1
        await stage.press("s")
        assert "Say aloud that a code was lost" in stage.words
        await stage.press("n")
        assert rating.rounds.progress().drawn == 4
        await stage.press("s", "y")
        assert stage.screen_name == "CodeScreen"
        assert rating.rounds.progress().drawn == 5


async def test_the_next_rater_starts_from_a_blank_ballot(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, *"45" * 12, "c", "enter")
        assert stage.screen_name == "MirrorScreen"
        await stage.press(*END)
        assert "1 of 4 handed in" in stage.words
        await stage.press(*START)
        assert stage.screen_name == "BallotScreen"
        assert "0/12 · nothing handed in" in stage.words
        assert "■" not in stage.picture


async def test_leaving_a_blank_ballot_asks_nothing(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, "escape")
        assert stage.screen_name == "CurtainScreen"


async def test_leaving_answers_behind_needs_a_confirmation(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, "4", "escape")
        assert "Your answers are thrown away; nothing is handed in." in stage.words
        await stage.press("enter")
        assert stage.screen_name == "BallotScreen", "the safe answer has the focus"
        assert "4 ··" in stage.line_with("Alder Security")
        await stage.press("escape", "escape")
        assert stage.screen_name == "BallotScreen"
        await stage.press("escape", "y")
        assert stage.screen_name == "CurtainScreen"
    assert rating.rounds.progress().handed_in == 0


async def test_a_code_that_has_not_cast_can_still_rate_later(
    rating: GroupServices, crew: Crew
) -> None:
    seat = rating.rating.draw_code()
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("m")
        await stage.write(code_of(seat))
        await stage.press("enter")
        assert "Nothing is handed in under this code." in stage.words
        await stage.press("a")
        assert stage.screen_name == "BallotScreen"


async def test_every_screen_of_a_turn_has_its_help(rating: GroupServices, crew: Crew) -> None:
    ways = ("enter", HAVE_THE_CODE, "c", "enter", "space", "enter")
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        for key in ways:
            here = stage.screen_name
            assert "? help" in stage.words, here
            await stage.press("question_mark")
            assert stage.screen_name == "HelpScreen", here
            await stage.press("escape")
            assert stage.screen_name == here
            await stage.press(key)


async def test_somebody_elses_start_keeps_no_turn_in_memory(
    rating: GroupServices, crew: Crew
) -> None:
    """On a host an app may start during a turn; objects frozen then would never be freed."""
    frozen = gc.get_freeze_count()
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, "4")
        async with on_stage(app_for(rating, "turn"), crew):
            assert gc.get_freeze_count() == frozen
