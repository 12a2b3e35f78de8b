"""A line at the foot of the screen that says what is running while a call takes long."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

DELAY = 0.2
"""Seconds before anything is shown; most calls are faster."""
_TRACK_CELLS, _STEP_SECONDS = 6, 0.12


class BusyLine(Static):
    """A line over the key line: what is running, and a mark that moves."""

    DEFAULT_CSS = """
    BusyLine { layer: above; dock: bottom; height: 1; display: none; padding: 0 1;
           background: $bar; color: $foreground; text-style: bold; }
    """

    def __init__(self, activity: str) -> None:
        super().__init__()
        self._activity = activity
        self._positions = cycle([*range(_TRACK_CELLS), *range(_TRACK_CELLS - 2, 0, -1)])

    def on_mount(self) -> None:
        """Start the delay."""
        self.set_timer(DELAY, self._appear)

    def _appear(self) -> None:
        self.display = True
        self.set_interval(_STEP_SECONDS, self._move)
        self._move()

    def _move(self) -> None:
        before = next(self._positions)
        track = "·" * before + "■" + "·" * (_TRACK_CELLS - 1 - before)
        self.update(Content.assemble(f"{self._activity}  ", (track, "$road")), layout=False)


@asynccontextmanager
async def show_busy(screen: Screen[Any], activity: str) -> AsyncGenerator[None]:
    """Show on `screen` what is running, for as long as the block takes, if that is long."""
    line = BusyLine(activity)
    screen.mount(line)
    try:
        yield
    finally:
        line.remove()
