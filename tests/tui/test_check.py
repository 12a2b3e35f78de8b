"""The check, the cast, the mirror and the curtain, where nothing of a turn may be left."""

import asyncio
import gc
import threading
import weakref

import pytest
from stories import key_of, rated
from textual.widgets import Button

from peerreview.ballotbox import words
from peerreview.domain.rating.ballot import Draft
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Rating, Seat
from peerreview.services.turn import Turn
from peerreview.tui.ballot.check import ReviewList

from .groups import make_rater, open_round
from .rater import Rater
from .stage import END, HAVE_THE_CODE, SEEN_THE_MIRROR, START, Crew, app_for, on_stage
from .watch import everything_written

CODE = ("copper", "lizard", "zebra", "quiz")
STRAIGHT = ["enter", *"55" * 7, *"555", "escape"]
"""Keys that answer 5 to every question about one partner, also to the bad ones."""


def handed_in(services: GroupServices) -> int:
    progress = services.rounds.progress()
    assert progress
    return progress.handed_in


async def test_the_check_says_what_counts(rater: Rater) -> None:
    await rater.press("4", "5", "down", "0", "o", "3", "c")
    assert "1 rated 2 left out 8 open: taken as “can't say” 1 not counted yet" in rater.stage.words


async def test_the_check_says_what_casting_does_and_what_it_cannot_stop(rater: Rater) -> None:
    await rater.press("4", "5", "c")
    for sentence in (
        "Your answers are cut apart: one locked slip a partner, no name, no time.",
        "A partner with fewer than 4 voices shows nothing at all.",
        "Until the close your code lets you rate again, or take your ballot out.",
        "A look over your shoulder, a tampered program, a keeper and a facilitator who",
    ):
        assert sentence in rater.stage.words


async def test_the_check_words_of_the_box_are_the_same_on_every_screen(
    rater: Rater, rating: GroupServices
) -> None:
    await rater.press("4", "5", "c")
    assert " · ".join(rating.rounds.progress().check_words) in rater.stage.words


async def test_the_check_points_out_a_voice_that_lacks_one_answer(rater: Rater) -> None:
    await rater.press("4", "5", "down", "3", "c")
    assert "Cobalt Voice" not in rater.stage.words
    assert "Bayou Web Works a little more and your voice counts Enter to fix" in rater.stage.words


async def test_the_check_points_out_the_same_answer_on_every_line(rater: Rater) -> None:
    await rater.press("down", *STRAIGHT, "c")
    assert "Bayou Web Works" in rater.stage.words
    assert "on every line, also the bad ones: meant it?" in rater.stage.words


async def test_enter_on_a_doubt_goes_back_to_that_partner(rater: Rater) -> None:
    await rater.press("4", "5", "3", "down", "2", "c")
    assert isinstance(rater.stage.app.focused, ReviewList)
    await rater.press("down", "enter")
    assert rater.stage.screen_name == "BallotScreen"
    assert rater.position[0] == "Bluestack Cloud"
    assert rater.answers("Bluestack Cloud") == {"we.back": 2}
    await rater.press("2", "c")
    assert "Bluestack Cloud" not in rater.stage.words


async def test_going_back_keeps_answers_and_place(rater: Rater) -> None:
    await rater.press("4", "5", "3", "c", "escape")
    assert rater.position == ("Bayou Web Works", 1)
    assert rater.answers("Alder Security") == {"they.back": 4, "we.back": 5}
    await rater.press("c")
    await rater.stage.click("#back", 3, 0)
    assert rater.stage.screen_name == "BallotScreen"


async def test_holding_c_never_casts(rater: Rater, rating: GroupServices) -> None:
    await rater.press("4", "5", *"c" * 30)
    assert rater.stage.screen_name == "CheckScreen"
    assert rater.stage.app.focused.id == "cast"
    assert handed_in(rating) == 0


async def test_only_the_button_casts(rater: Rater, rating: GroupServices) -> None:
    await rater.press("4", "5", "c")
    for key in ("space", "y", "x", "1", "5", "o", "0", "right", "left", "c", "tab", "shift+tab"):
        await rater.press(key, key)
        assert rater.stage.screen_name == "CheckScreen", key
    assert handed_in(rating) == 0


async def test_enter_on_the_button_hands_in_and_shows_the_receipt(
    rater: Rater, rating: GroupServices
) -> None:
    await rater.press(*"45" * 12, "c", "enter")
    assert rater.stage.screen_name == "MirrorScreen"
    assert handed_in(rating) == 1
    receipt = rater.stage.screen._receipt
    assert len(receipt.split()) == 2
    assert f"Handed in. Receipt: {receipt}." in rater.stage.words


