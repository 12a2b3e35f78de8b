"""What is asked about partners: one by one, or a whole list pasted."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from peerreview.domain.partner import Kind, Partner

_KINDS = tuple(Kind)


class PartnerForm(ModalScreen[tuple[str, Kind, tuple[str, ...]] | None]):
    """Asks for name, other names and kind; the kind is picked by the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("up", "kind(-1)", "Previous kind", show=False, priority=True),
        Binding("down", "kind(1)", "Next kind", show=False, priority=True),
    ]

    def __init__(self, partner: Partner | None = None) -> None:
        super().__init__()
        self._partner, self._kind = partner, partner.kind if partner else Kind.PEER

    def compose(self) -> ComposeResult:
        """Lay out the name and the kind."""
        with Vertical(classes="dialog"):
            yield Static("A partner you share: the firm's name", classes="line")
            yield Input(self._partner.name if self._partner else "", max_length=60, id="name")
            yield Static("Also known as, with / between (may stay empty)", classes="line quiet")
            yield Input("/".join(self._partner.aliases) if self._partner else "", id="aliases")
            yield Static(id="kind", classes="line")
            yield Static("Enter keep   Tab other names   ↑↓ kind   Esc back", classes="line quiet")

    def on_mount(self) -> None:
        """Show the kind."""
        self.action_kind(0)

    def action_kind(self, by: int) -> None:
        """Pick another kind."""
        self._kind = _KINDS[(_KINDS.index(self._kind) + by) % len(_KINDS)]
        shown = [
            Content.styled(
                f" {kind} ", "bold $background on $road" if kind is self._kind else "$quiet"
            )
            for kind in _KINDS
        ]
        self.query_one("#kind", Static).update(Content(" ").join(shown))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Give name, kind and other names."""
        name, also = (self.query_one(each, Input).value for each in ("#name", "#aliases"))
        if name.strip():
            aliases = tuple(each for each in also.split("/") if each.strip())
            self.dismiss((name, self._kind, aliases))

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class PasteForm(ModalScreen[str | None]):
    """Asks for a list, pasted from a spreadsheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("tab", "app.focus_next", "Next", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the text and two buttons."""
        with Vertical(classes="dialog wide"):
            yield Static(
                "Paste a list: a line a partner; kind and aliases may follow.", classes="line"
            )
            yield TextArea(id="list")
            with Horizontal(classes="buttons"):
                yield Button(Content("Take the list"), id="take", variant="primary")
                yield Button(Content("Back"), id="back")
            yield Static("Tab to the buttons   Esc back", classes="line quiet")

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Give the text, or nothing."""
        text = self.query_one(TextArea).text
        self.dismiss(text if event.button.id == "take" and text.strip() else None)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
