"""The screen that covers all others while the terminal is too small for them."""

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

COLUMNS, LINES = 40, 12


def is_too_small(size: Size) -> bool:
    """Tell whether no screen fits into a terminal of this size."""
    return size.width < COLUMNS or size.height < LINES


class TooSmallScreen(ModalScreen[None]):
    """A request for a larger terminal, which closes by itself when it is large enough."""

    def compose(self) -> ComposeResult:
        """Yield the sentence."""
        yield Static(f"A little more room, please: {COLUMNS}×{LINES}. Nothing is lost.")

    @on(events.Resize)
    @on(events.ScreenResume)
    def close_if_large_enough(self) -> None:
        """Close as soon as the terminal is large enough."""
        if self.is_current and not is_too_small(self.app.size):
            self.dismiss()
