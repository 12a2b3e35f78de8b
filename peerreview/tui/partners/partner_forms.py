"""The forms for partners: one partner, or a list that is pasted."""

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
    """The form for a partner's name, other names and kind; the arrows pick the kind."""

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
        """Pick another kind, `by` places further; past the last one comes the first again."""
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
    def submitted(self) -> None:
        """Leave with name, kind and other names, if there is a name."""
        name = self.query_one("#name", Input).value
        aliases = self.query_one("#aliases", Input).value.split("/")
        if name.strip():
            kept = tuple(alias for alias in aliases if alias.strip())
            self.dismiss((name, _KINDS[self._kind], kept))


class PasteForm(Dialog[str]):
    """The form for a list of partners, pasted from a spreadsheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", show=False, priority=True)
    ]

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield a text area and two buttons."""
        yield paragraph("Paste a list: a line a partner; kind and aliases may follow.")
        yield TextArea(id="list")
        yield button_row(take="Take the list", back="Back")
        yield paragraph("Tab to the buttons   Esc back", "quiet")

    def action_take(self) -> None:
        """Leave with the text, if there is any."""
        text = self.query_one(TextArea).text
        self.dismiss(text if text.strip() else None)
