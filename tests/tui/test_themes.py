"""Themes: everything can be read in all of them; a bad file is named once and left out.

That every screen can be read in every theme is in test_sweep.
"""

import shutil
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color
from textual.notifications import SeverityLevel
from textual.theme import Theme

from peerreview.services.group_services import GroupServices
from peerreview.shipped import find_folder
from peerreview.tui.app import theming

from .checks import CONTRAST_OF_THEMES, SHIPPED, VISIBLE, compute_contrast, describe_faults
from .stage import Crew, app_for, on_stage
from .tour import CALLED, PLAIN, TOUR


def test_black_on_white_has_the_highest_contrast() -> None:
    assert compute_contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert compute_contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(
        4.48, abs=0.01
    )


def test_the_shipped_themes_are_whole() -> None:
    loaded, failed = theming.load_themes(theming.theme_files(find_folder("themes")))
    assert failed == []
    assert [theme.name for theme in loaded] == list(SHIPPED)
    assert {theme.name: theme.dark for theme in loaded}["light"] is False


@pytest.mark.parametrize("stop", ["board", "partners", "open a round", "ballot", "grid"])
async def test_the_cursor_has_a_mark_besides_its_color(stop: str, crew: Crew) -> None:
    there = TOUR[stop]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        for _ in range(3):
            await stage.press("down")
            on = {line for line in stage.lines if "▸" in line}
            assert 1 <= len(on) <= 2  # the grid marks the partner, too


