"""Others hand in, and close the box, elsewhere: what is open on this laptop follows."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import Calendar, fast_environment, key_of, opened, rated

from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault
from peerreview.tui.ballot.turns import TurnsScreen
from peerreview.tui.board.board import BoardScreen

from .groups import create_group, make_rater
from .stage import Crew, app_for, on_stage


def services_at(path: Path) -> GroupServices:
    return GroupServices(FileVault(path), fast_environment(Calendar()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gulf.group.json"
    create_group(services_at(path))
    return path


@pytest.fixture(autouse=True)
def frequent_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let screens look at the round much more often, so that tests are quick."""
    for screen in (BoardScreen, TurnsScreen):
        assert 0 < screen.REFRESH_SECONDS <= 2
        monkeypatch.setattr(screen, "REFRESH_SECONDS", 0.02)


async def next_look_shows(condition: Callable[[], bool]) -> None:
    """Wait for what one of the next looks shows."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_the_board_follows_an_open_round_and_its_close(path: Path, crew: Crew) -> None:
    elsewhere = services_at(path)
    prepared = opened(elsewhere)
    async with on_stage(app_for(services_at(path), "board"), crew) as stage:
        assert "0 of 4 handed in" in stage.words
        rated(elsewhere, *[make_rater()] * 4)
        await next_look_shows(lambda: "4 of 4 handed in" in stage.words)
        elsewhere.rounds.close(key_of(prepared), 4)
        await next_look_shows(lambda: "TWO-WAY STREETS" in stage.words)


async def test_the_turns_follow_it_too(path: Path, crew: Crew) -> None:
    elsewhere = services_at(path)
    prepared = opened(elsewhere)
    async with on_stage(app_for(services_at(path), "turn"), crew) as stage:
        rated(elsewhere, *[make_rater()] * 4)
        await next_look_shows(lambda: "4 of 4 handed in" in stage.words)
        elsewhere.rounds.close(key_of(prepared), 4)
        await next_look_shows(lambda: "No round is open any more" in stage.words)


async def test_a_file_that_cannot_be_read_complains_once(path: Path, crew: Crew) -> None:
    opened(services_at(path))
    async with on_stage(app_for(services_at(path), "turn"), crew) as stage:
        whole = path.read_bytes()
        path.write_bytes(whole[:100])
        await next_look_shows(lambda: len(stage.app._notifications) > 0)
        await asyncio.sleep(0.3)  # many more looks
        assert len(stage.app._notifications) == 1
        path.write_bytes(whole)
