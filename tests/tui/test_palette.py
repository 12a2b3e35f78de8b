"""The palette, custom keys, and the report of a crash."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from peerreview.config import SettingChanges, Settings
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.crash import describe_crash, keep_report
from peerreview.tui.app.keymap import keymap_problems
from peerreview.tui.kit.commands import Command

from .rater import Rater
from .stage import START, Crew, app_for, make_failing_workspace, on_stage


async def names(stage: object) -> list[str]:
    from textual.widgets import OptionList

    options = stage.app.screen.query_one(OptionList)  # type: ignore[attr-defined]
    return [str(option.hit.text) for option in options.options]  # type: ignore[attr-defined]


async def test_the_palette_offers_what_this_screen_can_do_now(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating), crew) as stage:
        await stage.press("colon")
        assert isinstance(stage.app.screen, CommandPalette)
        await stage.settle()
        assert "Take turns" in await names(stage)
        assert not any("screen" in name.lower() for name in await names(stage))


async def test_a_name_typed_in_part_runs_the_command(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating), crew) as stage:
        await stage.press("ctrl+p", *"turns")
        await stage.settle()
        await stage.press("enter")
        await stage.settle()
        if isinstance(stage.app.screen, CommandPalette):
            await stage.press("enter")
            await stage.settle()
        assert stage.screen_name == "TurnsScreen"


async def test_the_palette_offers_only_commands_of_the_turn_in_a_turn(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START, "colon")
        await stage.settle()
        assert "Check & cast" in await names(stage)
        assert "Quit" not in await names(stage)
        await stage.press("escape")
        assert stage.screen_name == "BallotScreen"


async def test_the_key_of_the_palette_is_a_letter_in_a_field(
    empty_services: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(None), crew) as stage:
        await stage.press("n")
        await stage.settle()
        field = stage.app.screen.query_one(Input)
        await stage.press("colon")
        assert field.value == ":"


def test_impossible_keys_are_named() -> None:
    assert keymap_problems({}) == []
    assert keymap_problems({"undo": "Z", "turns": "f2"}) == []
    assert keymap_problems({"undoo": "Z"}) == ["keys: no command is called undoo"]
    assert keymap_problems({"undo": "c"}) == ["keys: c would mean both undo and check"]
    assert keymap_problems({"undo": ","}) == ["keys: undo: ',' is no key"]


async def test_a_custom_key_works_and_is_shown(rating: GroupServices, crew: Crew) -> None:
    app = app_for(rating, settings=Settings(keys={"turns": "g"}))
    async with on_stage(app, crew) as stage:
        assert "g take turns" in stage.picture
        await stage.press("g")
        assert stage.screen_name == "TurnsScreen"


async def test_a_key_with_two_meanings_is_reported_once_and_not_used(
    rating: GroupServices, crew: Crew
) -> None:
    app = app_for(rating, settings=Settings(keys={"turns": "c"}))
    async with on_stage(app, crew) as stage:
        assert stage.notes == ["keys: c would mean both turns and close_box"]
        await stage.press("t")
        assert stage.screen_name == "TurnsScreen"


async def test_a_verdict_is_copied_and_nothing_that_is_marked(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        written: list[str] = []
        stage.app._driver.write = written.append  # type: ignore[union-attr]
        stage.app.copy_to_clipboard("maple otter")
        assert written == []
        await stage.press("y")
        (copied,) = (text for text in written if text.startswith("\x1b]52;c;"))
        sentence = base64.b64decode(copied[7:-1]).decode()
        assert stage.notes == [sentence]
        assert sentence.startswith("Alder Security: ")


def test_a_command_shows_the_key_it_was_given() -> None:
    given = Command("escape", "back", "back", "Esc").with_keymap({"back": "b"})
    assert (given.keys, given.key_text) == ("b", "b")


class TestADefect:
    def broken(self) -> BaseException:
        def inner(answer: int) -> None:
            raise ValueError(f"Alder Security is {answer}")

        try:
            try:
                inner(4)
            except ValueError as error:
                raise KeyError("copper lantern") from error
        except KeyError as error:
            return error

    def test_the_report_names_classes_and_places_but_no_values(self) -> None:
        report = describe_crash(self.broken())
        assert "KeyError" in report and "ValueError" in report and "in inner" in report
        assert "Alder" not in report and "copper" not in report
        assert str(Path.home()) not in report

    def test_the_report_is_written_and_its_file_is_named(self, tmp_path: Path) -> None:
        message = keep_report(self.broken(), tmp_path / "new")
        assert message.endswith(str(tmp_path / "new" / "last-defect.txt"))
        assert "ValueError" in (tmp_path / "new" / "last-defect.txt").read_text("utf-8")

    @pytest.mark.parametrize("folder", [None, Path("/dev/null/there")])
    def test_the_crash_is_reported_even_if_no_file_can_be_written(
        self, folder: Path | None
    ) -> None:
        assert "What was handed in is safe" in keep_report(self.broken(), folder)


async def test_a_theme_is_shown_while_its_name_is_chosen_and_kept_only_then(
    rated_group: GroupServices, crew: Crew
) -> None:
    kept: list[SettingChanges] = []
    workspace = replace(make_failing_workspace(), save_settings=kept.append)
    async with on_stage(app_for(rated_group, workspace=workspace), crew) as stage:
        await stage.press("colon", *"theme light")
        await stage.settle()
        await stage.press("down")
        assert stage.app.theme == "light"
        await stage.press("escape")
        if isinstance(stage.app.screen, CommandPalette):
            await stage.press("escape")
        assert stage.app.theme == "dark"
        assert kept == []
        await stage.press("colon", *"theme light")
        await stage.settle()
        await stage.press("down", "enter")
        assert (stage.screen_name, stage.app.theme, kept) == (
            "BoardScreen",
            "light",
            [{"theme": "light"}],
        )


async def test_in_a_turn_nobody_changes_the_theme(rater: Rater) -> None:
    await rater.press("colon", *"theme")
    await rater.stage.settle()
    assert not [name for name in await names(rater.stage) if name.startswith("Theme")]
