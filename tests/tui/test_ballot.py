"""The quick ballot: two keys for each partner, moving, undoing, and coming back."""

import pytest

from peerreview.domain.rating.ballot import Entry, EntryState, Standing
from peerreview.domain.rating.scale import NO
from peerreview.tui.ballot.ballot_list import BallotList
from peerreview.tui.ballot.prompts import THEY, UGLY, WE
from peerreview.tui.ballot.question import QuestionLine

from .rater import Rater


def both(they: int, we: int) -> dict[str, int]:
    return {"they.back": they, "we.back": we}


async def test_a_ballot_about_twelve_partners_takes_24_keys(rater: Rater) -> None:
    keys = "45" * 12
    assert len(keys) == 24
    await rater.press(*keys)
    assert "12/12" in rater.stage.words
    assert rater.stage.picture.count("●") == 12
    assert all(rater.answers(partner.name) == both(4, 5) for partner in rater.turn.partners)


async def test_a_ballot_with_deal_breakers_takes_36_keys(rater: Rater) -> None:
    keys = "45x" * 12
    assert len(keys) == 36
    await rater.press(*keys)
    assert "12/12" in rater.stage.words
    for partner in rater.turn.partners:
        assert rater.answers(partner.name).items() >= both(4, 5).items()
        assert [
            rater.answers(partner.name)[breaker] for breaker in ("around", "bus", "badmouth")
        ] == [NO] * 3
        assert "none" in rater.stage.line_with(partner.name)


async def test_a_digit_past_the_counts_answers_for_the_next_partner(rater: Rater) -> None:
    await rater.press("4", "5")
    assert rater.position == ("Alder Security", UGLY)
    await rater.press("2")
    assert rater.answers("Alder Security") == both(4, 5)
    assert rater.answers("Bayou Web Works") == {"they.back": 2}
    assert rater.position == ("Bayou Web Works", WE)


async def test_a_digit_past_the_counts_first_answers_the_open_count_of_this_partner(
    rater: Rater,
) -> None:
    """After an arrow key, a digit is for the partner under the cursor."""
    await rater.press("4", "5", "down", "3")
    assert rater.answers("Bayou Web Works") == {"they.back": 3}
    await rater.press("right", "2")
    assert rater.answers("Bayou Web Works") == both(3, 2), "and not the one after it"
    await rater.press("down", "left", "left", "space", "1")
    assert rater.answers("Bluestack Cloud") == both(0, 1)
    await rater.press("2")
    assert rater.answers("Bluestack Cloud") == both(0, 1), "can't say is an answer"
    assert rater.answers("Cobalt Voice") == {"they.back": 2}


async def test_digits_after_the_last_partner_ring_and_change_nothing(rater: Rater) -> None:
    await rater.press(*"45" * 12, "1", "1")
    assert rater.stage.bells == 2
    assert rater.answers("Alder Security") == both(4, 5)
    assert rater.answers("Lantern VoIP") == both(4, 5)


async def test_answers_fill_the_street_from_the_middle(rater: Rater) -> None:
    await rater.press("1", "3")
    assert "1 ········■■┃■■■■■■···· 3" in rater.stage.line_with("Alder Security")
    assert "●" in rater.stage.line_with("Alder Security")


async def test_two_counts_make_a_voice_and_one_does_not(rater: Rater) -> None:
    assert "○" in rater.stage.line_with("Alder Security")
    await rater.press("4")
    assert "◐" in rater.stage.line_with("Alder Security")
    assert "0/12" in rater.stage.words
    await rater.press("4")
    assert "●" in rater.stage.line_with("Alder Security")
    assert "1/12" in rater.stage.words


@pytest.mark.parametrize(
    ("key", "standing", "words"),
    [
        ("0", Standing.UNKNOWN, "don't know them"),
        ("o", Standing.OURS, "that's us, or we're in dispute"),
    ],
)
async def test_leaving_a_partner_out_moves_on_and_can_be_undone(
    rater: Rater, key: str, standing: Standing, words: str
) -> None:
    await rater.press("4", key)
    assert rater.standing("Alder Security") is standing
    assert words in rater.stage.line_with("Alder Security")
    assert "–" in rater.stage.line_with("Alder Security")
    assert "1/12" in rater.stage.words
    assert rater.position == ("Bayou Web Works", THEY)
    await rater.press("up", key)
    assert rater.standing("Alder Security") is Standing.RATED
    assert rater.answers("Alder Security") == {"they.back": 4}, (
        "what was said before is still there"
    )


@pytest.mark.parametrize("key", ["0", "o"])
async def test_answering_takes_a_left_out_partner_back_in(rater: Rater, key: str) -> None:
    await rater.press(key, "up", "3")
    assert rater.standing("Alder Security") is Standing.RATED
    assert rater.answers("Alder Security") == {"they.back": 3}


