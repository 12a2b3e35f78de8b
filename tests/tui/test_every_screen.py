"""What must hold on every screen: any name, any size, any key, any hand on the keys."""

import unicodedata
from collections.abc import Iterator

import pytest

from peerreview.tui.kit.bars import KeyLine
from peerreview.tui.kit.frames import DiffCompositor
from peerreview.tui.kit.page import Page

from .rater import Rater
from .stage import Crew, Stage, on_stage
from .tour import CALLED, PLAIN, TOUR

DIALOGS = {"new group", "partner form", "paste form", "checklist", "discard",
           "enter a code", "leave a ballot", "signs"}  # fmt: skip
PAGES = [stop for stop in TOUR if stop not in DIALOGS]
SMALL = (40, 12)
SIZES = [(60, 20), (80, 24), (120, 40), (300, 100), (20, 5), (80, 24)]

ALLOWED = (
    "[red]Acme[/x]",
    "Acme [Nordic] AB",
    "W" * 60,
    "株式会社日本電算システム東京本社営業部",
    "🦀 Crab & Sons 🚀",
    "Ze\u0301\u0302\u0303\u0304\u0305 A\u0308\u0323cme",
    "Ä/../x",
    "[@click=app.quit]quit[/] $error {0} %s \\[b]",
)
"""What the door lets in."""
SMUGGLED = (
    "\x1b[31mRed\x1b[2J\x9b1m",
    "\x1b]52;c;aGk=\x07\x00\x08\n\r\tClip",
    "Sun\u202eyob\u202c\u200b\u2066\ufeff\u2028\u2029",
    "\ue000\ud800\U000e0041\u3164\u061c",
)
"""What only a forged file could hold."""
NASTY = (*SMUGGLED[:2], *ALLOWED, *SMUGGLED[2:])
POSSIBLE = (*ALLOWED, *PLAIN[len(ALLOWED) :])
assert len(NASTY) == len(PLAIN)

UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check(stage: Stage) -> None:
    """Nothing but printable characters reach the terminal, and no line is longer than it.

    And asking only the widgets in front draws what asking all of them does.
    """
    strips = stage.strips
    with pytest.MonkeyPatch.context() as textuals_own:
        for name in ("_render_chops", "_get_renders"):
            textuals_own.delattr(DiffCompositor, name)
        assert stage.strips == strips
    for strip in strips:
        for segment in strip:
            assert not segment.control
            bad = [c for c in segment.text if unicodedata.category(c) in UNPRINTABLE]
            assert not bad, (bad, segment.text)
        assert strip.cell_length == stage.app.size.width


@pytest.mark.sweep
@pytest.mark.parametrize("stop", TOUR)
async def test_any_name_at_any_size(stop: str, crew: Crew) -> None:
    there = TOUR[stop]
    house = there.house(NASTY, "[b]Gulf[/] \x1b]0;x\x07 株式会社 \u202eCoast")
    async with on_stage(there.app(house), crew, SMALL) as stage:
        await there.walk(stage, house)
        check(stage)
        for size in SIZES:
            await stage.resize(*size)
            check(stage)
        assert stage.where == there.screen


async def test_markup_in_names_is_shown_as_it_is_written(crew: Crew) -> None:
    there = TOUR["board"]
    house = there.house(NASTY, "Gulf [Coast] Peers")
    async with on_stage(there.app(house), crew, size=(120, 40)) as stage:
        assert "Gulf [Coast] Peers" in stage.words
        for name in ("[red]Acme[/x]", "Acme [Nordic] AB", "Ä/../x", "[@click=app.quit]quit[/]"):
            assert name in stage.words
        await stage.click_on("[@click=app.quit]")
        assert stage.app.is_running
        assert not stage.app._exit


async def test_a_name_that_cannot_be_used_is_told_without_what_was_wrong_with_it(
    crew: Crew,
) -> None:
    there = TOUR["partner form"]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        await stage.write("[red]Acme\x1b]52;c;aGk=\x07[/x]")
        await stage.press("enter")
        assert len(stage.notes) == 1
        check(stage)


@pytest.mark.sweep
@pytest.mark.parametrize("stop", PAGES)
async def test_every_key_of_the_key_line_can_be_clicked(stop: str, crew: Crew) -> None:
    there = TOUR[stop]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        assert isinstance(stage.screen, Page)
        for command in stage.screen.COMMANDS_HERE:
            if command.shown and command in stage.screen.active_commands:
                await stage.click_on(f"{command.key_text} {command.label}")
                assert stage.app._exception is None
                if stage.where != there.screen:
                    break


# Resizing in the middle of a turn.


async def test_resizing_while_rating_loses_no_answer(rater: Rater) -> None:
    await rater.press("4")
    for size in (SMALL, *SIZES):
        await rater.stage.resize(*size)
        await rater.press("5", "3")
    answers = [each for partner in rater.turn.partners for each in rater.said(partner.name)]
    assert len(answers) == 1 + 2 * len(SIZES), "while nothing can be seen, keys say nothing"
    assert "6/12" in rater.stage.words
    await rater.press("enter")
    for size in SIZES:
        await rater.stage.resize(*size)
        await rater.press("1")
    assert rater.stage.where == "GridScreen"
    await rater.press("escape")
    assert sum(len(rater.said(partner.name)) for partner in rater.turn.partners) >= len(answers) + 4


async def test_the_cursor_stays_in_sight_on_a_small_terminal(rater: Rater) -> None:
    await rater.stage.resize(*SMALL)
    for partner in rater.turn.partners:
        assert f"▸○ {partner.name[:6]}" in rater.stage.picture
        await rater.press("down")


async def test_keys_that_come_before_their_screen_wait_for_it(rater: Rater) -> None:
    """Over a slow line several keys arrive at once."""
    for _ in range(10):
        await rater.stage.hammer("enter", "4", "5", "escape", "question_mark", "escape")
    assert rater.stage.app._exception is None
    assert rater.said("Alder Security")


def pages(kind: type[Page] = Page) -> Iterator[type[Page]]:
    """Every kind of page there is."""
    for each in kind.__subclasses__():
        yield each
        yield from pages(each)


def test_the_key_line_knows_every_command() -> None:
    """A command without a label would be a key nobody can read."""
    assert len(set(pages())) > 15
    for screen in pages():
        for command in screen.COMMANDS_HERE:
            assert command.label
            assert command.key_text
    assert KeyLine(list).render().plain == ""
