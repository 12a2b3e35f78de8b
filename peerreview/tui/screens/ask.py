"""Small questions on top of a screen: yes or no, or one line of text."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input

from peerreview.tui.screens.card import line
from peerreview.tui.screens.page import Leaving

Result = TypeVar("Result")


class Dialog(ModalScreen[Result], Leaving[Result]):
    """The base of every question: a box with something in it; Esc gives nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Back", show=False)]
    LOOK: ClassVar[str] = "dialog"

    def inside(self) -> Iterable[Widget]:
        """Yield what stands in the box."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        yield Vertical(*self.inside(), classes=self.LOOK)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class AskYesNo(Dialog[bool]):
    """Asks whether to go on when something would be lost. The safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "answer(False)", "No", show=False),
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("left,right", "app.focus_next", "Other button", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def inside(self) -> Iterable[Widget]:
        """Yield the question and two buttons."""
        yield line(self._question)
        yield Horizontal(
            Button(Content(f"n  {self._no}"), id="no"),
            Button(Content(f"y  {self._yes}"), id="yes"),
            classes="buttons",
        )

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer with a key."""
        self.dismiss(yes)


class AskText(Dialog[str]):
    """Asks for one line of text; Enter gives it, Esc gives nothing."""

    def __init__(
        self, question: str, value: str = "", placeholder: str = "", *, secret: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._field = Input(value, placeholder=placeholder, password=secret)

    def inside(self) -> Iterable[Widget]:
        """Yield the question and the input."""
        yield line(self._question)
        yield self._field
        yield line("Enter go on   Esc back", "quiet")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give the text, if there is any."""
        if event.value.strip():
            self.dismiss(event.value)
