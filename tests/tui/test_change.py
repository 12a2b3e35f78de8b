"""The screen for a rater who comes back: see the receipt, rate again, or withdraw the ballot."""

from collections.abc import AsyncIterator

import pytest
from stories import code_of, rated

from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat

from .groups import make_rater
from .stage import END, HAVE_THE_CODE, Crew, Stage, app_for, on_stage


@pytest.fixture
def seat(rating: GroupServices) -> Seat:
    """Return the seat of a rater who has handed in."""
    return rated(rating, make_rater())[0]


@pytest.fixture
async def stage(rating: GroupServices, seat: Seat, crew: Crew) -> AsyncIterator[Stage]:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        yield stage


async def enter_code(stage: Stage, code: str) -> None:
    await stage.press("m")
    await stage.write(code)
    await stage.press("enter")


def receipt(services: GroupServices, seat: Seat) -> str:
    return " ".join(services.rating.enter_code(code_of(seat)).receipt or ())


async def test_the_code_brings_back_the_receipt_of_the_cast(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    await enter_code(stage, code_of(seat))
    assert "A ballot is in the box under this code. Its receipt:" in stage.words
    assert receipt(rating, seat) in stage.words


async def test_the_receipt_of_a_cast_on_screen_is_shown_again(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("enter")
        code = stage.screen._words
        await stage.press(HAVE_THE_CODE, *"45" * 12, "c", "enter")
        shown = stage.screen._receipt
        await stage.press(*END)
        await enter_code(stage, code)
        assert shown in stage.words


async def test_four_letters_of_each_word_in_any_case_are_enough(stage: Stage, seat: Seat) -> None:
    await enter_code(stage, "  ".join(word[:4].upper() for word in seat.code))
    assert stage.screen_name == "ChangeScreen"


async def test_the_code_is_not_shown_while_it_is_typed(stage: Stage, seat: Seat) -> None:
    await stage.press("m")
    await stage.write(code_of(seat))
    assert code_of(seat) not in stage.words


async def test_all_wrong_codes_get_the_same_message(stage: Stage) -> None:
    refusals: list[str] = []
    for code in ("zoo zoo zoo zoo", "abandon ability able about"):
        await enter_code(stage, code)
        assert stage.screen_name == "TurnsScreen"
        assert len(stage.notes) == 1, "the next try removes the notification before"
        refusals.append(stage.notes[-1])
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("zoo zoo", "2 words typed, 4 needed"), ("zoo zoo zoo xyzzy", "word 4 isn't on the list")],
)
async def test_a_mistyped_code_is_explained_without_repeating_it(
    stage: Stage, typed: str, words: str
) -> None:
    await enter_code(stage, typed)
    assert stage.notes[-1].replace("the word list", "the list").startswith(words)
    assert "xyzzy" not in stage.notes[-1]


async def test_canceling_leaves_the_ballot_as_it_is(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    before = receipt(rating, seat)
    await enter_code(stage, code_of(seat))
    await stage.press("escape", "enter")
    assert stage.screen_name == "TurnsScreen"
    assert receipt(rating, seat) == before


async def test_rating_again_starts_blank_and_replaces_the_ballot(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    before = receipt(rating, seat)
    await enter_code(stage, code_of(seat))
    await stage.press("a")
    assert "0/12 · handed in before" in stage.words
    assert "■" not in stage.picture
    await stage.press(*"21" * 12, "c")
    assert "handed in before" in stage.words
    await stage.press("enter", *END)
    assert "1 of 4 handed in" in stage.words
    assert receipt(rating, seat) != before


async def test_rating_again_and_giving_up_keeps_the_first_ballot(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    before = receipt(rating, seat)
    await enter_code(stage, code_of(seat))
    await stage.press("a", "1", "1", "escape")
    await stage.press("y", "enter")
    assert receipt(rating, seat) == before
    assert "1 of 4 handed in" in stage.words


async def test_giving_up_a_second_ballot_does_not_claim_that_nothing_was_handed_in(
    stage: Stage, seat: Seat
) -> None:
    await enter_code(stage, code_of(seat))
    await stage.press("a", "1", "1", "escape")
    assert "your first ballot stays" in stage.words


async def test_the_code_of_a_withdrawn_ballot_can_hand_in_another(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    await enter_code(stage, code_of(seat))
    await stage.press("t")
    assert "Your ballot is out of the box. Your code can hand in another one." in stage.words
    await stage.press("enter")
    assert stage.screen_name == "CurtainScreen"
    await stage.press("enter")
    assert "0 of 4 handed in" in stage.words
    await enter_code(stage, code_of(seat))
    assert "Nothing is handed in under this code." in stage.words
    await stage.press("t")
    assert stage.screen_name == "ChangeScreen", "there is nothing to take out"
    assert "take my ballot out" not in stage.words
    await stage.press("a", *"45" * 12, "c", "enter")
    assert stage.screen_name == "MirrorScreen"


async def test_a_rater_can_rate_again_right_after_withdrawing(
    stage: Stage, rating: GroupServices, seat: Seat
) -> None:
    await enter_code(stage, code_of(seat))
    await stage.press("t", "y")
    assert "Nothing is handed in under this code." in stage.words
    await stage.press("a", *"45" * 12, "c", "enter", *END)
    assert "1 of 4 handed in" in stage.words