async def test_without_colors_the_button_with_the_focus_still_stands_out(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    there = TOUR["checklist"]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.settle()
            buttons = [
                stage.strips[button.region.y].crop(button.region.x, button.region.right)
                for button in stage.screen.query("Button")
            ]
            grounds = [next(iter(button)).style.bgcolor for button in buttons]
            assert len(grounds) == 2 and None not in grounds
            assert compute_contrast(*grounds) >= VISIBLE, theme


@pytest.mark.parametrize("severity", ["information", "warning", "error"])
async def test_notifications_can_be_read(
    severity: SeverityLevel, rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        stage.app.notify("Somebody else is writing", title="Not now", severity=severity)
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.settle()
            assert "Somebody else is writing" in stage.words
            assert describe_faults(stage, CONTRAST_OF_THEMES[theme]) == set(), theme


async def test_every_line_of_the_board_can_be_read_under_the_cursor(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        for theme in SHIPPED:
            stage.app.theme = theme
            await stage.press("home")
            for _ in range(10):
                assert describe_faults(stage, CONTRAST_OF_THEMES[theme]) == set(), theme
                await stage.press("down")


# Color vision deficiencies.

EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision
Deficiency, IEEE TVCG 15(6), 2009, severity 1.0; for linear RGB."""
TOLD_APART = 20.0
"""Least CIE 1976 distance of two colors; 2.3 is just noticeable, 20 is clearly another color."""
SIDE_BY_SIDE = [("they", "we"), ("they", "road"), ("we", "road"), ("they", "bad"), ("we", "bad")]
"""Colors that meet in one lane or line. `bad` and `ugly` always have × or ! and a word beside them,
so `road`, `bad` and `ugly`, all warm, may look alike to some people."""


def compute_linear_rgb(code: str) -> list[float]:
    parts = [part / 255 for part in Color.parse(code).get_truecolor()]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def compute_lab(code: str, eyes: str) -> list[float]:
    """Return a color as L*, a*, b* (D65), as seen with a color vision deficiency."""
    rgb = compute_linear_rgb(code)
    if eyes in EYES:
        rgb = [min(1.0, max(0.0, sum(m * c for m, c in zip(line, rgb, strict=True))))
               for line in EYES[eyes]]  # fmt: skip
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = ((t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116)
                  for t in (x, y, z))  # fmt: skip
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]


def compute_distance(one: str, other: str, eyes: str) -> float:
    pairs = zip(compute_lab(one, eyes), compute_lab(other, eyes), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_the_simulation_keeps_grays_and_confuses_what_it_should() -> None:
    for eyes in EYES:
        assert compute_distance("#000000", "#ffffff", eyes) == pytest.approx(100, abs=0.1)
        assert compute_lab("#808080", eyes)[1:] == pytest.approx([0, 0], abs=0.1)
    assert (
        compute_distance("#c00000", "#606000", "deuteranopia")
        < compute_distance("#c00000", "#606000", "") / 3
    )


@pytest.mark.parametrize(("name", "eyes"), product(SHIPPED, ("all colors", *EYES)))
def test_both_sides_of_a_street_look_different_to_all_eyes(name: str, eyes: str) -> None:
    theme = theming.load_themes([find_folder("themes") / f"{name}.toml"])[0][0]
    for one, other in SIDE_BY_SIDE:
        color_distance = compute_distance(theme.variables[one], theme.variables[other], eyes)
        assert color_distance >= TOLD_APART, (one, other, round(color_distance, 1))


async def test_words_and_places_alone_tell_streets_apart(
    rated_group: GroupServices, crew: Crew
) -> None:
    """Without colors, every street has a heading, and both sides keep their places."""
    async with on_stage(app_for(rated_group), crew) as stage:
        for line in (line for line in stage.lines if "╋" in line):
            left, right = line.split("╋")
            assert left[-9:].replace("·", "━") == right[:9].replace("·", "━") == "━" * 9
        heads = [line for line in stage.lines if "STREETS" in line]
        assert len(set(heads)) == len(heads) > 1


async def test_the_app_starts_dark(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        assert stage.app.theme == "dark"


# Bad theme files.

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
    """Return a copy of the folder of shipped themes."""
    return Path(shutil.copytree(find_folder("themes"), tmp_path / "themes"))


@pytest.mark.parametrize("fault", BAD)
async def test_a_bad_file_is_named_once_and_left_out(
    rated_group: GroupServices, crew: Crew, themes: Path, fault: str
) -> None:
    old, new, words = BAD[fault]
    whole = (themes / "dark.toml").read_text(encoding="utf-8")
    assert old in whole
    (themes / "mine.toml").write_text(whole.replace(old, new), encoding="utf-8")
    async with on_stage(app_for(rated_group, themes=themes), crew) as stage:
        assert len(stage.notes) == 1
        assert stage.notes[0].startswith("mine.toml: ")
        assert words in stage.notes[0]
        assert stage.app.theme == "dark"
        assert "mine" not in stage.app.available_themes


def test_a_file_that_is_not_text_is_left_out(themes: Path) -> None:
    (themes / "mine.toml").write_bytes(b"\xff\xfe\x00")
    loaded, failed = theming.load_themes(theming.theme_files(themes))
    assert len(loaded) == len(SHIPPED)
    assert [sentence.partition(":")[0] for sentence in failed] == ["mine.toml"]


async def test_without_any_theme_the_app_still_runs(
    rated_group: GroupServices, crew: Crew, tmp_path: Path
) -> None:
    async with on_stage(app_for(rated_group, themes=tmp_path / "nothing"), crew) as stage:
        assert "Alder Security" in stage.words
        await stage.press("enter")
        assert stage.screen_name == "PartnerScreen"


async def test_foreign_themes_work_with_our_styles(rated_group: GroupServices, crew: Crew) -> None:
    """A theme without our own variables must not crash the app."""
    async with on_stage(app_for(rated_group), crew) as stage:
        stage.app.register_theme(Theme("bare", primary="#336699"))
        stage.app.theme = "bare"
        await stage.press("down", "enter")
        assert stage.screen_name == "PartnerScreen"


async def test_without_colors_every_state_still_has_a_word_or_a_mark(
    rated_group: GroupServices, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_stage(app_for(rated_group), crew) as stage:
        colors = {segment.style.color.triplet for strip in stage.strips for segment in strip
                  if segment.style and segment.style.color}  # fmt: skip
        assert all(red == green == blue for red, green, blue in colors)
        assert stage.line_with("Bluestack Cloud").startswith(" !")
        assert stage.line_with("Alder Security").startswith("▸")
