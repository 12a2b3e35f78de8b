"""The forms for one partner and for a pasted list of partners."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.tui.kit.card import button_row, paragraph
from peerreview.tui.kit.dialog import Dialog

_KINDS = tuple(PartnerKind)


class PartnerForm(Dialog[tuple[str, PartnerKind, tuple[str, ...]]]):
    """The form for the name, other names and kind of a partner.

    Its result is name, kind and other names, or None. The arrow keys select the kind.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "kind(-1)", "Previous kind", show=False, priority=True),
        Binding("down", "kind(1)", "Next kind", show=False, priority=True),
    ]

    def __init__(self, partner: Partner | None = None) -> None:
        super().__init__()
        self._partner = partner
        self._kind = _KINDS.index(partner.kind if partner else PartnerKind.PEER)

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield inputs for name and other names, the kinds, and the keys."""
        name, aliases = "", ""
        if self._partner:
            name, aliases = self._partner.name, "/".join(self._partner.aliases)
        yield paragraph("A partner you share: the firm's name", "label")
        yield Input(name, max_length=60, id="name")
        yield paragraph("Also known as, with / between (may stay empty)", "label")
        yield Input(aliases, id="aliases")
        yield Static(id="kind", classes="line")
        yield paragraph("Enter keep   Tab other names   ↑↓ kind   Esc back", "quiet")

    def on_mount(self) -> None:
        """Show the kinds."""
        self.action_kind(0)

    def action_kind(self, by: int) -> None:
        """Select the kind that is `by` places further; the first kind follows the last."""
        self._kind = (self._kind + by) % len(_KINDS)
        contents: list[Content] = []
        for index, kind in enumerate(_KINDS):
            if index == self._kind:
                style = "bold $background on $road"
            else:
                style = f"$quiet @click=screen.kind({(index - self._kind) % len(_KINDS)})"
            contents.append(Content.styled(f" {kind} ", style))
        self.query_one("#kind", Static).update(Content(" ").join(contents))

    @on(Input.Submitted)
    def submit_partner(self) -> None:
        """Close the form with name, kind and other names; do nothing without a name."""
        name = self.query_one("#name", Input).value
        aliases = self.query_one("#aliases", Input).value.split("/")
        if name.strip():
            named_aliases = tuple(alias for alias in aliases if alias.strip())
            self.dismiss((name, _KINDS[self._kind], named_aliases))


class PasteForm(Dialog[str]):
    """The form for a list of partners pasted from a spreadsheet; its result is the text or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", show=False, priority=True)
    ]

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield a text area and two buttons."""
        yield paragraph("Paste a list, one partner per line; kind and aliases may follow the name.")
        yield TextArea(id="list")
        yield button_row(take="Take the list", back="Back")
        yield paragraph("Tab to the buttons   Esc back", "quiet")

    def action_take(self) -> None:
        """Close the form with the text, or with None if it is empty."""
        text = self.query_one(TextArea).text
        self.dismiss(text if text.strip() else None)
