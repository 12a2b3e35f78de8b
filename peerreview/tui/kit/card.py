"""A page with one card in the middle: a heading, some lines, perhaps an input, perhaps buttons."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Center, Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from peerreview.tui.kit.page import Page, Result
from peerreview.tui.kit.text import literal_content


def lead_paragraph(text: str | Content) -> Static:
    """Return the card's one large line."""
    return Static(text, classes="lead")


def paragraph(text: str | Content, classes: str = "") -> Static:
    """Return a paragraph of the card."""
    content = literal_content(text) if isinstance(text, str) else text
    return Static(content, classes=f"line {classes}")


def button_row(**labels: str) -> Horizontal:
    """Return buttons in a line; each is called like the action of the screen that it stands for."""
    made = (Button(Content(label), id=action) for action, label in labels.items())
    return Horizontal(*made, classes="buttons")


class ScrollingPage(Page[Result]):
    """A page of words that the arrows scroll where the terminal is too low for them."""

    BINDINGS: ClassVar = [
        Binding("down,pagedown", "scroll(4)", "More", show=False),
        Binding("up,pageup", "scroll(-4)", "Back", show=False),
    ]

    def action_scroll(self, by: int) -> None:
        """Scroll by some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class Card(ScrollingPage[Result]):
    """A page whose body is one centered card."""

    def compose_card(self) -> Iterable[Widget]:
        """Yield what stands on the card."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """Yield the card."""
        card = VerticalScroll(*self.compose_card(), classes="card", can_focus=False)
        yield Center(card, classes="table")
