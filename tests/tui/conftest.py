"""What tests of screens need: a quiet environment, quick pauses, and somebody at the keys."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from memory import MemoryVault
from stories import Calendar, fast_environment

from peerreview.services.group_services import GroupServices

from .groups import open_round, shared_partners, story_so_far
from .rater import Rater
from .stage import START, Crew, app_for, on_stage


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing around the tests changes colors, sizes or animations; waiting is short."""
    for name in list(os.environ):
        foreign = name.startswith("TEXTUAL_") and not name.startswith("TEXTUAL_SNAPSHOT_")
        if name == "NO_COLOR" or foreign:
            monkeypatch.delenv(name)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 500)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    """The threads that services run on, so that tests can wait for them by name."""
    crew = Crew()
    monkeypatch.setattr("asyncio.to_thread", crew.to_thread)
    yield crew
    assert not crew.working


@pytest.fixture
def twelve(calendar: Calendar) -> GroupServices:
    """A desk with twelve partners and no round yet."""
    return shared_partners(GroupServices(MemoryVault(), fast_environment(calendar)))


@pytest.fixture
def rating(twelve: GroupServices) -> GroupServices:
    """A desk with twelve partners, a round open for four, and nobody's ballot in."""
    open_round(twelve)
    return twelve


@pytest.fixture
def told(calendar: Calendar) -> GroupServices:
    """A desk with two closed rounds and none open."""
    vault = MemoryVault()
    vault.group.create(story_so_far())
    return GroupServices(vault, fast_environment(calendar))


@pytest.fixture
async def rater(rating: GroupServices, crew: Crew) -> AsyncIterator[Rater]:
    """Somebody who took the code and has the ballot open."""
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        await stage.press(*START)
        yield Rater(stage)
