"""The sentence under the board: drawn once for everybody, and never with somebody else's looks."""

import pytest

from peerreview.services.group_services import GroupServices
from peerreview.tui.kit import cached_text

from .stage import Crew, app_for, on_stage

WAYS = ("dark", (80, 24)), ("light", (80, 24)), ("dark", (60, 20))


async def pictures(
    services: GroupServices, crew: Crew, theme: str, size: tuple[int, int]
) -> list[str]:
    """Return pictures of the board, with the cursor on one partner after the other."""
    async with on_stage(app_for(services), crew, size) as stage:
        stage.app.theme = theme
        await stage.settle()
        pictures = [stage.app.export_screenshot(simplify=True)]
        for _ in range(5):
            await stage.press("down")
            pictures.append(stage.app.export_screenshot(simplify=True))
        return pictures


async def test_what_was_drawn_for_others_looks_as_if_it_was_drawn_alone(
    rated_group: GroupServices, crew: Crew
) -> None:
    alone: list[list[str]] = []
    for way in WAYS:
        cached_text._cached_lines.clear()
        alone.append(await pictures(rated_group, crew, *way))
    cached_text._cached_lines.clear()
    for way in WAYS:  # everybody else was here before
        await pictures(rated_group, crew, *way)
    drawn = list(cached_text._cached_lines.keys())
    assert [await pictures(rated_group, crew, *way) for way in WAYS] == alone
    assert list(cached_text._cached_lines.keys()) == drawn, "and nothing was drawn again"


async def test_who_wants_no_color_gets_none_of_somebody_else(
    rated_group: GroupServices, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_text._cached_lines.clear()
    colored = await pictures(rated_group, crew, "dark", (80, 24))
    before = len(cached_text._cached_lines)
    monkeypatch.setenv("NO_COLOR", "1")
    assert await pictures(rated_group, crew, "dark", (80, 24)) != colored
    assert len(cached_text._cached_lines) == 2 * before
