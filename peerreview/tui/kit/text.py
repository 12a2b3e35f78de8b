"""The one way for text that people typed to reach the screen: literal, printable, cut to fit."""

import unicodedata
from collections.abc import Callable, Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """Return `text` with every control, invisible and private character replaced by U+FFFD."""
    if text.isprintable():
        return text
    return "".join(_INSTEAD if unicodedata.category(c) in _UNSAFE else c for c in text)


def safe(text: str) -> Content:
    """Return `text` as content that is never read as markup."""
    return Content(printable(text))


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` terminal cells, cut with an ellipsis if it is wider."""
    text = printable(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width) if width else ""


def flowing(parts: Iterable[Content], width: int) -> list[Content]:
    """Return parts in as few lines as they need, none broken."""
    lines = [Content()]
    for part in parts:
        if lines[-1] and lines[-1].cell_length + 3 + part.cell_length > width:
            lines.append(Content())
        lines[-1] = lines[-1] + "   " + part if lines[-1] else part
    return lines


def rewritten(segments: list[Segment], change: Callable[[str], str]) -> list[Segment]:
    """Return segments with another text, those left alone that move the cursor."""
    return [each if each.control else Segment(change(each.text), each.style) for each in segments]


class PrintableOnly(LineFilter):
    """The last guard: no control character of any text reaches the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with unsafe characters replaced; `background` plays no part."""
        if "".join([segment.text for segment in segments]).isprintable():
            return segments
        return rewritten(segments, printable)
