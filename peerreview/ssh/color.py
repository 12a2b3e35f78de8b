"""How many colors a client's terminal has."""

from collections.abc import Mapping

from rich.color import ColorSystem

_FULL = {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"}
_FEW = ("linux", "ansi", "vt", "cons", "screen.linux")


def find_color_system(term: str, environment: Mapping[str, str]) -> ColorSystem:
    """Return how many colors a terminal shows: by COLORTERM, then by its name, else 256."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    if term in _FULL or term.endswith("-direct"):
        return ColorSystem.TRUECOLOR
    if term.endswith("-16color") or term.startswith(_FEW):
        return ColorSystem.STANDARD
    return ColorSystem.EIGHT_BIT
