"""Dialogs on top of a screen: a question with yes or no, or one line of text."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from peerreview.tui.kit.card import button_row, paragraph
from peerreview.tui.kit.page import DismissOnceScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result], DismissOnceScreen[Result]):
    """The base of every dialog: a box on top of a screen; Esc closes it without a result."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the widgets in the box."""
        return ()

    def compose(self) -> ComposeResult:
        """Yield the box."""
        yield Vertical(*self.compose_dialog(), classes="dialog")


class AskYesNo(Dialog[bool]):
    """A question to answer with yes or no; the focus starts on no, which loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "no", "No", show=False),
        Binding("y", "yes", "Yes", show=False),
        Binding("left,right", "app.focus_next", "Other button", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the question and two buttons."""
        yield paragraph(self._question)
        yield button_row(no=f"n  {self._no}", yes=f"y  {self._yes}")

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)


class AskText(Dialog[str]):
    """A dialog for one line of text: Enter returns it, Esc returns nothing."""

    def __init__(
        self, question: str, value: str = "", placeholder: str = "", *, secret: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._field = Input(value, placeholder=placeholder, password=secret)

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the question and the input."""
        yield paragraph(self._question)
        yield self._field
        yield paragraph("Enter go on   Esc back", "quiet")

    @on(Input.Submitted)
    def accept_text(self, event: Input.Submitted) -> None:
        """Return the text, unless it is empty."""
        if event.value.strip():
            self.dismiss(event.value)
