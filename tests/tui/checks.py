"""Checks of what a screen shows: only printable text is sent, and everything can be read.

Contrast isn't checked where nothing has to be read: blanks, rules, the dots of an empty lane,
scroll bars, and the screen behind a dialog, which is dimmed on purpose.
"""

import unicodedata

import pytest
from rich.color import Color
from rich.segment import Segment

from peerreview.tui.kit.frames import DiffCompositor

from .stage import Stage

READABLE, VISIBLE = 4.5, 3.0
"""Contrast of text, and of signs that mean something (WCAG 2.2, 1.4.3 and 1.4.11)."""
CONTRAST_OF_THEMES = {"dark": READABLE, "high-contrast": 7.0, "light": READABLE, "room": 7.0}
"""The shipped themes, and the contrast of text that each promises (7: WCAG 2.2, 1.4.6)."""
SHIPPED = tuple(CONTRAST_OF_THEMES)
SIGNS = set("■×━●◐○–▸┃╋★!~◀▶")
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check_frame(stage: Stage) -> None:
    """Assert that lines have only printable characters and are as wide as the terminal.

    Drawing only the widgets in front must give the same lines as drawing all of them.
    """
    strips = stage.strips
    with pytest.MonkeyPatch.context() as textuals_own:
        for name in ("_render_chops", "_get_renders"):
            textuals_own.delattr(DiffCompositor, name)
        assert stage.strips == strips
    for strip in strips:
        for segment in strip:
            assert not segment.control
            bad = [c for c in segment.text if unicodedata.category(c) in UNPRINTABLE]
            assert not bad, (bad, segment.text)
        assert strip.cell_length == stage.app.size.width


def compute_luminance(color: Color) -> float:
    """Return the relative luminance as WCAG defines it."""
    assert color.triplet

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, color.triplet)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compute_contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio as WCAG defines it, 1 to 21."""
    low, high = sorted((compute_luminance(one), compute_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def describe_fault(segment: Segment, readable: float = READABLE) -> str | None:
    """Describe what is wrong with the colors of a segment, or return None."""
    style, text = segment.style, segment.text.strip()
    if not text or style is None:
        return None
    if style.color is None or style.bgcolor is None or style.dim:
        return f"{text!r} has no colors of its own" if style.dim else None
    needed = readable if any(map(str.isalnum, text)) else VISIBLE if SIGNS & set(text) else 0.0
    ratio = compute_contrast(style.color, style.bgcolor)
    if ratio >= needed:
        return None
    return f"{text!r}: {style.color.name} on {style.bgcolor.name} is {ratio:.2f}:1"


def describe_faults(stage: Stage, readable: float = READABLE) -> set[str]:
    """Describe every segment of the dialog or screen on top that has too little contrast."""
    pieces = (segment for strip in stage.on_top for segment in strip)
    return {fault for segment in pieces if (fault := describe_fault(segment, readable))}


def find_colors(stage: Stage) -> set[Color]:
    """Return every color on the screen."""
    return {color for strip in stage.strips for segment in strip if segment.style
            for color in (segment.style.color, segment.style.bgcolor) if color}  # fmt: skip
