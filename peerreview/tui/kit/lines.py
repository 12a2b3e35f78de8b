"""The base of every list here: lines with a cursor on those that can be chosen.

Subclasses say what a line is made of; this one moves the cursor, scrolls to it, and tells what
was highlighted or chosen.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from peerreview.tui.kit.drawn import Item, LineView
from peerreview.tui.kit.line_looks import CSS, NAMES

Piece = tuple[str, str]
"""Some text and the name of its style, as in `lines--they`, without the prefix."""


class LineList(LineView[Item], can_focus=True):
    """A scrolling list drawn line by line, with a cursor on the lines that can be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in NAMES}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]
    DEFAULT_CSS = CSS

    @dataclass
    class _LineMessage(Message):
        lines: "LineList[Any]"
        index: int

        @property
        def control(self) -> "LineList[Any]":
            """The list, for `@on` selectors."""
            return self.lines

    class Highlighted(_LineMessage):
        """The cursor came to a line."""

    class Selected(_LineMessage):
        """A line was chosen, by a click on the line under the cursor."""

    def is_selectable(self, index: int) -> bool:
        """Tell whether the cursor can stand on a line."""
        return 0 <= index < self.line_count

    def on_mount(self) -> None:
        """Start on the first line that can be chosen."""
        self.virtual_size = Size(self.size.width, self.line_count)
        if not self.is_selectable(self.cursor):
            self.action_edge(-1)

    def on_resize(self) -> None:
        """Measure anew, and keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self.line_count)
        self.scroll_to_line(self.cursor)

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the cursor where it is now, and say so."""
        if self.is_mounted:
            self.redraw_cursor(old, new)
            self.scroll_to_line(new)
            self.report_cursor(new)

    def redraw_cursor(self, old: int, new: int) -> None:
        """Draw the line the cursor left and the one it came to."""
        self.redraw_lines(old, new)

    def report_cursor(self, index: int) -> None:
        """Say where the cursor is now."""
        self.post_message(self.Highlighted(self, index))

    def watch_has_focus(self, focused: bool) -> None:
        """Show or hide the cursor's ground."""
        super().watch_has_focus(focused)
        self.redraw_lines(self.cursor)

    def scroll_to_line(self, index: int) -> None:
        """Have a line in view, and its heading with the first line.

        What has to scroll at all scrolls by half a page: then most keys move the cursor only.
        """
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = index - (height > 1 and index > 0 and not self.is_selectable(index - 1))
        if first < top:
            self.scroll_to(y=max(0, first - height // 2), animate=False)
        elif self.is_selectable(index) and self.next_selectable(1, index) == index:
            self.scroll_end(animate=False, immediate=True)
        elif index >= top + height:
            self.scroll_to(y=index - height // 2, animate=False)

    def next_selectable(self, by: int, start: int | None = None) -> int:
        """Return the next line that can be chosen in a direction, or where it starts from."""
        here = self.cursor if start is None else start
        index = here + by
        while 0 <= index < self.line_count and not self.is_selectable(index):
            index += 1 if by > 0 else -1
        return index if self.is_selectable(index) else here

    def action_move(self, by: int) -> None:
        """Move the cursor up (-1) or down (1)."""
        self.cursor = self.next_selectable(by)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (-1) or last (1) line."""
        start = -1 if end < 0 else self.line_count
        found = self.next_selectable(-end, start)
        if self.is_selectable(found):
            self.cursor = found

    async def on_click(self, event: events.Click) -> None:
        """Move to the line clicked; a click on the line under the cursor chooses it."""
        index = event.y + self.scroll_offset.y
        if self.is_selectable(index):
            again = index == self.cursor
            self.cursor = index
            self.handle_click(index, event.x, again)

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Say that a line was chosen if it was under the cursor already."""
        if was_current:
            self.post_message(self.Selected(self, index))
