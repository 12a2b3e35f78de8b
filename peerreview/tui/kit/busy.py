"""A sign at the foot of the screen while something takes long; it knows nothing of what."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

PATIENCE = 0.2
"""Seconds that pass before anything is shown; most calls are faster."""
_WIDTH, _STEP = 6, 0.12


class Busy(Static):
    """Says what goes on, over the key line, with a mark that moves."""

    DEFAULT_CSS = """
    Busy { layer: above; dock: bottom; height: 1; display: none; padding: 0 1;
           background: $bar; color: $foreground; text-style: bold; }
    """

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what, self._places = what, cycle([*range(_WIDTH), *range(_WIDTH - 2, 0, -1)])

    def on_mount(self) -> None:
        """Wait a moment before anything is shown."""
        self.set_timer(PATIENCE, self._appear)

    def _appear(self) -> None:
        self.display = True
        self.set_interval(_STEP, self._move)
        self._move()

    def _move(self) -> None:
        lane = "·" * (_WIDTH - 1)
        place = next(self._places)
        self.update(
            Content.assemble(f"{self._what}  ", (f"{lane[:place]}■{lane[place:]}", "$road")),
            layout=False,
        )


@asynccontextmanager
async def busy(screen: Screen[Any], what: str) -> AsyncGenerator[None]:
    """Show on `screen` that `what` goes on for as long as the block takes, if that is long."""
    sign = Busy(what)
    screen.mount(sign)
    try:
        yield
    finally:
        sign.remove()
