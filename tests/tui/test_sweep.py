"""What must hold on every screen with all names, sizes and themes.

Starting the app and walking to a screen takes longest: each screen is walked to twice, and then
looked at in every way.
"""

import asyncio

import pytest
from textual.geometry import Region
from textual.strip import Strip

from peerreview.tui.ballot.turns import TurnsScreen
from peerreview.tui.board.board import BoardScreen
from peerreview.tui.kit.page import Page

from .checks import CONTRAST_OF_THEMES, SHIPPED, check_frame, describe_faults, find_colors
from .hostile_names import HOSTILE, HOSTILE_GROUP
from .stage import Crew, Stage, on_stage
from .tour import CALLED, PLAIN, TOUR

pytestmark = pytest.mark.sweep
DIALOGS = {"new group", "partner form", "paste form", "checklist", "discard",
           "enter a code", "leave a ballot", "signs"}  # fmt: skip
SMALL = (40, 12)
SIZES = [(60, 20), (80, 24), (120, 40), (300, 100), (20, 5), (80, 24)]


@pytest.mark.parametrize("name", TOUR)
async def test_every_screen_is_still_readable_and_clickable(
    name: str, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = TOUR[name]
    house = stop.house(PLAIN, CALLED)
    for screen in (BoardScreen, TurnsScreen):  # they look at the round again and again
        monkeypatch.setattr(screen, "REFRESH_SECONDS", 0.01)
    async with on_stage(stop.app(house), crew) as stage:
        await stop.walk(stage, house)
        await check_that_an_idle_app_draws_nothing(stage, monkeypatch)
        check_frame(stage)
        check_lines_drawn_alone(stage)
        await check_readability_in_every_theme(stage)
        await check_ascii_signs(stage)
        if name not in DIALOGS:
            await check_clicks_on_the_key_line(stage, stop.screen)


@pytest.mark.parametrize("name", TOUR)
async def test_every_screen_shows_any_name_at_any_size_and_does_without_colors(
    name: str, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stop = TOUR[name]
    house = stop.house(HOSTILE, HOSTILE_GROUP)
    async with on_stage(stop.app(house), crew, SMALL) as stage:
        await stop.walk(stage, house)
        check_frame(stage)
        for size in SIZES:
            await stage.resize(*size)
            check_frame(stage)
        assert stage.screen_name == stop.screen
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.settle()
            assert describe_faults(stage) == set(), theme
            assert all(len(set(color.triplet or ())) <= 1 for color in find_colors(stage))


async def check_that_an_idle_app_draws_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.sleep(0.05)
    await stage.settle()  # what the start put off is done
    drawn = list[object]()
    with monkeypatch.context() as patch:
        patch.setattr(stage.app, "_display", lambda _, frame: frame and drawn.append(frame))
        await asyncio.sleep(0.1)
        await stage.settle()
    assert not drawn


def check_lines_drawn_alone(stage: Stage) -> None:
    everything = Region(0, 0, *stage.app.size)
    render = stage.screen._compositor._render_chops
    for share in (2, 7):
        wanted = set(range(0, everything.height, share))
        chops = render(everything, wanted.__contains__)
        alone = [Strip.join(pieces.values()) for pieces in chops[::share]]
        assert alone == stage.strips[::share]
    lines = range(everything.height)
    whole = render(everything, lines.__contains__)
    for part in (everything.crop_size((9, 99)), Region(60, 0, 5, everything.height)):
        for y, pieces in enumerate(render(part, lines.__contains__)):
            drawn = {x: piece for x, piece in pieces.items() if piece is not None}
            assert drawn.items() <= whole[y].items()


async def check_readability_in_every_theme(stage: Stage) -> None:
    for theme, readable in CONTRAST_OF_THEMES.items():
        stage.app.theme = theme
        await stage.settle()
        assert describe_faults(stage, readable) == set(), theme


async def check_ascii_signs(stage: Stage) -> None:
    settings, before = stage.app.settings, stage.lines
    stage.app.apply_settings(settings.evolve(ascii=True))
    await stage.settle()
    assert {sign for line in stage.lines for sign in line if not sign.isascii()} == set()
    assert [len(line) for line in stage.lines] == [len(line) for line in before]
    stage.app.apply_settings(settings)
    await stage.settle()


async def check_clicks_on_the_key_line(stage: Stage, name_of_screen: str) -> None:
    assert isinstance(stage.screen, Page)
    for command in stage.screen.COMMANDS_HERE:
        if command.shown and command in stage.screen.active_commands:
            await stage.click_on(f"{command.key_text} {command.label}")
            assert stage.app._exception is None
            if stage.screen_name != name_of_screen:
                return
