"""Random keys on every screen; `python -m benchmarks.monkey` presses far more."""

import pytest
from textual.command import CommandList

from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Rating
from peerreview.tui.ballot.ballot import BallotScreen
from peerreview.tui.ballot.cards import CurtainScreen
from peerreview.tui.ballot.mirror import MirrorScreen
from peerreview.tui.ballot.turns import TurnsScreen
from peerreview.tui.kit.dialog import AskYesNo

from .monkey import play
from .rater import Rater
from .stage import END, START, Crew, app_for, on_stage
from .tour import TOUR
from .watch import Watch

HOW_MANY = 120


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


@pytest.mark.sweep
@pytest.mark.parametrize("stop", TOUR)
async def test_whatever_is_pressed_nothing_breaks(stop: str, crew: Crew, watch: Watch) -> None:
    await play(stop, HOW_MANY, crew, watch)


# Defects that the watch must notice.


@pytest.mark.sweep
async def test_a_key_that_crashes_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(BallotScreen, "action_undo", broken)
    with pytest.raises((ZeroDivisionError, AssertionError)):
        await play("ballot", 960, crew, watch)


@pytest.mark.sweep
async def test_a_key_that_casts_at_once_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cast_at_once(screen: BallotScreen) -> None:
        Rating.cast(find_rating_service(screen), screen.turn.seat, screen.turn.draft)

    monkeypatch.setattr(BallotScreen, "action_check", cast_at_once)
    with pytest.raises(AssertionError, match="past the check screen"):
        await play("ballot", 960, crew, watch)


def find_rating_service(screen: BallotScreen) -> Rating:
    """Return the rating service of the app."""
    return screen.app._options.services.rating


@pytest.mark.sweep
async def test_a_curtain_drawn_over_the_mirror_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cover(screen: MirrorScreen) -> None:
        screen.app.push_screen(CurtainScreen())

    monkeypatch.setattr(MirrorScreen, "action_done", cover)
    with pytest.raises(AssertionError, match="a turn is left"):
        await play("mirror", 960, crew, watch)


@pytest.mark.sweep
async def test_the_watch_sees_behind_the_curtain(rater: Rater, watch: Watch) -> None:
    """Random keys rarely lead to the curtain; here it is reached for certain."""
    await rater.press("4", "5", "c", "enter", "space")
    await watch.look(rater.stage)
    assert rater.stage.screen_name == "CurtainScreen"
    assert watch.seen["curtains"] == watch.casts == watch.pressed == 1


# Defects that the monkey once revealed.


@pytest.mark.sweep
@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+p", *"undo", "enter", "enter", "enter"),
        ("escape", "right", "enter", "enter", "enter"),
        ("escape", "y", "y", "y"),
    ],
)
async def test_answering_a_dialog_twice_closes_no_other_screen(
    rater: Rater, keys: tuple[str, ...]
) -> None:
    await rater.press("4")
    await rater.stage.hammer(*keys)
    assert rater.stage.stack[:2] == ["BoardScreen", "TurnsScreen"]
    if rater.stage.screen_name == "GridScreen":  # the last Enter was for the ballot
        await rater.press("escape")
    if rater.stage.stack[2:] == ["BallotScreen"]:
        await rater.press("escape", "y")
    if rater.stage.screen_name == "CurtainScreen":
        await rater.press("enter")
    if rater.stage.screen_name == "TurnsScreen":
        await rater.press("enter")
    assert rater.stage.screen_name == "CodeScreen", "the next one can take a turn"


@pytest.mark.sweep
@pytest.mark.parametrize("keys", ["escape y", "escape tab y", "enter escape escape y"])
async def test_a_turn_left_in_a_hurry_is_forgotten(watch: Watch, rater: Rater, keys: str) -> None:
    await rater.press("4")
    await rater.stage.hammer(*keys.split())
    assert rater.stage.screen_name == "CurtainScreen"
    await watch.forgotten()


async def test_closing_a_dialog_twice_ends_no_turn(rater: Rater) -> None:
    """Enter presses its button, and Esc follows before the press is handled."""
    await rater.press("4", "escape")
    await rater.stage.hammer("enter", "escape")
    assert rater.stage.stack == ["BoardScreen", "TurnsScreen", "BallotScreen"]
    assert rater.answers("Alder Security")


async def test_leaving_a_screen_closes_only_that_screen_and_those_on_top(
    rater: Rater, watch: Watch
) -> None:
    """If the palette opened during the cast, the check once stayed open under the mirror."""
    await rater.press("4", "5", "c")
    await rater.stage.hammer("enter", "colon")
    assert rater.stage.stack == ["BoardScreen", "TurnsScreen", "MirrorScreen"]
    await rater.press("space")
    await watch.look(rater.stage)


async def test_between_two_screens_of_a_turn_no_key_works(
    rating: GroupServices, crew: Crew
) -> None:
    """Help opened there once stayed under the curtain, with the question asked last."""
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        turns = stage.screen
        await stage.press(*START, "4", "5", "c")
        for command in TurnsScreen.COMMANDS_HERE:
            assert not turns.check_action(command.action, ())
        await stage.press("enter", *END)
        assert "Enter take a turn" in stage.words


async def test_a_search_without_a_list_does_not_crash(rater: Rater) -> None:
    """The palette may close while it searches, or before its list is laid out."""
    await rater.press("4", "colon")
    palette = rater.stage.screen
    await palette.query_one(CommandList).remove()
    palette._gather_commands("un")
    await rater.stage.settle()
    assert rater.stage.app._exception is None
    assert rater.stage.app.is_running


async def test_a_closed_screen_asks_nothing(rated_group: GroupServices, crew: Crew) -> None:
    """If Esc left the page during the export, the question about overwriting once came up alone."""
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("e")
        page = stage.screen
        await stage.press("escape")
        assert await page.show_screen(AskYesNo("Overwrite it?", "yes", "no")) is None
        assert stage.stack == ["BoardScreen"]
