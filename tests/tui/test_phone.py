"""Small terminals: a phone shows one question at a time, anything smaller only a message."""

import pytest

from peerreview.services.group_services import GroupServices
from peerreview.tui.ballot.partner_marks import PartnerMarks
from peerreview.tui.ballot.question import QuestionLine

from .rater import Rater
from .stage import Crew, app_for, on_stage

PHONE, LEAST = (40, 20), (40, 12)
ASKED = ("none", "one", "two or three", "four to six", "more", "can't say")


@pytest.mark.parametrize("size", [PHONE, LEAST, (59, 30)])
async def test_a_phone_shows_one_question_at_a_time(rater: Rater, size: tuple[int, int]) -> None:
    await rater.stage.resize(*size)
    assert "Alder Security" in rater.stage.words
    assert "1 of 36" in rater.stage.words
    assert "THEY They send leads or clients our way." in rater.stage.words
    for number, word in enumerate(ASKED, 1):
        assert f"{number if number < 6 else 'space'} {word}" in rater.stage.words
    assert "Bayou" not in rater.stage.words
    await rater.press("4", "5")
    assert "3 of 36" in rater.stage.words
    assert "sold behind our back" in rater.stage.words
    await rater.press("x")
    assert "Bayou Web Works" in rater.stage.words
    assert "4 of 36" in rater.stage.words
    assert "Alder" not in rater.stage.words


async def test_on_a_phone_every_answer_has_a_line_of_its_own(rater: Rater) -> None:
    await rater.stage.resize(*PHONE)
    lines = [line.strip() for line in rater.stage.lines]
    assert [f"{number} {word}" for number, word in enumerate(ASKED[:5], 1)] == [
        line for line in lines if line[:1].isdigit() and "of" not in line
    ]
    await rater.stage.click_on("two or three")
    assert rater.answers("Alder Security") == {"they.back": 3}


async def test_a_whole_ballot_on_a_phone_takes_the_same_keys(rater: Rater) -> None:
    await rater.stage.resize(*PHONE)
    await rater.press(*"45x" * 12)
    assert "12/12" in rater.stage.words
    await rater.press("u", "U", "up", "0", "down", "c", "enter")
    assert rater.stage.screen_name == "MirrorScreen"


async def test_the_grid_on_a_phone_asks_all_twenty_one_by_one(rater: Rater) -> None:
    await rater.stage.resize(*LEAST)
    await rater.press("enter")
    for number in range(1, 21):
        assert f"{number} of 20" in rater.stage.words
        assert rater.stage.find_widget(QuestionLine).question.text in rater.stage.words
        assert rater.stage.find_widget(QuestionLine).question.label[:12] in rater.stage.words
        await rater.press("space")
    await rater.press("home")
    assert "send business back" in rater.stage.words
    await rater.press("down", "down", "up")
    assert "say thanks" in rater.stage.words


async def test_in_sixty_columns_the_partners_are_a_line_of_marks(rater: Rater) -> None:
    await rater.stage.resize(60, 20)
    await rater.press("4", "5", "pagedown", "3", "enter")
    assert rater.stage.line_with("○○○").strip() == "●◐" + "○" * 10
    await rater.press("0")
    assert rater.stage.line_with("○○○").strip() == "●–" + "○" * 10
    await rater.stage.click(PartnerMarks, 7, 0)
    assert "7/12 Gulf Cabling" in rater.stage.words


async def test_the_cursor_is_in_sight_after_coming_back(rater: Rater) -> None:
    await rater.stage.resize(*PHONE)
    await rater.press("end", "c", "escape")
    assert "Lantern VoIP" in rater.stage.words
    await rater.stage.resize(60, 20)
    assert "▸○ Lantern VoIP" in rater.stage.words
    await rater.stage.resize(*LEAST)
    assert "▸○ Lantern" in rater.stage.words


# Too small for anything.


@pytest.mark.parametrize("size", [(39, 24), (80, 11), (20, 5), (1, 1)])
async def test_a_terminal_that_is_too_small_says_so_and_ignores_keys(
    rater: Rater, size: tuple[int, int]
) -> None:
    await rater.press("4")
    await rater.stage.resize(*size)
    assert rater.stage.screen_name == "TooSmallScreen"
    await rater.press("5", "c", "enter", "escape", "q", "enter")
    await rater.stage.resize(*LEAST)
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.answers("Alder Security") == {"they.back": 4}
    await rater.press("5")
    assert rater.answers("Alder Security") == {"they.back": 4, "we.back": 5}


async def test_the_message_about_the_size_can_be_read(rater: Rater) -> None:
    await rater.stage.resize(30, 8)
    assert "A little more room, please: 40×12. Nothing is lost." in rater.stage.words


async def test_the_message_about_the_size_disappears_however_often_it_changes(rater: Rater) -> None:
    for size in ((30, 8), (20, 5), (80, 24), (10, 10), (9, 9), (60, 20)):
        await rater.stage.resize(*size)
    assert rater.stage.screen_name == "BallotScreen"
    assert "TooSmallScreen" not in rater.stage.stack
    assert rater.stage.screen.has_class("-narrow")


async def test_a_dialog_stays_usable_after_the_terminal_was_too_small(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("m")
        await stage.resize(20, 5)
        await stage.resize(80, 24)
        assert stage.screen_name == "AskText"
        await stage.write("zoo")
        assert stage.app.focused.value == "zoo"


async def test_an_app_can_start_in_a_terminal_that_is_too_small(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew, (30, 8)) as stage:
        assert "A little more room" in stage.words
        await stage.resize(80, 24)
        assert stage.screen_name == "TurnsScreen"
        assert stage.stack == ["BoardScreen", "TurnsScreen"]


@pytest.mark.parametrize("keys", [("c",), ("c", "c"), ("4", "c")])
async def test_keys_scroll_the_explanation_of_casting_on_a_low_terminal(
    rater: Rater, keys: tuple[str, ...]
) -> None:
    await rater.press(*keys)
    await rater.stage.resize(*LEAST)
    assert "still the same" not in rater.stage.words
    await rater.press(*["pagedown"] * 12)
    assert "still the same" in rater.stage.words
    await rater.press(*["pageup"] * 12)
    assert "WHAT HAPPENS" in rater.stage.words


async def test_arrows_scroll_a_card_on_a_low_terminal(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew, LEAST) as stage:
        await stage.press("enter")
        assert "No list of them exists" not in stage.words
        await stage.press(*["down"] * 5)
        assert "No list of them exists" in stage.words
        await stage.press(*["up"] * 5)
        assert stage.screen._words.split()[0] in stage.words


async def test_a_phone_shows_a_partner_line_by_line_and_the_way_back(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew, PHONE) as stage:
        await stage.press("enter")
        assert "they ◀ ▶ we" in stage.line_with("they ◀")
        assert "╋" in stage.line_with("send business")
        assert "Esc back" in stage.words
        await stage.click_on("Esc back")
        assert stage.screen_name == "BoardScreen"
