"""The base of every list: lines with a cursor on those that can be chosen.

Moves the cursor, scrolls to it, and posts which line was highlighted or selected; subclasses
define what a line looks like.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from peerreview.tui.kit.line_view import Item, LineView, Piece

__all__ = ["LineList", "Piece"]


class LineList(LineView[Item], can_focus=True):
    """A scrolling list with a cursor on the lines that can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    @dataclass
    class _LineMessage(Message):
        line_list: "LineList[Any]"
        index: int

        @property
        def control(self) -> "LineList[Any]":
            """The list, for `@on` selectors."""
            return self.line_list

    class Highlighted(_LineMessage):
        """The cursor moved to a line."""

    class Selected(_LineMessage):
        """The line under the cursor was clicked."""

    def is_selectable(self, index: int) -> bool:
        """Tell whether the cursor can stand on a line."""
        return 0 <= index < self.line_count

    def on_mount(self) -> None:
        """Put the cursor on the first line that can be chosen."""
        self.virtual_size = Size(self.size.width, self.line_count)
        if not self.is_selectable(self.cursor):
            self.action_edge(-1)

    def on_resize(self) -> None:
        """Measure the list again and keep the cursor in view."""
        self.virtual_size = Size(self.size.width, self.line_count)
        self.scroll_to_line(self.cursor)

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the cursor at its new line and report it."""
        if self.is_mounted:
            self.redraw_cursor(old, new)
            self.scroll_to_line(new)
            self.report_cursor(new)

    def redraw_cursor(self, old: int, new: int) -> None:
        """Draw the line that the cursor left and the one that it came to."""
        self.redraw_lines(old, new)

    def report_cursor(self, index: int) -> None:
        """Post where the cursor is."""
        self.post_message(self.Highlighted(self, index))

    def watch_has_focus(self, focused: bool) -> None:
        """Show or hide the background of the line under the cursor."""
        super().watch_has_focus(focused)
        self.redraw_lines(self.cursor)

    def scroll_to_line(self, index: int) -> None:
        """Bring a line into view, together with a heading right above it.

        The list scrolls by half a page, so that most keys only move the cursor.
        """
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        has_heading = height > 1 and index > 0 and not self.is_selectable(index - 1)
        first = index - 1 if has_heading else index
        if first < top:
            self.scroll_to(y=max(0, first - height // 2), animate=False)
        elif self.is_selectable(index) and self.next_selectable(1, index) == index:
            self.scroll_end(animate=False, immediate=True)
        elif index >= top + height:
            self.scroll_to(y=index - height // 2, animate=False)

    def next_selectable(self, by: int, start: int | None = None) -> int:
        """Return the next line that can be chosen, or the start if there is none.

        Args:
            by: the first step; its sign is the direction.
            start: where to begin; the cursor if it is None.
        """
        origin = self.cursor if start is None else start
        index = origin + by
        while 0 <= index < self.line_count and not self.is_selectable(index):
            index += 1 if by > 0 else -1
        return index if self.is_selectable(index) else origin

    def action_move(self, by: int) -> None:
        """Move the cursor up (-1) or down (1)."""
        self.cursor = self.next_selectable(by)

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (-1) or last (1) line that can be chosen."""
        start = -1 if end < 0 else self.line_count
        index = self.next_selectable(-end, start)
        if self.is_selectable(index):
            self.cursor = index

    async def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line clicked."""
        index = event.y + self.scroll_offset.y
        if self.is_selectable(index):
            was_current = index == self.cursor
            self.cursor = index
            self.handle_click(index, event.x, was_current)

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Post that a line was selected if the cursor was on it before the click."""
        if was_current:
            self.post_message(self.Selected(self, index))
