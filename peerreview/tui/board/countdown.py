"""A countdown of minutes and seconds in large digits."""

import math
from collections.abc import Callable
from time import time

from textual.widgets import Digits

Clock = Callable[[], float]
"""Returns the time in seconds since 1970; tests pass their own."""


class Countdown(Digits):
    """Counts down to 0:00 and stays there in another color; hidden until it is started."""

    DEFAULT_CSS = """
    Countdown { width: auto; display: none; text-style: bold; &.over { color: $bad; } }
    """

    def __init__(self, clock: Clock = time) -> None:
        super().__init__("")
        self._clock = clock
        self._end = 0.0

    def on_mount(self) -> None:
        """Read the clock twice a second, so that every second is drawn in time."""
        self.set_interval(1 / 2, self.refresh_time)

    def count_to(self, end: float | None) -> None:
        """Count down to a time of the clock, or hide."""
        self.display = end is not None
        self._end = end or 0.0
        self.refresh_time()

    def start(self, seconds: float) -> None:
        """Count down from `seconds`."""
        self.count_to(self._clock() + seconds)

    def refresh_time(self) -> None:
        """Show the time that is left, if it changed."""
        left = max(0, math.ceil(self._end - self._clock()))
        shown = f"{left // 60}:{left % 60:02}"
        if self.display and shown != self.value:
            self.update(shown)
            self.set_class(not left, "over")
