"""Text as Textual takes it: never read as markup, never with a control character.

What is printable, how wide and how it is cut is `peerreview.domain.text`'s part.
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
    """Return parts in as few lines as they need, none broken."""
    lines = [Content()]
    for part in parts:
        if lines[-1] and lines[-1].cell_length + 3 + part.cell_length > width:
            lines.append(Content())
        lines[-1] = lines[-1] + "   " + part if lines[-1] else part
    return lines


def change_texts(segments: list[Segment], change: Callable[[str], str]) -> list[Segment]:
    """Return segments with another text, those left alone that move the cursor."""
    return [each if each.control else Segment(change(each.text), each.style) for each in segments]


class PrintableFilter(LineFilter):
    """The last guard: no control character of any text reaches the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with unsafe characters replaced; `background` plays no part."""
        if "".join([segment.text for segment in segments]).isprintable():
            return segments
        return change_texts(segments, printable)
