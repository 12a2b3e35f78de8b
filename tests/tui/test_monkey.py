"""A monkey on the keys: any key in any order, faster than the screen follows, at any size.

A few hundred keys a screen; `MONKEY_KEYS=10000 python -m pytest tests/tui/test_monkey.py` presses
more. The seed is the screen's name, so that what broke breaks again.
"""

import os
import random
from math import ceil

import pytest

from peerreview.services.rating import Rating
from peerreview.tui.screens.ballot import BallotScreen
from peerreview.tui.screens.curtain import CurtainScreen
from peerreview.tui.screens.mirror import MirrorScreen

from .rater import Rater
from .stage import Crew, on_stage
from .test_every_screen import POSSIBLE, check
from .tour import CALLED, TOUR
from .watch import Watch

KEYS = [
    *"12345 0ouUxyncw!hjkl?/amrvtdf[]", "enter", "enter", "escape", "up", "down", "left", "right",
    "tab", "shift+tab", "backspace", "delete", "pageup", "pagedown", "home", "end", "ctrl+z",
    "ctrl+y", "ctrl+p", "ctrl+a", "ctrl+c", "f1", "é", "株",
]  # fmt: skip
TO_QUIT = ["q", "ctrl+q"]
"""Within turns they end nothing; elsewhere they would only end the visit."""
HOW_MANY = int(os.environ.get("MONKEY_KEYS", "240"))
BURST, VISIT = 12, 240
"""Keys at a stretch, and keys until the monkey is put back on its screen."""
PLACES = ["board", "street map", "ballot", "grid", "check", "turns", "board while rating",
          "partners", "open a round", "close", "talk list", "room while rating", "code", "mirror",
          "curtain", "change"]  # fmt: skip


async def play(stop: str, keys: int, crew: Crew, watch: Watch) -> None:
    """Let the monkey press so many keys, starting from a screen again and again."""
    there, monkey = TOUR[stop], random.Random(stop)
    choice = KEYS + TO_QUIT * (there.first == "turn")
    for _ in range(ceil(keys / VISIT)):
        house = there.house(POSSIBLE, CALLED)
        watch.begin()
        async with on_stage(there.app(house), crew) as stage:
            await there.walk(stage, house)
            for _ in range(min(keys, VISIT) // BURST):
                if monkey.random() < 0.15:
                    await stage.resize(monkey.randint(30, 200), monkey.randint(9, 60))
                await stage.hammer(*monkey.choices(choice, k=BURST))
                await watch.look(stage)
                assert not stage.app._exit
            check(stage)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


@pytest.mark.parametrize("stop", PLACES)
async def test_whatever_is_pressed_nothing_breaks(stop: str, crew: Crew, watch: Watch) -> None:
    await play(stop, HOW_MANY, crew, watch)


# The monkey would notice.


async def test_a_key_that_crashes_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(BallotScreen, "action_redo", broken)
    with pytest.raises((ZeroDivisionError, AssertionError)):
        await play("ballot", 960, crew, watch)


async def test_a_key_that_casts_at_once_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cast_at_once(screen: BallotScreen) -> None:
        Rating.cast(stage_desk(screen), screen.turn.seat, screen.turn.draft)

    monkeypatch.setattr(BallotScreen, "action_check", cast_at_once)
    with pytest.raises(AssertionError, match="past the check screen"):
        await play("ballot", 960, crew, watch)


def stage_desk(screen: BallotScreen) -> Rating:
    """The service the app was started with."""
    return screen.app._start.desk.rating


async def test_a_curtain_drawn_over_the_mirror_is_found(
    crew: Crew, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cover(screen: MirrorScreen) -> None:
        screen.app.push_screen(CurtainScreen())

    monkeypatch.setattr(MirrorScreen, "action_done", cover)
    with pytest.raises(AssertionError, match="a turn is left"):
        await play("mirror", 960, crew, watch)


async def test_the_watch_sees_behind_the_curtain(rater: Rater, watch: Watch) -> None:
    """Most of what a monkey does ends elsewhere: the curtain has to be reached at all."""
    await rater.press("4", "5", "c", "enter", "space")
    await watch.look(rater.stage)
    assert rater.stage.where == "CurtainScreen"
    assert watch.curtains == watch.casts == watch.pressed == 1


# What the monkey found.


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+p", *"undo", "enter", "enter", "enter"),
        ("escape", "right", "enter", "enter", "enter"),
        ("escape", "y", "y", "y"),
    ],
)
async def test_a_dialog_answered_twice_takes_no_other_screen_with_it(
    rater: Rater, keys: tuple[str, ...]
) -> None:
    await rater.press("4")
    await rater.stage.hammer(*keys)
    assert rater.stage.stack[:2] == ["BoardScreen", "TurnsScreen"]
    if rater.stage.stack[2:] == ["BallotScreen"]:
        await rater.press("escape", "y")
    if rater.stage.where == "CurtainScreen":
        await rater.press("enter")
    if rater.stage.where == "TurnsScreen":
        await rater.press("enter")
    assert rater.stage.where == "CodeScreen", "the next one can take a turn"