async def test_dont_know_can_become_thats_us(rater: Rater) -> None:
    await rater.press("0", "up", "o")
    assert rater.standing("Alder Security") is Standing.OURS


async def test_cant_say_is_an_answer_but_no_voice(rater: Rater) -> None:
    await rater.press("space", "4")
    assert rater.answers("Alder Security") == both(0, 4)
    assert rater.entry_state("Alder Security") is EntryState.BEGUN
    assert "?" in rater.stage.line_with("Alder Security")
    await rater.press("space")
    assert rater.position == ("Bayou Web Works", THEY), "on deal-breakers space just goes on"
    assert rater.answers("Alder Security") == both(0, 4)


async def test_undo_and_redo_go_step_by_step(rater: Rater) -> None:
    await rater.press("4", "5", "2")
    await rater.press("u")
    assert rater.answers("Bayou Web Works") == {}
    assert rater.position[0] == "Bayou Web Works"
    await rater.press("u")
    assert rater.answers("Alder Security") == {"they.back": 4}
    assert rater.position == ("Alder Security", WE)
    await rater.press("u")
    assert rater.position == ("Alder Security", THEY)
    assert rater.turn.draft.is_empty
    await rater.press("U", "U", "U")
    assert rater.answers("Alder Security") == both(4, 5)
    assert rater.answers("Bayou Web Works") == {"they.back": 2}


async def test_the_usual_keys_undo_and_redo_too(rater: Rater) -> None:
    await rater.press("4", "ctrl+z")
    assert rater.turn.draft.is_empty
    await rater.press("ctrl+y")
    assert rater.answers("Alder Security") == {"they.back": 4}


@pytest.mark.parametrize("key", ["0", "o", "x"])
async def test_leaving_out_and_none_of_them_are_undone_like_answers(rater: Rater, key: str) -> None:
    await rater.press("4", "5", key, "3", "u", "u")
    assert rater.standing("Alder Security") is Standing.RATED
    assert rater.answers("Alder Security") == both(4, 5)
    assert rater.position == ("Alder Security", UGLY)
    await rater.press("U")
    entry = rater.turn.draft.entries[rater.find_partner_id("Alder Security")]
    assert entry != Entry(Standing.RATED, both(4, 5))


async def test_after_a_new_answer_there_is_nothing_to_redo(rater: Rater) -> None:
    await rater.press("4", "u", "3", "U")
    assert rater.answers("Alder Security") == {"they.back": 3}
    assert rater.stage.notes == ["nothing to redo"]


async def test_undo_without_a_step_says_so(rater: Rater) -> None:
    await rater.press("u")
    assert rater.stage.notes == ["nothing to undo"]


async def test_an_answer_can_be_changed_in_place(rater: Rater) -> None:
    await rater.press("4", "left", "2")
    assert rater.answers("Alder Security") == {"they.back": 2}


WAYS = {
    "down": ("Bayou Web Works", THEY),
    "j": ("Bayou Web Works", THEY),
    "j j k": ("Bayou Web Works", THEY),
    "down down up": ("Bayou Web Works", THEY),
    "up": ("Alder Security", THEY),
    "right": ("Alder Security", WE),
    "l l": ("Alder Security", UGLY),
    "l l l": ("Alder Security", UGLY),
    "right right left": ("Alder Security", WE),
    "l h h": ("Alder Security", THEY),
    "end": ("Lantern VoIP", THEY),
    "end down": ("Lantern VoIP", THEY),
    "end home": ("Alder Security", THEY),
    "l pagedown": ("Bayou Web Works", THEY),
    "pagedown pagedown pageup": ("Bayou Web Works", THEY),
    "pagedown l backspace": ("Alder Security", THEY),
}


async def test_every_movement_key_moves_the_cursor(rater: Rater) -> None:
    for keys, place in WAYS.items():
        await rater.press("home", "left", "left", *keys.split())
        assert rater.position == place, keys
    assert rater.turn.draft.is_empty


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_headings_stand_over_their_columns(rater: Rater, size: tuple[int, int]) -> None:
    await rater.stage.resize(*size)
    await rater.press("4", "5", "x")
    heading, line = rater.stage.line_with("ugly?"), rater.stage.line_with("Alder Security")
    assert heading.index("┃") == line.index("┃")
    assert heading.index("ugly?") == line.index("none")


async def test_a_click_puts_the_cursor_on_a_cell(rater: Rater) -> None:
    road = rater.stage.line_with("Cobalt Voice").index("┃")
    for x, column in ((road - 3, THEY), (road + 3, WE), (road + 15, UGLY)):
        await rater.stage.click(BallotList, x, 3)
        assert rater.position == ("Cobalt Voice", column)
    assert rater.turn.draft.is_empty


