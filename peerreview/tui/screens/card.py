"""A page with one card in the middle: a heading, some lines, perhaps an input, perhaps buttons."""

from collections.abc import Iterable

from textual.containers import Center, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.tui.screens.page import Page, Result


def lead(text: str | Content) -> Static:
    """Return the card's one large line."""
    return Static(text, classes="lead")


def line(text: str | Content, classes: str = "") -> Static:
    """Return a paragraph of the card."""
    content = Content(text) if isinstance(text, str) else text
    return Static(content, classes=f"line {classes}")


class Card(Page[Result]):
    """A page whose body is one centered card."""

    def card(self) -> Iterable[Widget]:
        """Yield what stands on the card."""
        return ()

    def body(self) -> Iterable[Widget]:
        """Yield the card."""
        with_scroll = VerticalScroll(*self.card(), classes="card", can_focus=False)
        yield Center(with_scroll, classes="table")
