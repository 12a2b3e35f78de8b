"""Lines that a widget draws itself, and keeps as long as nothing about them changed.

Knows how a line becomes a strip of cells; must not know keys, clicks or what can be chosen.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, DimFilter, LineFilter
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

_NEEDLESS = ANSIToTruecolor, DimFilter
"""Filters that change nothing here: our styles have colors of their own, and nothing is dim."""

Item = TypeVar("Item")


class LineView(ScrollView, Generic[Item]):
    """A scrolling list of items, drawn line by line; subclasses say what a line is made of."""

    cursor: var[int] = var(0)
    """The line the cursor stands on."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        super().__init__()
        self.items = items
        self._strips: dict[tuple[int, int, bool, bool], Strip] = {}
        self._styles: dict[str, Style] = {}
        self._filters: list[LineFilter] = []

    @property
    def line_count(self) -> int:
        """How many lines there are: one an item, unless a subclass says otherwise."""
        return len(self.items)

    @property
    def current_item(self) -> Item | None:
        """The item that the cursor stands on."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def draw_line(self, index: int, width: int) -> Sequence[tuple[str, str]]:
        """Return what line `index` is made of: texts and the names of their styles.

        It is cut or padded to `width` cells.
        """
        raise NotImplementedError

    def redraw_lines(self, *indexes: int) -> None:
        """Draw the lines named anew, or all of them if none is named."""
        if not indexes:
            self._strips.clear()
            self.virtual_size = Size(self.size.width, self.line_count)
            self.refresh()
            return
        for key in [key for key in self._strips if key[0] in indexes]:
            del self._strips[key]
        for index in indexes:
            self.refresh_line(index)

    def notify_style_update(self) -> None:
        """Forget strips and styles: the theme or the style sheet changed."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        return self._line(y + self.scroll_offset.y, self.scrollable_content_region.width)

    def _line(self, index: int, width: int) -> Strip:
        """Return a line, from the cache if nothing about it changed."""
        here = index == self.cursor
        on = here and self.has_focus
        key = index, width, here, on
        if key not in self._strips:
            self._strips[key] = self._strip(index, width, on)
        return self._strips[key]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; without a border the steps that draw one are left out."""
        if self.styles.gutter:
            return super().render_lines(crop)
        filters = [each for each in self.get_line_filters() if type(each) not in _NEEDLESS]
        if filters != self._filters:
            self._filters = filters
            self._strips.clear()
        top, width = self.scroll_offset.y, self.scrollable_content_region.width
        strips = [self._line(y + top, width) for y in crop.line_range]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _strip(self, index: int, width: int, on: bool) -> Strip:
        segments, ground = self._drawn(index, width, on), self.background_colors[1]
        for each in self._filters:
            segments = each.apply(segments, ground)
        return Strip(segments, width)

    def _drawn(self, index: int, width: int, on: bool) -> list[Segment]:
        base = self._style("text")
        if index >= self.line_count:
            return [Segment(" " * width, base)]
        under = Style(bgcolor=self._style("cursor").bgcolor) if on else Style.null()
        pieces = self.draw_line(index, width)
        segments = [
            Segment(text, self._style(name) + (under if name != "active" else Style.null()))
            for text, name in pieces
        ]
        return Segment.adjust_line_length(segments, width, base + under)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"lines--{name}")
        return self._styles[name]
