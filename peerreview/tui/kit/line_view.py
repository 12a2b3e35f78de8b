"""A widget that draws its own lines and keeps each until something about it changes.

Knows how a line becomes a strip of cells and how its parts look; must not know keys, clicks or
which lines can be chosen.
"""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, DimFilter, LineFilter
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

_STYLES = ("text", "strong", "quiet", "head", "they", "we", "road", "bad", "ugly", "empty",
           "active", "cursor")  # fmt: skip
_UNNEEDED_FILTERS = ANSIToTruecolor, DimFilter
"""Filters without effect here: the styles have colors of their own, and none is dim."""

Item = TypeVar("Item")
Piece = tuple[str, str]
"""Some text and the name of its style, as in `lines--they`, without the prefix."""


class LineView(ScrollView, Generic[Item]):
    """A scrolling list of items, drawn line by line; subclasses define what a line looks like."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    LineView {
        height: 1fr; background: $background; overflow-x: hidden; scrollbar-size-vertical: 1;
        scrollbar-color: $quiet 50%; scrollbar-color-hover: $quiet; scrollbar-color-active: $road;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        &>.lines--text { color: $foreground; }
        &>.lines--strong { color: $foreground; text-style: bold; }
        &>.lines--quiet { color: $quiet; }
        &>.lines--head { color: $road; text-style: bold; }
        &>.lines--they { color: $they; }
        &>.lines--we { color: $we; }
        &>.lines--road { color: $road; }
        &>.lines--bad { color: $bad; }
        &>.lines--ugly { color: $ugly; text-style: bold; }
        &>.lines--empty { color: $quiet 60%; }
        &>.lines--cursor { background: $cursor; }
        &>.lines--active { color: $background; background: $road; text-style: bold; }
    }
    """

    cursor: var[int] = var(0)
    """The index of the line under the cursor."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        super().__init__()
        self.items = items
        self._strips: dict[tuple[int, int, bool, bool], Strip] = {}
        self._line_styles: dict[str, Style] = {}
        self._line_filters: list[LineFilter] = []

    @property
    def line_count(self) -> int:
        """The number of lines: one for each item, unless a subclass overrides it."""
        return len(self.items)

    @property
    def current_item(self) -> Item | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return the pieces of line `index`; they are cut or padded to `width` cells."""
        raise NotImplementedError

    def redraw_lines(self, *indexes: int) -> None:
        """Draw these lines again, or all of them if none is given."""
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
        """Drop all strips and styles: the theme or the style sheet changed."""
        super().notify_style_update()
        self._strips.clear()
        self._line_styles.clear()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        return self._strip(y + self.scroll_offset.y, self.scrollable_content_region.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region, without Textual's border steps if there is no border."""
        if self.styles.gutter:
            return super().render_lines(crop)
        filters = [
            line_filter
            for line_filter in self.get_line_filters()
            if type(line_filter) not in _UNNEEDED_FILTERS
        ]
        if filters != self._line_filters:
            self._line_filters = filters
            self._strips.clear()
        top, width = self.scroll_offset.y, self.scrollable_content_region.width
        strips = [self._strip(y + top, width) for y in crop.line_range]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _strip(self, index: int, width: int) -> Strip:
        """Return a line from the cache, drawn if it isn't there."""
        has_cursor = index == self.cursor
        highlighted = has_cursor and self.has_focus
        key = index, width, has_cursor, highlighted
        if key not in self._strips:
            segments = self._segments(index, width, highlighted)
            for line_filter in self._line_filters:
                segments = line_filter.apply(segments, self.background_colors[1])
            self._strips[key] = Strip(segments, width)
        return self._strips[key]

    def _segments(self, index: int, width: int, highlighted: bool) -> list[Segment]:
        base = self._line_style("text")
        if index >= self.line_count:
            return [Segment(" " * width, base)]
        ground = Style.null()
        if highlighted:
            ground = Style(bgcolor=self._line_style("cursor").bgcolor)
        segments = [
            Segment(text, self._line_style(name) + (Style.null() if name == "active" else ground))
            for text, name in self.draw_line(index, width)
        ]
        return Segment.adjust_line_length(segments, width, base + ground)

    def _line_style(self, name: str) -> Style:
        if name not in self._line_styles:
            self._line_styles[name] = self.get_component_rich_style(f"lines--{name}")
        return self._line_styles[name]
