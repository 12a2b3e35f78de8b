"""The grid: all questions about one partner, and the way back to the ballot without losses."""

import pytest

from peerreview.domain.rating.ballot import EntryState, Standing
from peerreview.domain.rating.scale import NO, YES
from peerreview.tui.ballot.grid_lines import Grid
from peerreview.tui.ballot.partner_marks import PartnerMarks
from peerreview.tui.ballot.question import QuestionLine

from .rater import Rater

LETDOWNS = ("letdown", "greedy", "fearful")
DEAL_BREAKERS = ("around", "bus", "badmouth")
UGLY = "exclamation_mark"


async def test_answering_everything_about_a_partner_takes_at_most_24_keys(rater: Rater) -> None:
    keys = ["enter", *"45" * 7, *"211", *"nnn", "enter"]
    assert len(keys) <= 24
    await rater.press(*keys)
    answers = rater.answers("Alder Security")
    assert len(answers) == 20
    assert [answers[letdown] for letdown in LETDOWNS] == [2, 1, 1]
    assert [answers[breaker] for breaker in DEAL_BREAKERS] == [NO] * 3
    assert {answers[key] for key in answers if key.startswith("they.")} == {4}
    assert {answers[key] for key in answers if key.startswith("we.")} == {5}
    assert "2/12 Bayou Web Works" in rater.stage.words


async def test_every_question_is_shown_in_full_on_its_turn(rater: Rater) -> None:
    await rater.press("enter")
    asked: list[str] = []
    for _ in range(20):
        question = rater.stage.find_widget(QuestionLine).question
        assert question.text in rater.stage.words
        asked.append(question.id)
        await rater.press("1" if question.section != "ugly" else "n")
    assert asked == [
        question.id for question in rater.turn.draft.sets[rater.turn.partners[0].id].questions
    ]
    assert "All answered. Enter: next partner." in rater.stage.words


async def test_deal_breakers_are_yes_no_or_none_of_them(rater: Rater) -> None:
    await rater.press(UGLY, "y", "n", "space")
    assert [rater.answers("Alder Security")[breaker] for breaker in DEAL_BREAKERS] == [YES, NO, 0]
    assert "yes" in rater.stage.line_with("sold behind our back")
    await rater.press("x")
    assert [rater.answers("Alder Security")[breaker] for breaker in DEAL_BREAKERS] == [NO] * 3
    assert "2/12 Bayou Web Works" in rater.stage.words


async def test_digits_ring_on_deal_breakers(rater: Rater) -> None:
    await rater.press(UGLY, *"12345")
    assert rater.stage.bells == 5
    assert rater.turn.draft.is_empty


async def test_yes_and_no_ring_on_habits_and_letdowns(rater: Rater) -> None:
    await rater.press("enter", "y", "n", *["down"] * 8, "y", "n")
    assert rater.stage.bells == 4
    assert rater.turn.draft.is_empty


async def test_letdowns_say_that_five_is_bad_and_look_different(rater: Rater) -> None:
    await rater.press("enter", *["down"] * 7, "5")
    assert "careful: 1 is good here, 5 is bad" in rater.stage.words
    assert "××××××××××" in rater.stage.line_with("late, half done, silent")


async def test_enter_walks_through_the_partners_and_back_to_the_ballot(rater: Rater) -> None:
    await rater.press("end", "enter")
    assert "12/12 Lantern VoIP" in rater.stage.words
    await rater.press("enter")
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.position[0] == "Lantern VoIP"


async def test_backspace_goes_to_the_previous_partner(rater: Rater) -> None:
    await rater.press("down", "enter", "backspace")
    assert "1/12 Alder Security" in rater.stage.words
    await rater.press("backspace")
    assert rater.stage.screen_name == "BallotScreen"


async def test_the_ballot_goes_on_with_the_partner_shown_last(rater: Rater) -> None:
    await rater.press("enter", "pagedown", "pagedown", "pagedown", "escape")
    assert rater.position[0] == "Cobalt Voice"


@pytest.mark.parametrize(
    ("key", "standing", "words"),
    [("0", Standing.UNKNOWN, "you don't know them"), ("o", Standing.OURS, "that's us")],
)
async def test_leaving_a_partner_out_moves_on_and_is_shown_when_going_back(
    rater: Rater, key: str, standing: Standing, words: str
) -> None:
    await rater.press("enter", key)
    assert "2/12 Bayou Web Works" in rater.stage.words
    assert rater.standing("Alder Security") is standing
    await rater.press("backspace")
    assert words in rater.stage.words
    await rater.press("3")
    assert rater.standing("Alder Security") is Standing.RATED


