"""Do the signs line up? In some fonts and terminals they don't, and ASCII does."""

from typing import ClassVar

from textual.binding import Binding, BindingType

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
        rule = "─" * (len(_SIGNS[0]) + 2)
        framed = "\n".join((f"┌{rule}┐", *(f"│ {line} │" for line in _SIGNS), f"└{rule}┘"))
        question = "Is the right side of the frame one straight line, and every sign clear?"
        super().__init__(f"{framed}\n\n{question}", "they are fine", "use ASCII")
