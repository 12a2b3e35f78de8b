"""How many colors a client's terminal has, and colors reduced to that.

Rich keeps rendered colors on styles that all sessions share, so everything is rendered in full
color, and each session reduces its own styles before that.
"""

from collections.abc import Mapping
from functools import lru_cache

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_FULL = {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"}
_FEW = ("linux", "ansi", "vt", "cons", "screen.linux")


def depth(term: str, environment: Mapping[str, str]) -> ColorSystem:
    """Return how many colors a terminal shows: by COLORTERM, then by its name, else 256."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    if term in _FULL or term.endswith("-direct"):
        return ColorSystem.TRUECOLOR
    if term.endswith("-16color") or term.startswith(_FEW):
        return ColorSystem.STANDARD
    return ColorSystem.EIGHT_BIT


class Depth(LineFilter):
    """Reduces the colors of lines to what one client shows."""

    def __init__(self, system: ColorSystem) -> None:
        super().__init__(enabled=system is not ColorSystem.TRUECOLOR)
        self._system = system

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in the colors there are; `background` plays no part."""
        return [
            Segment(text, reduced(style, self._system) if style else style, control)
            for text, style, control in segments
        ]


@lru_cache(4096)
def reduced(style: Style, system: ColorSystem) -> Style:
    """Return a style in the colors of a system."""
    color = style.color and style.color.downgrade(system)
    ground = style.bgcolor and style.bgcolor.downgrade(system)
    return style + Style.from_color(color, ground)