async def test_a_click_on_the_name_opens_the_partner_under_the_cursor(rater: Rater) -> None:
    await rater.stage.click(BallotList, 5, 3)
    assert rater.position == ("Cobalt Voice", THEY)
    await rater.stage.click(BallotList, 5, 3)
    assert rater.stage.screen_name == "GridScreen"
    assert "4/12 Cobalt Voice" in rater.stage.words


async def test_enter_opens_the_grid_and_esc_comes_back_to_the_same_place(rater: Rater) -> None:
    await rater.press("4", "5", "down", "down", "l", "enter")
    assert rater.stage.screen_name == "GridScreen"
    assert "Bluestack Cloud" in rater.stage.words
    await rater.press("escape")
    assert rater.position[0] == "Bluestack Cloud"
    assert rater.answers("Alder Security") == both(4, 5)


async def test_answers_from_the_grid_appear_on_the_ballot(rater: Rater) -> None:
    await rater.press("enter", "1", "3", "escape")
    assert rater.answers("Alder Security") == both(1, 3)
    assert "1 ········■■┃■■■■■■···· 3" in rater.stage.line_with("Alder Security")


@pytest.mark.parametrize("key", ["exclamation_mark", "y", "n"])
async def test_deal_breakers_are_answered_one_by_one_in_the_grid(rater: Rater, key: str) -> None:
    await rater.press("4", "5", key)
    assert rater.stage.screen_name == "GridScreen"
    assert "They sold to our client without talking to us." in rater.stage.words
    assert "y yes n no x none of them" in rater.stage.words
    await rater.press("y", "escape")
    assert "! 1" in rater.stage.line_with("Alder Security")


@pytest.mark.parametrize("key", ["y", "n"])
async def test_yes_and_no_ring_on_counts(rater: Rater, key: str) -> None:
    await rater.press(key)
    assert rater.stage.bells == 1
    assert rater.turn.draft.is_empty


async def test_keys_without_a_meaning_do_nothing(rater: Rater) -> None:
    await rater.press("6", "7", "8", "9", "a", "z", "plus", "tab", "delete", "f5")
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.turn.draft.is_empty
    await rater.press("4")
    assert rater.answers("Alder Security") == {"they.back": 4}, "and the next key is heard"


async def test_the_question_under_the_list_says_what_the_cell_asks(rater: Rater) -> None:
    assert "THEY They send leads or clients our way." in rater.stage.words
    assert "1 none 2 one 3 two or three 4 four to six 5 more space can't say" in rater.stage.words
    await rater.press("4")
    assert "WE We send leads or clients their way." in rater.stage.words
    await rater.press("4")
    assert "sold behind our back, blamed us to a client, ran us down?" in rater.stage.words


async def test_vendors_are_asked_the_vendors_questions(rater: Rater) -> None:
    await rater.press("down", "down", "right")
    assert rater.position == ("Bluestack Cloud", WE)
    assert "WE We bring orders or clients to them." in rater.stage.words
    await rater.press("right")
    assert "sold direct past us" in rater.stage.words


async def test_each_answer_under_the_list_can_be_clicked(rater: Rater) -> None:
    await rater.stage.click_on("four to six")
    assert rater.answers("Alder Security") == {"they.back": 4}
    await rater.stage.click_on("space can't say")
    assert rater.answers("Alder Security") == both(4, 0)
    await rater.stage.click_on("x none of them")
    assert rater.answers("Alder Security")["bus"] == NO
    assert rater.position == ("Bayou Web Works", THEY)


async def test_the_key_line_can_be_clicked(rater: Rater) -> None:
    await rater.stage.click_on("0 don't know")
    assert rater.standing("Alder Security") is Standing.UNKNOWN
    await rater.stage.click_on("u undo")
    assert rater.standing("Alder Security") is Standing.RATED
    await rater.stage.click_on("c check & cast")
    assert rater.stage.screen_name == "CheckScreen"


async def test_help_lists_the_keys_and_comes_back(rater: Rater) -> None:
    await rater.press("4", "question_mark")
    assert rater.stage.screen_name == "HelpScreen"
    assert "Can't say. A good answer: it never lowers a score." in rater.stage.words
    await rater.press("end")
    assert "Nobody can tell who said what" in rater.stage.words
    await rater.press("escape")
    assert rater.position == ("Alder Security", WE)
    assert rater.answers("Alder Security") == {"they.back": 4}


async def test_the_question_keeps_its_place_while_rating(rater: Rater) -> None:
    """The list must not jump by a line when the cursor goes from a count to the next."""
    before = rater.stage.find_widget(QuestionLine).region
    await rater.press("4")
    assert rater.stage.find_widget(QuestionLine).region == before
