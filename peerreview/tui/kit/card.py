"""Pages of text: one card in the middle of the screen, or one text that scrolls."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Center, Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from peerreview.tui.kit.commands import Command, make_bindings
from peerreview.tui.kit.page import Page, Result
from peerreview.tui.kit.text import literal_content


def lead_paragraph(text: str | Content) -> Static:
    """Return the one large paragraph of a card."""
    return Static(text, classes="lead")


def paragraph(text: str | Content, classes: str = "") -> Static:
    """Return a paragraph of a card; a string is never read as markup."""
    content = literal_content(text) if isinstance(text, str) else text
    return Static(content, classes=f"line {classes}")


def button_row(**labels: str) -> Horizontal:
    """Return a row of buttons; each keyword names the action of the screen that a button runs."""
    made = (Button(Content(label), id=action) for action, label in labels.items())
    return Horizontal(*made, classes="buttons")


class ScrollingPage(Page[Result]):
    """A page of text that the arrow keys scroll where the terminal is too low for it."""

    BINDINGS: ClassVar = [
        Binding("down,pagedown", "scroll(4)", "More", show=False),
        Binding("up,pageup", "scroll(-4)", "Back", show=False),
    ]

    def action_scroll(self, lines: int) -> None:
        """Scroll down by some lines, or up if the number is negative."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


class Card(ScrollingPage[Result]):
    """A page whose body is one centered card."""

    def compose_card(self) -> Iterable[Widget]:
        """Yield the widgets on the card."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """Yield the card."""
        card = VerticalScroll(*self.compose_card(), classes="card", can_focus=False)
        yield Center(card, classes="table")


class TextPage(ScrollingPage[Result]):
    """A page whose body is one text, laid out again whenever the width changes."""

    BINDINGS: ClassVar = make_bindings(
        (
            Command("up,k", "scroll(-1)", "up"),
            Command("pagedown", "scroll(9)", "page down"),
            Command("pageup", "scroll(-9)", "page up"),
        )
    )

    def text_lines(self) -> Iterable[Content]:
        """Yield the lines of the text, for the current width."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """Yield the widget that holds the text."""
        yield VerticalScroll(Static(id="sheet"), classes="pad", can_focus=False)

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self.refresh_text()

    def refresh_text(self) -> None:
        """Show the current text."""
        self.query_one("#sheet", Static).update(Content("\n").join(self.text_lines()))
