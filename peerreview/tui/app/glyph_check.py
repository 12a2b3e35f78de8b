"""Do the signs line up? In some fonts and terminals they don't, and ASCII does."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.tui.kit.dialog import AskYesNo

_FRAME = """\
┌─────────────────────┐
│ ● ◐ ○ –   ▸ × · …   │
│ ··━━━━━━━╋━━━━━━━·· │
│ ···■■ 2 ┃ 4 ■■■■·   │
│ ◀ ▶   ← → ↑ ↓   ★ ~ │
└─────────────────────┘"""
_QUESTION = "Is the right side of the frame one straight line, and every sign clear?"


class GlyphCheck(AskYesNo):
    """Shows every sign in a frame; answers whether they can be used, or nothing."""

    def __init__(self) -> None:
        super().__init__(_QUESTION, "yes", "no, use ASCII")

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the frame, then the question and its buttons."""
        yield Static(Content(_FRAME), classes="line")
        yield from super().compose_dialog()
