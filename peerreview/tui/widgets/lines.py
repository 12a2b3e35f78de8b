"""The base of every list here: one widget that draws its lines itself, quickly, keyed by place.

Subclasses say how many lines there are and what a line is made of; this one scrolls, moves the
cursor, caches strips, and tells what was highlighted or chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.filter import ANSIToTruecolor, DimFilter, LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from peerreview.tui.widgets.line_looks import CSS, NAMES

_NEEDLESS = ANSIToTruecolor, DimFilter
"""Filters that change nothing here: our styles have colors of their own, and nothing is dim."""
Piece = tuple[str, str]
"""Some text and the name of its style, as in `lines--they`, without the prefix."""


class Lines(ScrollView, can_focus=True):
    """A scrolling list drawn line by line, with a cursor on the lines that can be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in NAMES}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]
    DEFAULT_CSS = CSS

    cursor: var[int] = var(0)
    """The line the cursor stands on."""

    @dataclass
    class _Told(Message):
        lines: "Lines"
        index: int

        @property
        def control(self) -> "Lines":
            """The list, for `@on` selectors."""
            return self.lines

    class Highlighted(_Told):
        """The cursor came to a line."""

    class Chosen(_Told):
        """A line was chosen, by a click on the line under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        self._styles: dict[str, Style] = {}
        self._filters: list[LineFilter] = []

    # What a subclass says.

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return what line `index` is made of; it is cut or padded to `width` cells."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:
        """Tell whether the cursor can stand on a line."""
        return 0 <= index < self.count

    # What all of them do.

    def changed(self, *indexes: int) -> None:
        """Draw the lines named anew, or all of them if none is named."""
        if not indexes:
            self._strips.clear()
            self.virtual_size = Size(self.size.width, self.count)
            self.refresh()
            return
        for key in [key for key in self._strips if key[0] in indexes]:
            del self._strips[key]
        for index in indexes:
            self.refresh_line(index)

    def on_mount(self) -> None:
        """Start on the first line that can be chosen."""
        self.virtual_size = Size(self.size.width, self.count)
        if not self.selectable(self.cursor):
            self.action_edge(-1)

    def on_resize(self) -> None:
        """Measure anew, and keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self.count)
        self.scroll_to_region_of(self.cursor)

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
        on = index == self.cursor and self.has_focus
        key = index, width, on
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
        if index >= self.count:
            return [Segment(" " * width, base)]
        under = Style(bgcolor=self._style("cursor").bgcolor) if on else Style.null()
        pieces = self.draw(index, width)
        segments = [
            Segment(text, self._style(name) + (under if name != "active" else Style.null()))
            for text, name in pieces
        ]
        return Segment.adjust_line_length(segments, width, base + under)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"lines--{name}")
        return self._styles[name]

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the cursor where it is now, and say so."""
        if self.is_mounted:
            self.changed(old, new)
            self.scroll_to_region_of(new)
            self.moved(new)

    def moved(self, index: int) -> None:
        """Say where the cursor is now."""
        self.post_message(self.Highlighted(self, index))

    def watch_has_focus(self, focused: bool) -> None:
        """Show or hide the cursor's ground."""
        super().watch_has_focus(focused)
        self.changed(self.cursor)

    def scroll_to_region_of(self, index: int) -> None:
        """Have a line in view, and its heading with the first line.

        What has to scroll at all scrolls by half a page: then most keys move the cursor only.
        """
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = index - (height > 1 and index > 0 and not self.selectable(index - 1))
        if first < top:
            self.scroll_to(y=max(0, first - height // 2), animate=False)
        elif self.selectable(index) and self.step(1, index) == index:
            self.scroll_end(animate=False, immediate=True)
        elif index >= top + height:
            self.scroll_to(y=index - height // 2, animate=False)

    def step(self, by: int, start: int | None = None) -> int:
        """Return the next line that can be chosen in a direction, or where it starts from."""
        here = self.cursor if start is None else start
        index = here + by
        while 0 <= index < self.count and not self.selectable(index):
            index += 1 if by > 0 else -1
        return index if self.selectable(index) else here

    def action_move(self, by: int) -> None:
        """Move the cursor up (-1) or down (1)."""
        self.cursor = self.step(by)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (-1) or last (1) line."""
        start = -1 if end < 0 else self.count
        found = self.step(-end, start)
        if self.selectable(found):
            self.cursor = found

    async def on_click(self, event: events.Click) -> None:
        """Move to the line clicked; a click on the line under the cursor chooses it."""
        index = event.y + self.scroll_offset.y
        if self.selectable(index):
            again = index == self.cursor
            self.cursor = index
            self.clicked(index, event.x, again)

    def clicked(self, index: int, x: int, again: bool) -> None:
        """Say that a line was chosen if it was under the cursor already."""
        if again:
            self.post_message(self.Chosen(self, index))
