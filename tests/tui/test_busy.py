"""The sign for a call that takes long: it doesn't flicker, and disappears when the call ends."""

import asyncio

import pytest

from peerreview.services.group_services import GroupServices
from peerreview.tui.kit import busy
from peerreview.tui.kit.busy import BusyLine, show_busy

from .stage import Crew, Stage, app_for, on_stage


async def wait_for_sign(stage: Stage) -> None:
    """Wait until the sign is shown."""
    for _ in range(200):
        await asyncio.sleep(0.01)
        if "Opening the box" in stage.picture:
            return
    raise AssertionError(f"no sign\n{stage.picture}")


async def test_a_long_call_shows_a_sign_until_it_ends(
    rating: GroupServices, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy, "DELAY", 0.01)
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        before = stage.picture
        async with show_busy(stage.screen, "Opening the box"):
            await wait_for_sign(stage)
        await stage.settle()
        assert stage.picture == before


async def test_a_fast_call_shows_no_sign(rating: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        before = stage.picture
        async with show_busy(stage.screen, "Opening the box"):
            await stage.settle()
            assert stage.picture == before
        await stage.settle()
        assert not stage.screen.query(BusyLine)


async def test_an_error_removes_the_sign_too(
    rating: GroupServices, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy, "DELAY", 0.01)
    async with on_stage(app_for(rating, "turn"), crew) as stage:
        with pytest.raises(ZeroDivisionError):
            async with show_busy(stage.screen, "Opening the box"):
                await wait_for_sign(stage)
                raise ZeroDivisionError
        await stage.settle()
        assert not stage.screen.query(BusyLine)
