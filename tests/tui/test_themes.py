"""Themes: everything written can be read in both, and a bad file is named once and left out."""

import shutil
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.theme import Theme

from peerreview.services.desk import Desk
from peerreview.shipped import folder
from peerreview.tui import theming

from .stage import Crew, Stage, app_for, on_stage
from .tour import CALLED, PLAIN, TOUR

READABLE, VISIBLE = 4.5, 3.0
"""Contrast of text, and of signs that mean something (WCAG 2.2, 1.4.3 and 1.4.11)."""
SIGNS = set("■×━●◐○–▸┃╋★!~◀▶")
STOPS = ["board", "board while rating", "partner with a deal-breaker", "help",
         "partners", "partner form", "open a round", "checklist", "close", "turns", "change",
         "ballot", "grid", "check", "mirror"]  # fmt: skip
SHIPPED = ("dark", "high-contrast", "light", "room")


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""
    assert color.triplet

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, color.triplet)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faint(segment: Segment) -> str | None:
    """What is wrong with how a piece of text is colored, if anything."""
    style, text = segment.style, segment.text.strip()
    if not text or style is None:
        return None
    if style.color is None or style.bgcolor is None or style.dim:
        return f"{text!r} has no colors of its own" if style.dim else None
    needed = READABLE if any(map(str.isalnum, text)) else VISIBLE if SIGNS & set(text) else 0.0
    found = contrast(style.color, style.bgcolor)
    if found >= needed:
        return None
    return f"{text!r}: {style.color.name} on {style.bgcolor.name} is {found:.2f}:1"


def all_faint(stage: Stage) -> set[str]:
    """Every piece that can't be read well; what lies behind a dialog is dimmed on purpose."""
    return {fault for strip in stage.on_top for segment in strip if (fault := faint(segment))}


def test_black_on_white_is_as_far_as_it_goes() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_the_shipped_themes_are_whole() -> None:
    loaded, failed = theming.load(theming.files(folder("themes")))
    assert failed == []
    assert [theme.name for theme in loaded] == list(SHIPPED)
    assert {theme.name: theme.dark for theme in loaded}["light"] is False


@pytest.mark.parametrize("stop", STOPS)
async def test_everything_can_be_read_in_both_themes(stop: str, crew: Crew) -> None:
    there = TOUR[stop]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.settle()
            assert all_faint(stage) == set(), theme


async def test_every_line_of_the_board_can_be_read_under_the_cursor(told: Desk, crew: Crew) -> None:
    async with on_stage(app_for(told), crew) as stage:
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.press("home")
            for _ in range(10):
                assert all_faint(stage) == set(), theme
                await stage.press("down")


async def test_the_app_starts_dark(told: Desk, crew: Crew) -> None:
    async with on_stage(app_for(told), crew) as stage:
        assert stage.app.theme == "dark"


# Files that are no themes.

BAD = {
    "no color": ('they = "#66e5c3"', 'they = "very blue"', "no color"),
    "no plain color": ('they = "#66e5c3"', 'they = "#66e5c380"', "no plain color"),
    "no such field": ("dark = true", 'dark = true\nfont = "Comic"', "font"),
    "a color too few": ('we = "#93a9ff"', "", "we"),
    "no TOML": ("dark = true", "dark true", ""),
    "markup": ('they = "#66e5c3"', 'they = "[/red]"', "[/red]"),
}


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A folder with the shipped themes, to spoil."""
    return Path(shutil.copytree(folder("themes"), tmp_path / "themes"))


@pytest.mark.parametrize("fault", BAD)
async def test_a_bad_file_is_named_once_and_left_out(
    told: Desk, crew: Crew, themes: Path, fault: str
) -> None:
    old, new, words = BAD[fault]
    whole = (themes / "dark.toml").read_text(encoding="utf-8")
    assert old in whole
    (themes / "mine.toml").write_text(whole.replace(old, new), encoding="utf-8")
    async with on_stage(app_for(told, themes=themes), crew) as stage:
        assert len(stage.notes) == 1
        assert stage.notes[0].startswith("mine.toml: ")
        assert words in stage.notes[0]
        assert stage.app.theme == "dark"
        assert "mine" not in stage.app.available_themes


def test_a_file_that_is_no_text_is_left_out(themes: Path) -> None:
    (themes / "mine.toml").write_bytes(b"\xff\xfe\x00")
    loaded, failed = theming.load(theming.files(themes))
    assert len(loaded) == len(SHIPPED)
    assert [sentence.partition(":")[0] for sentence in failed] == ["mine.toml"]


async def test_without_any_theme_the_app_still_runs(told: Desk, crew: Crew, tmp_path: Path) -> None:
    async with on_stage(app_for(told, themes=tmp_path / "nothing"), crew) as stage:
        assert "Alder Security" in stage.words
        await stage.press("enter")
        assert stage.where == "PartnerScreen"


async def test_themes_of_others_do_for_our_styles_too(told: Desk, crew: Crew) -> None:
    """A theme without our own variables must not bring the app down."""
    async with on_stage(app_for(told), crew) as stage:
        stage.app.register_theme(Theme("bare", primary="#336699"))
        stage.app.theme = "bare"
        await stage.press("down", "enter")
        assert stage.where == "PartnerScreen"


async def test_without_colors_every_state_still_has_a_word_or_a_mark(
    told: Desk, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_stage(app_for(told), crew) as stage:
        colors = {segment.style.color.triplet for strip in stage.strips for segment in strip
                  if segment.style and segment.style.color}  # fmt: skip
        assert all(red == green == blue for red, green, blue in colors)
        assert stage.line_with("Bluestack Cloud").startswith(" !")
        assert stage.line_with("Alder Security").startswith("▸")
