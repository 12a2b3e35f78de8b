"""The plan of a round as one list: heads, keepers, and who is up for rating."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from peerreview.domain.partner import Partner
from peerreview.domain.round import KeeperRule
from peerreview.tui.glyphs import CURSOR
from peerreview.tui.text import fit
from peerreview.tui.widgets.lines import Lines, Piece

HEADS, KEEPERS, HEADING, FIRST = 0, 1, 2, 3
_KEEPERS = {KeeperRule.EITHER_OF_TWO: "two, either opens the box", KeeperRule.ONE: "one"}
_MOST = 60


class PlanList(Lines):
    """Digits count heads and hands, space changes keepers or leaves a partner out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"type('{key}')", key, show=False)
        for key in (*"0123456789", "space", "backspace")
    ]

    def __init__(self) -> None:
        super().__init__()
        self.partners: tuple[Partner, ...] = ()
        self.hands: dict[str, int | None] = {}
        self.heads = 0
        self.keepers = KeeperRule.EITHER_OF_TWO
        self.touched = False

    def fill(self, partners: tuple[Partner, ...]) -> None:
        """Show these partners, all of them up for rating, nobody counted yet."""
        self.partners = partners
        self.hands = {partner.id: None for partner in partners}
        self.changed()

    @property
    def count(self) -> int:
        """Heads, keepers, a heading, and a line a partner."""
        return FIRST + len(self.partners)

    def selectable(self, index: int) -> bool:
        """Everything but the heading."""
        return super().selectable(index) and index != HEADING

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a line of the plan."""
        on = index == self.cursor
        mark: Piece = (CURSOR if on else " ", "road")
        name = "strong" if on else "text"
        if index == HEADS:
            return [mark, (f" {'People in the room':<24}", name), *_number(self.heads, on)]
        if index == KEEPERS:
            said = (f" {_KEEPERS[self.keepers]} ", "active" if on else "strong")
            return [
                mark,
                (f" {'Keepers of the key':<24}", name),
                said,
                ("  space changes", "quiet"),
            ]
        if index == HEADING:
            return [(" WHO IS UP FOR RATING  ", "head"), ("ask: who works with them?", "quiet")]
        return [mark, *self._partner(self.partners[index - FIRST], on, width)]

    def _partner(self, partner: Partner, on: bool, width: int) -> list[Piece]:
        rated = partner.id in self.hands
        room = max(12, min(36, width - 38))
        style = ("strong" if on else "text") if rated else "quiet"
        said = _number(self.hands.get(partner.id), on) if rated else [("left out", "quiet")]
        return [
            ("● " if rated else "– ", "they" if rated else "quiet"),
            (fit(partner.name, room), style),
            (f"  {partner.kind:<17}", "quiet"),
            *said,
        ]

    def action_type(self, key: str) -> None:
        """Take a digit, backspace or space for the line at the cursor."""
        digit = key if key.isdigit() else ""
        self.touched = True
        if self.cursor == HEADS:
            self.heads = _typed(self.heads, digit) or 0
        elif self.cursor == KEEPERS:
            two = self.keepers is KeeperRule.EITHER_OF_TWO
            self.keepers = KeeperRule.ONE if two else KeeperRule.EITHER_OF_TWO
        else:
            self._count(self.partners[self.cursor - FIRST].id, digit, key)
        self.changed(self.cursor)
        self.post_message(self.Highlighted(self, self.cursor))

    def _count(self, partner: str, digit: str, key: str) -> None:
        """Count hands, or leave a partner out, or take it back in."""
        if key == "space" and partner in self.hands:
            del self.hands[partner]
        else:
            self.hands[partner] = _typed(self.hands.get(partner), digit)


def _typed(number: int | None, digit: str) -> int | None:
    """Return a number with one digit more, or nothing if a key took it back."""
    if not digit:
        return None
    more = (number or 0) * 10 + int(digit)
    return more if more <= _MOST else int(digit)


def _number(number: int | None, on: bool) -> list[Piece]:
    shown = "" if not number and number != 0 else str(number)
    hint = "  type a number" if on else "" if number else "  not counted"
    return [(f" {shown:>2} ", "active" if on else "strong"), (hint, "quiet")]
