"""The reveal: street by street, from the center outward, quick, and gone at the touch of a key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import key_of, rated

from peerreview.domain.result.board import Board, make_board
from peerreview.services.group_services import GroupServices
from peerreview.tui.board.board_list import BoardList
from peerreview.tui.board.reveal import SECONDS, partly_revealed

from .groups import make_rated_group, make_rater, open_round
from .stage import Crew, Stage, app_for, on_stage

BOARD = make_board(make_rated_group())


def ink(board: Board) -> list[float]:
    """How far each partner's sides reach, in the board's order."""
    sides = [(line.result.comes_back, line.result.we_give) for line in BOARD.shown_lines]
    seen = {line.partner.id: line.result for line in board.all_lines}
    reach: list[float] = []
    for line, both in zip(BOARD.shown_lines, sides, strict=True):
        result = seen.get(line.partner.id)
        now = (result.comes_back, result.we_give) if result else (0, 0)
        reach += [part or 0 for part, whole in zip(now, both, strict=True) if whole]
    return reach


def test_it_begins_with_a_street_not_grown_and_ends_with_all() -> None:
    [first] = partly_revealed(BOARD, 0).sections
    assert {(line.result.comes_back, line.result.we_give) for line in first.lines} == {(1, 1)}
    assert partly_revealed(BOARD, 1) == BOARD


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_has_been_seen_stays_and_nothing_is_seen_that_isn_t_so(one: float, two: float) -> None:
    early, late = (partly_revealed(BOARD, share) for share in sorted((one, two)))
    assert len(early.sections) <= len(late.sections)
    assert all(a <= b <= c for a, b, c in zip(ink(early), ink(late), ink(BOARD), strict=True))
    for section in late.sections:
        whole = next(other for other in BOARD.sections if other.street is section.street)
        assert [line.partner for line in section.lines] == [line.partner for line in whole.lines]


def test_it_is_quick() -> None:
    assert SECONDS <= 3


@asynccontextmanager
async def revealing(
    rated_group: GroupServices, crew: Crew, now: list[float]
) -> AsyncIterator[Stage]:
    """A board whose last round is just being revealed."""
    app = app_for(rated_group)
    async with on_stage(app, crew) as stage:
        app.animation_level = "full"
        stage.find_widget(BoardList).reveal(rated_group.results.board(), lambda: now[0])
        await stage.settle()
        yield stage


async def test_street_by_street_then_all_of_it(rated_group: GroupServices, crew: Crew) -> None:
    now = [100.0]
    async with revealing(rated_group, crew, now) as stage:
        assert "TWO-WAY STREETS" in stage.words and "WE OWE" not in stage.words
        full = stage.find_widget(BoardList).line_count
        for share, shown, hidden in ((0.2, "WE OWE", "MIXED"), (0.5, "MIXED", "TOO FEW VOICES")):
            now[0] = 100 + share * SECONDS
            stage.find_widget(BoardList).show_reveal()
            await stage.settle()
            assert shown in stage.words and hidden not in stage.words
        now[0] = 100 + SECONDS
        stage.find_widget(BoardList).show_reveal()
        await stage.settle()
        assert "TOO FEW VOICES" in stage.words and stage.find_widget(BoardList).line_count > full
        await stage.press("enter")
        assert stage.screen_name == "PartnerScreen"


@pytest.mark.parametrize("key", ["space", "q", "escape", "t", "ctrl+p", "colon", "down", "f5"])
async def test_any_key_ends_it_and_does_nothing_else(
    rated_group: GroupServices, crew: Crew, key: str
) -> None:
    async with revealing(rated_group, crew, [0.0]) as stage:
        await stage.press(key)
        assert stage.stack == ["BoardScreen"] and not stage.app._exit
        assert "TOO FEW VOICES" in stage.words


async def test_a_click_ends_it(rated_group: GroupServices, crew: Crew) -> None:
    async with revealing(rated_group, crew, [0.0]) as stage:
        await stage.click(BoardList, 10, 1)
        assert stage.stack == ["BoardScreen"]
        assert "TOO FEW VOICES" in stage.words


@pytest.mark.parametrize("level", ["full", "none"])
async def test_closing_the_box_reveals_the_board(
    twelve: GroupServices, crew: Crew, level: str
) -> None:
    prepared = open_round(twelve)
    rated(twelve, *[make_rater()] * 4)
    app = app_for(twelve)
    app.animation_level = level  # pyright: ignore[reportAttributeAccessIssue]
    async with on_stage(app, crew) as stage:
        await stage.press("c", "4", "enter")
        await stage.write(key_of(prepared))
        await stage.press("enter")
        if level == "full":
            await stage.press("enter")
        assert stage.stack == ["BoardScreen"]
        assert "TWO-WAY STREETS" in stage.words


async def test_a_round_discarded_reveals_nothing(twelve: GroupServices, crew: Crew) -> None:
    open_round(twelve)
    app = app_for(twelve)
    app.animation_level = "full"
    async with on_stage(app, crew) as stage:
        twelve.rounds.discard("Gulf Coast Peers")
        await stage.press("question_mark", "escape")
        assert "No round has been closed yet" in stage.words
