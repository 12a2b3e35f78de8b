"""Others hand in, and close the box, elsewhere: what is open on this laptop follows."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import Calendar, fast_environment, key_of, opened, rated

from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

from .groups import everybody, shared_partners
from .stage import Crew, app_for, on_stage


def services_at(path: Path) -> GroupServices:
    return GroupServices(FileVault(path), fast_environment(Calendar()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gulf.group.json"
    shared_partners(services_at(path))
    return path


async def within_two_seconds(seen: Callable[[], bool]) -> None:
    """Wait for what the next look shows; a busy machine may draw it a little later."""
    end = time.monotonic() + 2 + 3
    while not seen():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


async def test_the_board_follows_an_open_round_and_its_close(path: Path, crew: Crew) -> None:
    elsewhere = services_at(path)
    prepared = opened(elsewhere)
    async with on_stage(app_for(services_at(path), "board"), crew) as stage:
        assert "0 of 4 handed in" in stage.words
        rated(elsewhere, *[everybody()] * 4)
        await within_two_seconds(lambda: "4 of 4 handed in" in stage.words)
        elsewhere.rounds.close(key_of(prepared), 4)
        await within_two_seconds(lambda: "TWO-WAY STREETS" in stage.words)


async def test_the_turns_follow_it_too(path: Path, crew: Crew) -> None:
    elsewhere = services_at(path)
    prepared = opened(elsewhere)
    async with on_stage(app_for(services_at(path), "turn"), crew) as stage:
        rated(elsewhere, *[everybody()] * 4)
        await within_two_seconds(lambda: "4 of 4 handed in" in stage.words)
        elsewhere.rounds.close(key_of(prepared), 4)
        await within_two_seconds(lambda: "No round is open any more" in stage.words)


async def test_a_file_that_cannot_be_read_complains_once(path: Path, crew: Crew) -> None:
    opened(services_at(path))
    async with on_stage(app_for(services_at(path), "turn"), crew) as stage:
        whole = path.read_bytes()
        path.write_bytes(whole[:100])
        await asyncio.sleep(4.5)
        assert len(stage.app._notifications) == 1
        path.write_bytes(whole)
