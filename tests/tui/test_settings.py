"""Settings: previewing themes, checking signs, and storing what was chosen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from peerreview.bootstrap import save_settings
from peerreview.config import Settings, UserFolders, read_settings
from peerreview.services.group_services import GroupServices
from peerreview.shipped import find_folder
from peerreview.tui.app.app import PeerReviewApp

from .stage import START, Crew, Stage, app_for, make_failing_workspace, on_stage

OPEN = "comma"


@pytest.fixture
def places(tmp_path: Path) -> UserFolders:
    """Return a config folder with one custom theme."""
    places = UserFolders(tmp_path, tmp_path)
    places.themes.mkdir()
    whole = (find_folder("themes") / "dark.toml").read_text(encoding="utf-8")
    (places.themes / "mine.toml").write_text(whole.replace("#12161c", "#101010"))
    return places


def app_with(services: GroupServices, places: UserFolders, **more: object) -> PeerReviewApp:
    """Return the app with a settings file, as the program would start it."""
    workspace = replace(
        make_failing_workspace(),
        save_settings=lambda changes: save_settings(places.settings_file, changes),
    )
    settings, faults = read_settings(places.settings_file)
    return app_for(
        services,
        workspace=workspace,
        folders=places,
        settings=settings,
        setting_problems=tuple(faults),
        **more,
    )


async def walk_to(stage: Stage, label: str) -> None:
    """Move the cursor down to a choice."""
    await stage.press("home")
    for _ in range(20):
        if stage.line_with("▸" if "▸" in stage.picture else ">").strip()[4:].startswith(label):
            return
        await stage.press("down")
    raise AssertionError(f"no choice {label}\n{stage.picture}")


def background(stage: Stage) -> str:
    return stage.app.theme_variables["background"].lower()


async def test_every_theme_is_seen_while_moving_and_esc_puts_the_old_one_back(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places), crew) as stage:
        await stage.press(OPEN)
        assert stage.screen_name == "SettingsScreen"
        seen = []
        for _ in range(6):
            seen.append(stage.app.theme)
            await stage.press("down")
        assert seen == ["dark", "dark", "high-contrast", "light", "room", "mine"]
        await stage.press("up")
        assert background(stage) == "#101010"
        await stage.press("escape")
        assert stage.screen_name == "BoardScreen"
        assert stage.app.theme == "dark"
        assert not places.settings_file.exists()


async def test_enter_keeps_a_theme_and_the_next_start_has_it(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places), crew) as stage:
        await stage.press(OPEN)
        await walk_to(stage, "room")
        await stage.press("enter")
        assert stage.line_with(" room ").startswith(" ▸ ● room")
        await stage.press("down", "escape")
        assert stage.app.theme == "room"
    async with on_stage(app_with(rated_group, places), crew) as stage:
        assert stage.app.theme == "room"
        await stage.press(OPEN)
        assert stage.line_with("▸").startswith(" ▸ ● room")


async def test_a_theme_can_be_chosen_with_the_mouse(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places), crew) as stage:
        await stage.press(OPEN)
        await stage.click_on("light  ")
        assert stage.app.theme == "light"
        assert not places.settings_file.exists()
        await stage.click_on("light  ")
        await stage.click_on("Esc back")
        assert stage.app.theme == "light"
        assert read_settings(places.settings_file)[0].theme == "light"


async def test_a_custom_theme_is_loaded_before_the_first_frame(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    places.settings_file.write_text('theme = "mine"')
    app = app_with(rated_group, places)
    assert app.theme == "mine"
    assert set(app.themes) == {"mine"}
    async with on_stage(app, crew) as stage:
        assert background(stage) == "#101010"


async def test_a_theme_that_is_gone_is_named_once_and_another_is_used(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    places.settings_file.write_text('theme = "gone"\ncolour = 3')
    async with on_stage(app_with(rated_group, places, is_light=True), crew) as stage:
        assert stage.app.theme == "light"
        assert stage.notes == [
            "config.toml: colour: there is no such setting; theme: there is none called gone"
        ]
        await stage.press(OPEN)
        assert stage.screen_name == "SettingsScreen"


async def test_the_first_start_follows_the_terminal(rated_group: GroupServices, crew: Crew) -> None:
    assert app_for(rated_group, is_light=True).theme == "light"
    assert app_for(rated_group).theme == "dark"
    assert app_for(rated_group, is_light=True, settings=Settings(theme="room")).theme == "room"


async def test_the_room_screen_ignores_the_theme_of_the_settings(
    rated_group: GroupServices, crew: Crew
) -> None:
    assert app_for(rated_group, "room", settings=Settings(theme="dark", ascii=True)).theme == "room"


# Signs.


async def test_signs_that_do_not_line_up_become_ascii_at_once(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places), crew) as stage:
        assert "╋" in stage.picture
        await stage.press(OPEN, "c")
        assert stage.screen_name == "GlyphCheck"
        frame = [line[line.index("│") :] for line in stage.lines if "│" in line]
        assert len({line.rstrip().rindex("│") for line in frame}) == 1
        await stage.press("n")
        assert all(line.isascii() for line in stage.lines)
        await stage.press("escape")
        assert all(line.isascii() for line in stage.lines)
        assert "=+=" in stage.picture
        assert read_settings(places.settings_file)[0].ascii is True
        await stage.press(OPEN, "c")
        assert "◐" in stage.words  # what is checked are the signs, not what stands for them
        await stage.press("y", "escape")
        assert "╋" in stage.picture
        assert read_settings(places.settings_file)[0].ascii is False


async def test_esc_leaves_the_check_without_an_answer(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places, needs_ascii=True), crew) as stage:
        await stage.press(OPEN, "c", "escape")
        assert stage.screen_name == "SettingsScreen"
        assert all(line.isascii() for line in stage.lines)
        assert not places.settings_file.exists()


async def test_a_terminal_without_signs_gets_ascii_unless_somebody_says_otherwise(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places, needs_ascii=True), crew) as stage:
        assert all(line.isascii() for line in stage.lines)
        await stage.press(OPEN)
        assert stage.line_with(" ASCII ").startswith("   # ASCII")
        await walk_to(stage, "Unicode")
        await stage.press("enter", "escape")
        assert "╋" in stage.picture


# Animations, keys, and where settings can't be opened.


@pytest.fixture
def moving() -> Iterator[None]:
    """Allow animations in the environment."""
    with mock.patch("textual.constants.TEXTUAL_ANIMATIONS", "full"):
        yield


async def test_nothing_is_animated_once_animations_are_off(
    rated_group: GroupServices, crew: Crew, places: UserFolders, moving: None
) -> None:
    app = app_with(rated_group, places)
    app.apply_settings(app.settings)
    assert app.animation_level == "full"
    async with on_stage(app, crew) as stage:
        await stage.press(OPEN, "end", "enter")
        assert app.animation_level == "none"
        assert read_settings(places.settings_file)[0].animations is False
    assert app_with(rated_group, places).animation_level == "none"


async def test_settings_do_not_turn_on_animations_that_the_environment_forbids(
    rated_group: GroupServices, crew: Crew
) -> None:
    with mock.patch("textual.constants.TEXTUAL_ANIMATIONS", "none"):
        app = app_for(rated_group, settings=Settings(animations=True))
    app.apply_settings(app.settings)
    assert app.animation_level == "none"


async def test_custom_keys_work_from_the_first_screen_on(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    places.settings_file.write_text('[keys]\npartners = "z"\n"app.settings" = "f2"\n')
    async with on_stage(app_with(rated_group, places), crew) as stage:
        await stage.press("z")
        assert stage.screen_name == "PartnersScreen"
        await stage.press("escape", "f2")
        assert stage.screen_name == "SettingsScreen"


async def test_settings_are_not_opened_within_turns(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(OPEN)
        assert stage.screen_name == "TurnsScreen"
        await stage.press(*START, OPEN)
        assert stage.screen_name == "BallotScreen"


async def test_settings_open_once(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press(OPEN, OPEN)
        assert stage.stack.count("SettingsScreen") == 1
        await stage.press("question_mark")
        assert "Use this from now on" in stage.words


async def test_a_setting_that_cannot_be_written_is_reported_and_still_used(
    rated_group: GroupServices, crew: Crew, places: UserFolders
) -> None:
    async with on_stage(app_with(rated_group, places), crew) as stage:
        places.settings_file.write_text("theme = ")
        await stage.press(OPEN, "down", "down", "enter")
        assert len(stage.notes) == 1 and "change it by hand" in stage.notes[0]
        await stage.press("escape")
        assert stage.app.theme == "high-contrast"
        assert places.settings_file.read_text() == "theme = "
