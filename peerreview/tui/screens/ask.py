"""Small questions on top of a screen: yes or no, or one line of text."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from peerreview.tui.text import printable


class AskYesNo(ModalScreen[bool]):
    """Asks whether to go on when something would be lost. The safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No", show=False),
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("left,right", "app.focus_next", "Other button", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """Lay out the question and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(Content(printable(self._question)), classes="line")
            with Horizontal(classes="buttons"):
                yield Button(Content(f"n  {self._no}"), id="no")
                yield Button(Content(f"y  {self._yes}"), id="yes")

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer with a key."""
        self.dismiss(yes)


class AskText(ModalScreen[str | None]):
    """Asks for one line of text; Enter gives it, Esc gives nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def __init__(
        self, question: str, value: str = "", placeholder: str = "", *, secret: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._value, self._placeholder, self._secret = value, placeholder, secret

    def compose(self) -> ComposeResult:
        """Lay out the question and the input."""
        with Vertical(classes="dialog"):
            yield Static(Content(printable(self._question)), classes="line")
            yield from self.above()
            yield Input(self._value, placeholder=self._placeholder, password=self._secret)
            yield Static(
                Content.assemble(("Enter", "bold"), " go on   ", ("Esc", "bold"), " back"),
                classes="line quiet",
            )

    def above(self) -> Iterable[Widget]:
        """Yield more lines above the input."""
        return ()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give the text, if there is any."""
        if event.value.strip():
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
