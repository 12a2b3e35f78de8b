"""Snapshots of the most important screens, each reviewed before it was accepted.

After a wanted change: run with `--snapshot-update`, open the new pictures, and look again.
"""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from peerreview.ballotbox import words

from .stage import Crew, Stage
from .tour import CALLED, PLAIN, TOUR

LOOKS = [
    ("board", (80, 24), "dark"),
    ("board", (80, 24), "light"),
    ("partner with a deal-breaker", (80, 24), "dark"),
    ("compare", (80, 24), "light"),
    ("street map", (80, 24), "dark"),
    ("ballot", (80, 24), "dark"),
    ("ballot", (60, 20), "dark"),
    ("grid", (80, 24), "dark"),
    ("check", (80, 24), "dark"),
    ("ballot", (80, 24), "high-contrast"),
    ("settings", (80, 24), "light"),
    ("room while rating", (120, 40), "room"),
    ("board", (40, 20), "dark"),
    ("ballot", (40, 20), "light"),
    ("grid", (40, 20), "dark"),
    ("grid", (120, 40), "light"),
    ("board", (80, 24), "no color"),
    ("ballot", (60, 20), "no color"),
]


@pytest.fixture(autouse=True)
def same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fix the check words of the box, which otherwise change with its key on every run."""
    monkeypatch.setattr(
        words, "fingerprint_words", lambda data, count: ("maple", "otter", "ridge")[:count]
    )


def name_look(look: tuple[str, tuple[int, int], str]) -> str:
    stop, (width, height), theme = look
    return f"{stop}-{width}x{height}-{theme}".replace(" ", "-")


@pytest.mark.parametrize(("stop", "size", "theme"), LOOKS, ids=map(name_look, LOOKS))
def test_looks(
    stop: str,
    size: tuple[int, int],
    theme: str,
    snap_compare: Callable[..., bool],
    crew: Crew,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if theme == "no color":
        monkeypatch.setenv("NO_COLOR", "1")
        theme = "dark"
    there = TOUR[stop]
    house = there.house(PLAIN, CALLED)
    app = there.app(house)

    async def walk(pilot: Pilot[None]) -> None:
        stage = Stage(app, pilot, crew)
        await stage.settle()
        app.theme = theme
        await stage.settle()
        await there.walk(stage, house)

    assert snap_compare(app, terminal_size=size, run_before=walk)
