"""What stands over every screen while the terminal is too small to show it; keys wait."""

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

COLUMNS, LINES = 40, 12


def is_too_small(size: Size) -> bool:
    """Tell whether nothing can be shown in a terminal of this size."""
    return size.width < COLUMNS or size.height < LINES


class TooSmallScreen(ModalScreen[None]):
    """Asks for more room, and goes by itself when there is enough."""

    def compose(self) -> ComposeResult:
        """Lay out the one sentence."""
        yield Static(f"A little more room, please: {COLUMNS}×{LINES}. Nothing is lost.")

    @on(events.Resize)
    @on(events.ScreenResume)
    def go_on(self) -> None:
        """Make way as soon as there is room."""
        if self.is_current and not is_too_small(self.app.size):
            self.dismiss()
