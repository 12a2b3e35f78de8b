"""Closing the box with hands and a key: the board appears, or nothing changes."""

import threading
from collections.abc import AsyncIterator

import pytest
from stories import key_of, rated
from textual.widgets import Input

from peerreview.domain.tally.release import Release
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound, Rounds

from .groups import GROUP, make_rater, open_round
from .stage import Crew, Stage, app_for, on_stage


@pytest.fixture
def opened(twelve: GroupServices) -> PreparedRound:
    return open_round(twelve)


@pytest.fixture
async def stage(twelve: GroupServices, opened: PreparedRound, crew: Crew) -> AsyncIterator[Stage]:
    """Yield the facilitator about to count hands, with four ballots in the box."""
    rated(twelve, *[make_rater()] * 4)
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("c")
        assert stage.screen_name == "CloseScreen"
        yield stage


async def close(stage: Stage, hands: str, key: str) -> None:
    await stage.press(*hands, "enter")
    await stage.write(key)
    await stage.press("enter")


def is_open(services: GroupServices) -> bool:
    return services.rounds.group().open_round is not None


async def test_the_board_appears_when_hands_and_key_are_right(
    stage: Stage, twelve: GroupServices, opened: PreparedRound
) -> None:
    assert "4 of 4 handed in" in stage.words
    await close(stage, "4", key_of(opened))
    assert stage.screen_name == "BoardScreen"
    assert stage.notes == [
        "The box is closed, and the single answers are gone. Keepers: tear up your slips."
    ]
    assert "4 ballots · 12 partners" in stage.words
    assert "TWO-WAY STREETS" in stage.words
    assert "Alder Security" in stage.words
    assert not is_open(twelve)


async def test_either_keeper_opens_the_box_with_four_letters_of_each_word(
    stage: Stage, twelve: GroupServices, opened: PreparedRound
) -> None:
    await close(stage, "4", " ".join(word[:4].upper() for word in opened.keys[1]))
    assert not is_open(twelve)


async def test_the_key_is_not_shown_while_it_is_typed(stage: Stage, opened: PreparedRound) -> None:
    await stage.press("4", "enter")
    await stage.write(key_of(opened))
    assert key_of(opened) not in stage.words


@pytest.mark.parametrize("hands", ["3", "5", "0", "99"])
async def test_a_wrong_number_of_hands_opens_nothing(
    stage: Stage, twelve: GroupServices, opened: PreparedRound, hands: str
) -> None:
    await close(stage, hands, key_of(opened))
    assert stage.screen_name == "CloseScreen"
    assert f"{hands} hands are up, 4 ballots are in: count again" in stage.words
    assert is_open(twelve)
    assert stage.screen.query_one("#key", Input).value == "", "a keeper has to be there again"


async def test_a_wrong_key_opens_nothing_and_can_be_typed_again(
    stage: Stage, twelve: GroupServices, opened: PreparedRound
) -> None:
    await close(stage, "4", "zoo zoo zoo zoo zoo")
    assert "these five words don't open this box: read the slip again." in stage.words
    assert is_open(twelve)
    await stage.write(key_of(opened))
    await stage.press("enter")
    assert stage.screen_name == "BoardScreen"
    assert not is_open(twelve)


async def test_hands_that_are_not_a_number_are_asked_for_again(
    stage: Stage, twelve: GroupServices, opened: PreparedRound
) -> None:
    await stage.press("minus", "plus", "a", "full_stop", "space", "enter")
    await stage.write(key_of(opened))
    await stage.press("enter")
    assert stage.screen_name == "CloseScreen"
    assert stage.app.focused.id == "hands"
    assert is_open(twelve)


async def test_too_few_ballots_are_reported_at_once(
    twelve: GroupServices, opened: PreparedRound, crew: Crew
) -> None:
    rated(twelve, *[make_rater()] * 3)
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("c")
        assert "1 more ballot" in stage.words
        await close(stage, "3", key_of(opened))
        assert "3 ballots are in, 1 more needed" in stage.words
        assert is_open(twelve)


@pytest.mark.parametrize("key", ["escape", "ctrl+p", "enter"])
async def test_nothing_comes_between_the_key_and_the_board(
    stage: Stage, opened: PreparedRound, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    go_on = threading.Event()
    close_box = Rounds.close

    def slowly(rounds: Rounds, typed: str, hands: int) -> Release:
        assert go_on.wait(10)
        return close_box(rounds, typed, hands)

    monkeypatch.setattr(Rounds, "close", slowly)
    await stage.press("4", "enter")
    await stage.write(key_of(opened))
    await stage.pilot.press("enter", key)
    go_on.set()
    await stage.settle()
    assert stage.stack == ["BoardScreen"]
    assert "TWO-WAY STREETS" in stage.words


async def test_esc_leaves_the_round_open(stage: Stage, twelve: GroupServices) -> None:
    await stage.press("4", "escape")
    assert stage.screen_name == "BoardScreen"
    assert is_open(twelve)


@pytest.mark.parametrize("typed", [GROUP, "  gulf coast PEERS "])
async def test_a_round_is_discarded_by_typing_the_groups_name(
    stage: Stage, twelve: GroupServices, typed: str
) -> None:
    await close(stage, "4", "discard")
    assert f"Throw the box away unread? Type the group's name: {GROUP}" in stage.words
    await stage.write(typed)
    await stage.press("enter")
    assert stage.screen_name == "BoardScreen"
    assert stage.notes == ["The round is discarded. Nothing of it is left."]
    assert not is_open(twelve)
    assert "No round has been closed yet" in stage.words


@pytest.mark.parametrize("typed", ["yes", "Gulf Coast"])
async def test_another_name_discards_nothing(
    stage: Stage, twelve: GroupServices, typed: str
) -> None:
    await close(stage, "", "Discard")
    await stage.write(typed)
    await stage.press("enter")
    assert stage.notes == ["type the group's name to throw the box away"]
    assert is_open(twelve)


async def test_canceling_discards_nothing(stage: Stage, twelve: GroupServices) -> None:
    await close(stage, "", "discard")
    await stage.press("escape")
    assert stage.screen_name == "CloseScreen"
    assert is_open(twelve)


async def test_pressing_enter_twice_closes_once(
    stage: Stage, twelve: GroupServices, opened: PreparedRound
) -> None:
    await stage.press("4", "enter")
    await stage.write(key_of(opened))
    await stage.pilot.press("enter", "enter")
    await stage.settle()
    assert not is_open(twelve)
    assert len(twelve.rounds.group().releases) == 1
    assert all("no round is open" not in note for note in stage.notes)
