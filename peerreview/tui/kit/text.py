"""Text for Textual: never read as markup, and without control characters.

`peerreview.domain.text` decides what is printable, how wide text is and how it is cut.
"""

from collections.abc import Callable, Iterable

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from peerreview.domain.text import printable


def literal_content(text: str) -> Content:
    """Return `text` as content that is never read as markup."""
    return Content(printable(text))


def wrap_parts(parts: Iterable[Content], width: int) -> list[Content]:
    """Return lines that hold the parts three spaces apart; no part is broken."""
    lines = [Content()]
    for part in parts:
        if lines[-1] and lines[-1].cell_length + 3 + part.cell_length > width:
            lines.append(Content())
        lines[-1] = lines[-1] + "   " + part if lines[-1] else part
    return lines


def change_texts(segments: list[Segment], change: Callable[[str], str]) -> list[Segment]:
    """Return segments with their texts changed; those that control the terminal stay."""
    return [
        segment if segment.control else Segment(change(segment.text), segment.style)
        for segment in segments
    ]


class PrintableFilter(LineFilter):
    """The last filter: it keeps control characters in any text from the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with unsafe characters replaced; `background` is ignored."""
        if "".join([segment.text for segment in segments]).isprintable():
            return segments
        return change_texts(segments, printable)
