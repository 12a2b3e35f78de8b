"""What is asked about partners: one by one, or a whole list pasted."""

from collections.abc import Iterable
from itertools import starmap
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
    """Asks for name, other names and kind; the kind is picked by the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "kind(-1)", "Previous kind", show=False, priority=True),
        Binding("down", "kind(1)", "Next kind", show=False, priority=True),
    ]

    def __init__(self, partner: Partner | None = None) -> None:
        super().__init__()
        self._partner = partner
        self._kind = _KINDS.index(partner.kind if partner else PartnerKind.PEER)

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the name, other names and the kind."""
        name, also = (self._partner.name, self._partner.aliases) if self._partner else ("", ())
        yield paragraph("A partner you share: the firm's name", "label")
        yield Input(name, max_length=60, id="name")
        yield paragraph("Also known as, with / between (may stay empty)", "label")
        yield Input("/".join(also), id="aliases")
        yield Static(id="kind", classes="line")
        yield paragraph("Enter keep   Tab other names   ↑↓ kind   Esc back", "quiet")

    def on_mount(self) -> None:
        """Show the kind."""
        self.action_kind(0)

    def action_kind(self, by: int) -> None:
        """Pick another kind."""
        at = self._kind = (self._kind + by) % len(_KINDS)
        many = len(_KINDS)
        styles = [f"$quiet @click=screen.kind({(place - at) % many})" for place in range(many)]
        styles[at] = "bold $background on $road"
        shown = [(f" {kind} ", style) for kind, style in zip(_KINDS, styles, strict=True)]
        self.query_one("#kind", Static).update(Content(" ").join(starmap(Content.styled, shown)))

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Give name, kind and other names."""
        name, also = (self.query_one(each, Input).value for each in ("#name", "#aliases"))
        if name.strip():
            aliases = tuple(each for each in also.split("/") if each.strip())
            self.dismiss((name, _KINDS[self._kind], aliases))


class PasteForm(Dialog[str]):
    """Asks for a list, pasted from a spreadsheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", show=False, priority=True)
    ]

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the text and two buttons."""
        yield paragraph("Paste a list: a line a partner; kind and aliases may follow.")
        yield TextArea(id="list")
        yield button_row(take="Take the list", back="Back")
        yield paragraph("Tab to the buttons   Esc back", "quiet")

    def action_take(self) -> None:
        """Give the text, if there is any."""
        pasted = self.query_one(TextArea).text
        self.dismiss(pasted if pasted.strip() else None)
