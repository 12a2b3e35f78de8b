"""A page of text, told anew in the width there is, that scrolls where it is longer than the screen.

Knows how to show and scroll it; what it says is up to the screens made from it.
"""

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.tui.kit.card import ScrollingPage
from peerreview.tui.kit.commands import Command, make_bindings
from peerreview.tui.kit.page import Result


class TextPage(ScrollingPage[Result]):
    """A page whose body is one text."""

    BINDINGS: ClassVar = make_bindings(
        (
            Command("up,k", "scroll(-1)", "up"),
            Command("pagedown", "scroll(9)", "page down"),
            Command("pageup", "scroll(-9)", "page up"),
        )
    )

    def text_lines(self) -> Iterable[Content]:
        """Yield the lines of the text."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """Yield the text."""
        yield VerticalScroll(Static(id="sheet"), classes="pad", can_focus=False)

    def on_resize(self) -> None:
        """Tell it in the width there is."""
        self.refresh_text()

    def refresh_text(self) -> None:
        """Tell it as it is now."""
        self.query_one("#sheet", Static).update(Content("\n").join(self.text_lines()))
