"""Do the signs line up? In some fonts and terminals they don't, and ASCII does."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.tui.screens.ask import AskYesNo

_SIGNS = (
    "● ◐ ○ –   ▸ × · …  ",
    "··━━━━━━━╋━━━━━━━··",
    "···■■ 2 ┃ 4 ■■■■·  ",
    "◀ ▶   ← → ↑ ↓   ★ ~",
)


class GlyphCheck(AskYesNo):
    """Shows every sign in a frame; answers whether they can be used, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", show=False),
    ]

    def __init__(self) -> None:
        question = "Is the right side of the frame one straight line, and every sign clear?"
        super().__init__(question, "yes", "no, use ASCII")

    def inside(self) -> Iterable[Widget]:
        """Yield the frame, then the question and its buttons."""
        rule = "─" * (len(_SIGNS[0]) + 2)
        framed = (f"┌{rule}┐", *(f"│ {line} │" for line in _SIGNS), f"└{rule}┘")
        yield Static(Content("\n".join(framed)), classes="line")
        yield from super().inside()