async def test_undo_returns_to_the_partner_and_the_question(rater: Rater) -> None:
    await rater.press("enter", "1", "2", "3", "enter", "4")
    await rater.press("u")
    assert "2/12 Bayou Web Works" in rater.stage.words
    assert rater.answers("Bayou Web Works") == {}
    await rater.press("u")
    assert "1/12 Alder Security" in rater.stage.words
    assert rater.answers("Alder Security") == {"they.back": 1, "we.back": 2}
    assert rater.stage.find_widget(QuestionLine).question.id == "they.thanks"
    await rater.press("u")
    assert rater.stage.find_widget(QuestionLine).question.id == "we.back"
    await rater.press("U", "U", "U")
    assert rater.answers("Alder Security") == {"they.back": 1, "we.back": 2, "they.thanks": 3}
    assert rater.answers("Bayou Web Works") == {"they.back": 4}


async def test_undo_on_the_ballot_takes_back_answers_from_the_grid(rater: Rater) -> None:
    await rater.press("enter", "1", "escape", "down", "u")
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.turn.draft.is_empty
    assert rater.position[0] == "Alder Security"


WAYS = {
    "right": "we.back",
    "l h": "they.back",
    "down": "they.thanks",
    "j j k": "they.thanks",
    "right down": "we.thanks",
    "end": "badmouth",
    "end home": "they.back",
    "up": "they.back",
    "end down": "badmouth",
    "down down down down down down down": "letdown",
    "right j j j j j j j": "letdown",
}


async def test_every_movement_key_moves_the_cursor(rater: Rater) -> None:
    await rater.press("enter")
    for keys, question in WAYS.items():
        await rater.press("home", "left", *keys.split())
        assert rater.stage.find_widget(QuestionLine).question.id == question, keys
    assert rater.turn.draft.is_empty


async def test_the_street_so_far_grows_with_every_answer(rater: Rater) -> None:
    await rater.press("enter")
    assert "━" not in rater.stage.line_with("Your street so far")
    await rater.press("1", "5")
    left, _, right = rater.stage.line_with("Your street so far").partition("╋")
    assert 0 < left.count("━") < right.count("━")


async def test_marks_beside_the_grid_follow_the_answers(rater: Rater) -> None:
    await rater.press("enter", "4")
    assert "◐ Alder Security" in rater.stage.picture
    await rater.press("4")
    assert "● Alder Security" in rater.stage.picture
    await rater.press("0")
    assert "– Alder Security" in rater.stage.picture


async def test_a_click_beside_the_grid_shows_that_partner(rater: Rater) -> None:
    await rater.press("enter")
    await rater.stage.click(PartnerMarks, 5, 6)
    assert "7/12 Gulf Cabling" in rater.stage.words


async def test_a_click_in_the_grid_goes_to_a_side(rater: Rater) -> None:
    await rater.press("enter")
    line = rater.stage.line_with("say thanks")
    start = rater.stage.find_widget(Grid).region.x
    await rater.stage.click(Grid, line.index("┃") - start + 4, 2)
    assert rater.stage.find_widget(QuestionLine).question.id == "we.thanks"
    await rater.stage.click(Grid, line.index("┃") - start - 4, 2)
    assert rater.stage.find_widget(QuestionLine).question.id == "they.thanks"
    await rater.stage.click(Grid, 3, 0)
    assert rater.stage.find_widget(QuestionLine).question.id == "they.thanks", (
        "headings are no questions"
    )


async def test_each_answer_can_be_clicked(rater: Rater) -> None:
    await rater.press("enter", "down")
    await rater.stage.click_on("4 mostly")
    assert rater.answers("Alder Security") == {"they.thanks": 4}
    await rater.press("end")
    await rater.stage.click_on("y yes")
    assert rater.answers("Alder Security")["badmouth"] == YES


async def test_vendors_have_questions_of_their_own(rater: Rater) -> None:
    await rater.press("down", "down", "enter")
    assert "Bluestack Cloud vendor" in rater.stage.words
    assert "sold direct past us" in rater.stage.words
    await rater.press(*"111111", "right")
    assert "deal to them first when they opened the door." in rater.stage.words


async def test_two_answers_on_each_side_make_a_voice_without_the_counts(rater: Rater) -> None:
    await rater.press("enter", "down", *"3333")
    assert rater.entry_state("Alder Security") is EntryState.COUNTS


async def test_one_key_leads_to_the_check(rater: Rater) -> None:
    await rater.press("enter", "4", "4", "c")
    assert rater.stage.screen_name == "CheckScreen"
    await rater.press("escape")
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.position[0] == "Alder Security"


async def test_help_says_why_a_question_is_asked(rater: Rater) -> None:
    await rater.press("enter", "right", "question_mark")
    assert rater.stage.screen_name == "HelpScreen"
    assert "We send leads or clients their way." in rater.stage.words
    assert "Referring back is what makes a street two-way." in rater.stage.words
    await rater.press("escape")
    assert rater.stage.find_widget(QuestionLine).question.id == "we.back"