async def test_a_click_on_the_button_hands_in(rater: Rater, rating: GroupServices) -> None:
    await rater.press("4", "5", "c")
    await rater.stage.click("#cast", 4, 0)
    assert handed_in(rating) == 1


async def test_c_and_enter_hand_in_in_spite_of_doubts(rater: Rater, rating: GroupServices) -> None:
    await rater.press("4", "5", "3", "c", "c", "enter")
    assert rater.stage.screen_name == "MirrorScreen"
    assert handed_in(rating) == 1


async def test_however_often_the_button_is_pressed_the_ballot_is_cast_once(
    rater: Rater, rating: GroupServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    casts: list[Seat] = []
    go_on = threading.Event()
    cast = Rating.cast

    def slowly(service: Rating, seat: Seat, draft: Draft) -> tuple[str, ...]:
        casts.append(seat)
        assert go_on.wait(10)
        return cast(service, seat, draft)

    monkeypatch.setattr(Rating, "cast", slowly)
    await rater.press("4", "5", "c")
    rater.stage.screen.query_one("#cast", Button).active_effect_duration = 0
    await rater.stage.pilot.press("enter", "enter", "enter")
    assert "Handing in" in rater.stage.words
    go_on.set()
    await rater.stage.settle()
    assert rater.stage.screen_name == "MirrorScreen"
    assert len(casts) == 1
    assert handed_in(rating) == 1


@pytest.mark.parametrize("key", ["escape", "question_mark", "c", "ctrl+p", "enter"])
async def test_nothing_comes_between_the_button_and_the_receipt(
    rater: Rater, rating: GroupServices, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    go_on = threading.Event()
    cast = Rating.cast

    def slowly(*ballot: object) -> tuple[str, ...]:
        assert go_on.wait(10)
        return cast(*ballot)

    monkeypatch.setattr(Rating, "cast", slowly)
    await rater.press("4", "5", "c")
    await rater.stage.pilot.press("enter", key)
    go_on.set()
    await rater.stage.settle()
    assert rater.stage.stack == ["BoardScreen", "TurnsScreen", "MirrorScreen"]


async def test_a_ballot_that_leaves_everybody_out_can_be_handed_in(
    rater: Rater, rating: GroupServices
) -> None:
    """A rater who knows no partner must not be noticed by not handing in."""
    await rater.press(*"0" * 12, "c")
    assert "0 rated 12 left out" in rater.stage.words
    await rater.press("c", "enter")
    assert rater.stage.screen_name == "MirrorScreen"
    assert handed_in(rating) == 1


async def test_a_box_closed_meanwhile_is_reported_once_and_loses_no_answers(
    rater: Rater, rating: GroupServices
) -> None:
    await rater.press(*"45" * 3, "c")
    rating.rounds.discard("Gulf Coast Peers")
    await rater.press("enter")
    assert rater.stage.screen_name == "CheckScreen"
    assert len(rater.stage.notes) == 1
    assert "was closed or discarded" in rater.stage.notes[0]
    assert str(rater.stage.screen.query_one("#cast", Button).label) == "Cast my ballot"
    await rater.press("escape")
    assert rater.answers("Cobalt Voice") == {}
    assert rater.answers("Bluestack Cloud") == {"they.back": 4, "we.back": 5}
    await rater.press("escape", "y", "enter")
    assert "No round is open any more." in rater.stage.words


async def test_a_failed_cast_can_be_tried_again(
    rater: Rater, rating: GroupServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Rating, "cast", _busy)
        await rater.press("4", "5", "c")
        rater.stage.screen.query_one("#cast", Button).active_effect_duration = 0
        await rater.press("enter")
    assert rater.stage.notes == ["somebody else is writing"]
    await rater.press("enter")
    assert rater.stage.screen_name == "MirrorScreen"
    assert handed_in(rating) == 1


def _busy(*_: object) -> tuple[str, ...]:
    from peerreview.errors import BusyError

    raise BusyError("somebody else is writing")


async def test_the_mirror_swaps_the_sides_of_the_answers(rater: Rater) -> None:
    await rater.press("5", "1", "down", "4", "4", "c", "enter")
    assert "Would they say the same of you?" in rater.stage.words
    assert "send business back they 2 of 2 you 1 of 2" in rater.stage.words
    assert "Alder Security: a lead" in rater.stage.words


async def test_a_mirror_without_pairs_says_that_all_is_well(rater: Rater) -> None:
    await rater.press("enter", "down", *"3", "down", "left", "3", "down", "3")
    await rater.press("home", "right", "down", "2", "right", "2", "escape", "c")
    assert "rated" in rater.stage.words


# What is left at the curtain.


@pytest.fixture
def known_code(monkeypatch: pytest.MonkeyPatch) -> str:
    """Make every drawn code consist of words that appear nowhere else on a screen."""
    monkeypatch.setattr(words, "random_words", lambda count: CODE[:count])
    return CODE[0]


async def test_nothing_of_the_turn_is_left_at_the_curtain(
    rating: GroupServices, crew: Crew, known_code: str
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("enter")
        assert known_code in everything_written(stage)
        await stage.press(HAVE_THE_CODE, *"45" * 6, "0", "o", "3", "c", "c", "enter")
        receipt = stage.screen._receipt
        assert receipt in everything_written(stage)
        await stage.press(SEEN_THE_MIRROR)
        assert stage.stack == ["BoardScreen", "TurnsScreen", "CurtainScreen"]
        written = everything_written(stage)
        await stage.press("enter")
        assert stage.stack == ["BoardScreen", "TurnsScreen"]
        written += everything_written(stage)
        assert known_code not in written
        assert receipt not in written
        assert not any(sign in written for sign in ("■", "●", "◐", "for your eyes"))
        assert stage.notes == []


async def test_a_finished_turn_leaves_memory(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, *"45" * 12)
        turn = weakref.ref(stage.screen.turn)
        seat = weakref.ref(stage.screen.turn.seat)
        assert isinstance(turn(), Turn)
        await stage.press("c", "enter", *END)
        assert stage.screen_name == "TurnsScreen"
        for _ in range(20):  # a screen leaves its app some moments after it has left the terminal
            gc.collect()
            if turn() is None and seat() is None:
                break
            await asyncio.sleep(0.1)
        assert turn() is None
        assert seat() is None


async def test_the_report_of_a_crash_shows_nothing_of_the_ballot(
    rating: GroupServices,
    crew: Crew,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(turn: Turn, partner: int, question_id: str, answer: int) -> None:
        raise KeyError(f"{question_id} is {answer}")

    monkeypatch.setattr(Turn, "answer", broken)
    with pytest.raises(KeyError):
        async with on_stage(app_for(rating, "turn"), crew) as stage:
            await stage.press(*START, "4")
    error_output = capsys.readouterr().err
    assert "peerreview stopped by a defect of its own (KeyError at test_check.py" in error_output
    assert "they.back" not in error_output
    assert "Alder Security" not in error_output


async def test_the_next_rater_does_not_see_that_a_ballot_was_withdrawn(
    rating: GroupServices, crew: Crew, known_code: str
) -> None:
    rated(rating, make_rater())
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press("m")
        await stage.write(" ".join(CODE))
        await stage.press("enter", "t")
        assert "Your ballot is out of the box." in everything_written(stage)
        await stage.press("enter")
        assert stage.screen_name == "CurtainScreen"
        assert "ballot is out" not in everything_written(stage)


async def test_the_next_rater_sees_nothing_of_a_failed_cast(
    rater: Rater, rating: GroupServices
) -> None:
    await rater.press("4", "5", "c")
    rating.rounds.discard("Gulf Coast Peers")
    await rater.press("enter", "escape", "escape", "y", "enter")
    assert rater.stage.screen_name == "TurnsScreen"
    assert rater.stage.notes == []


async def test_only_enter_opens_the_curtain(rater: Rater) -> None:
    await rater.press("escape")
    assert rater.stage.screen_name == "CurtainScreen"
    await rater.press("escape", "q", "space", "c", "x", "backspace")
    assert rater.stage.screen_name == "CurtainScreen"
    await rater.press("enter")
    assert rater.stage.screen_name == "TurnsScreen"


async def test_a_ballot_cast_on_screen_counts_at_the_close(
    twelve: GroupServices, crew: Crew
) -> None:
    prepared = open_round(twelve)
    rated(twelve, *[make_rater()] * 3)
    async with on_stage(app_for(twelve, "turn"), crew) as stage:
        await stage.press(*START, *"44x" * 12, "c", "enter", *END)
        assert "4 of 4 handed in" in stage.words
    release = twelve.rounds.close(key_of(prepared), 4)
    assert release.ballots == 4
