"""What must hold on every screen, for any name, size and keys."""

from collections.abc import Iterator

import pytest

from peerreview.tui.kit.bars import KeyLine
from peerreview.tui.kit.page import Page

from .checks import check_frame
from .hostile_names import HOSTILE
from .rater import Rater
from .stage import Crew, Stage, on_stage
from .tour import CALLED, PLAIN, TOUR

WAYS_BACK = {"AskYesNo": "y", "CodeScreen": "y", "CurtainScreen": "enter", "MirrorScreen": "space"}
"""The keys that leave those screens that Esc doesn't leave."""
SMALL = (40, 12)
SIZES = [(60, 20), (80, 24), (120, 40), (300, 100), (20, 5), (80, 24)]


def stops_of_one_app() -> Iterator[list[str]]:
    """Yield the names of stops that one start of the app can reach, at most eight of them.

    Stops that change the board itself come last: nothing leads back from them.
    """
    groups: dict[tuple[object, str], list[str]] = {}
    for name, stop in sorted(TOUR.items(), key=lambda item: item[1].screen == "BoardScreen"):
        groups.setdefault((stop.house, stop.first), []).append(name)
    for names in groups.values():
        for start in range(0, len(names), 8):
            yield names[start : start + 8]


async def go_back(stage: Stage, start: list[str]) -> None:
    """Leave screens until only those of the start are open."""
    for _ in range(9):
        if stage.stack == start:
            await stage.press("home")
            return
        await stage.press(WAYS_BACK.get(stage.screen_name, "escape"))
    raise AssertionError(f"no way back from {stage.stack}")


@pytest.mark.parametrize("names", stops_of_one_app(), ids=", ".join)
async def test_every_screen_can_be_visited(names: list[str], crew: Crew) -> None:
    """Visit every screen once; test_sweep checks them in more sizes and colors."""
    house = TOUR[names[0]].house(PLAIN, CALLED)
    async with on_stage(TOUR[names[0]].app(house), crew) as stage:
        start = stage.stack
        for name in names:
            await go_back(stage, start)
            await TOUR[name].walk(stage, house)
            check_frame(stage)


async def test_markup_in_names_is_shown_as_it_is_written(crew: Crew) -> None:
    there = TOUR["board"]
    house = there.house(HOSTILE, "Gulf [Coast] Peers")
    async with on_stage(there.app(house), crew, size=(120, 40)) as stage:
        assert "Gulf [Coast] Peers" in stage.words
        for name in ("[red]Acme[/x]", "Acme [Nordic] AB", "Ä/../x", "[@click=app.quit]quit[/]"):
            assert name in stage.words
        await stage.click_on("[@click=app.quit]")
        assert stage.app.is_running
        assert not stage.app._exit


async def test_an_unusable_name_is_reported_without_its_unprintable_characters(
    crew: Crew,
) -> None:
    there = TOUR["partner form"]
    house = there.house(PLAIN, CALLED)
    async with on_stage(there.app(house), crew) as stage:
        await there.walk(stage, house)
        await stage.write("[red]Acme\x1b]52;c;aGk=\x07[/x]")
        await stage.press("enter")
        assert len(stage.notes) == 1
        check_frame(stage)


# Resizing in the middle of a turn.


async def test_resizing_while_rating_loses_no_answer(rater: Rater) -> None:
    await rater.press("4")
    for size in (SMALL, *SIZES):
        await rater.stage.resize(*size)
        await rater.press("5", "3")
    answers = [
        question_id
        for partner in rater.turn.partners
        for question_id in rater.answers(partner.name)
    ]
    assert len(answers) == 1 + 2 * len(SIZES), "while nothing can be seen, keys say nothing"
    assert "6/12" in rater.stage.words
    await rater.press("enter")
    for size in SIZES:
        await rater.stage.resize(*size)
        await rater.press("1")
    assert rater.stage.screen_name == "GridScreen"
    await rater.press("escape")
    assert (
        sum(len(rater.answers(partner.name)) for partner in rater.turn.partners) >= len(answers) + 4
    )


async def test_the_cursor_stays_in_sight_on_a_small_terminal(rater: Rater) -> None:
    await rater.stage.resize(*SMALL)
    for partner in rater.turn.partners:
        assert f"▸○ {partner.name[:6]}" in rater.stage.picture
        await rater.press("down")


async def test_keys_that_come_before_their_screen_wait_for_it(rater: Rater) -> None:
    """Over a slow connection several keys arrive at once."""
    for _ in range(10):
        await rater.stage.hammer("enter", "4", "5", "escape", "question_mark", "escape")
    assert rater.stage.app._exception is None
    assert rater.answers("Alder Security")


def pages(kind: type[Page] = Page) -> Iterator[type[Page]]:
    """Return all classes of pages."""
    for subclass in kind.__subclasses__():
        yield subclass
        yield from pages(subclass)


def test_the_key_line_knows_every_command() -> None:
    """A command without a label would be a key that the key line can't explain."""
    assert len(set(pages())) > 15
    for screen in pages():
        for command in screen.COMMANDS_HERE:
            assert command.label
            assert command.key_text
    assert KeyLine(list).render().plain == ""
