"""The plan of a round as one list: heads, keepers, time, rehearsal, and who is up for rating."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from peerreview.domain.group.partner import Partner
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule
from peerreview.domain.text import fit
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lines import LineList, Piece

HEADS, KEEPERS, MINUTES, REHEARSAL, HEADING, FIRST = range(6)
_RULES = tuple(KeeperRule)
_KEEPERS = {
    KeeperRule.ONE: "one",
    KeeperRule.EITHER_OF_TWO: "two, either opens",
    KeeperRule.TWO_OF_THREE: "three, any two open",
}
_ABOUT = {
    KeeperRule.ONE: "One peer holds the key to the box. If the slip gets lost, nobody can open it.",
    KeeperRule.EITHER_OF_TWO: "Two peers hold a key each, and either of them opens the box alone. "
    "If one slip gets lost, the other one still does.",
    KeeperRule.TWO_OF_THREE: "Three peers hold a key each, and it takes two of them to open the "
    "box: nobody can alone. If one slip gets lost, the other two still do.",
    MINUTES: "Everybody sees how many minutes are left. Nothing closes by itself.",
    REHEARSAL: "A rehearsal goes like a real round, but ballots go into the box empty: they are "
    "counted, the keys are tried, no result is shown, and everything is thrown away.",
}
_MOST, _LONGEST = 60, 999


class PlanList(LineList[None]):
    """Digits count heads, minutes and hands; space changes a choice or leaves a partner out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"type('{key}')", key, show=False)
        for key in (*"0123456789", "space", "backspace")
    ]

    def __init__(self) -> None:
        super().__init__()
        self.partners: tuple[Partner, ...] = ()
        self.plan = Plan()
        self.is_changed = False

    def show_partners(self, partners: tuple[Partner, ...]) -> None:
        """Show these partners, all of them up for rating, nobody counted yet."""
        self.partners = partners
        self.show_plan(Plan(dict.fromkeys(each.id for each in partners)))

    def show_plan(self, plan: Plan) -> None:
        """Show a plan, and say that it is another one."""
        self.plan = plan
        self.redraw_lines()
        self.post_message(self.Highlighted(self, self.cursor))

    @property
    def explanation(self) -> str:
        """What the choice at the cursor means; nothing if there is no choice."""
        return _ABOUT.get(self.plan.keepers if self.cursor == KEEPERS else self.cursor, "")

    @property
    def line_count(self) -> int:
        """Four choices, a heading, and a line a partner."""
        return FIRST + len(self.partners)

    def is_selectable(self, index: int) -> bool:
        """Everything but the heading."""
        return super().is_selectable(index) and index != HEADING

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a line of the plan."""
        on = index == self.cursor
        if index == HEADING:
            return [(" WHO IS UP FOR RATING  ", "head"), ("ask: who works with them?", "quiet")]
        line = (
            self._partner(index - FIRST, on, width) if index >= FIRST else self._choice(index, on)
        )
        return [(CURSOR if on else " ", "road"), *line]

    def _choice(self, index: int, on: bool) -> list[Piece]:
        plan = self.plan
        name = ("People in the room", "Keepers of the key", "Minutes to rate", "This round")[index]
        label: Piece = (f" {name:<20}", "strong" if on else "text")
        if index in (HEADS, MINUTES):
            number = plan.heads if index == HEADS else plan.minutes
            return [label, *_number(number, on, "no limit")]
        kind = "is a rehearsal" if plan.rehearsal else "counts"
        said = _KEEPERS[plan.keepers] if index == KEEPERS else kind
        return [label, *_value(said, on, "space changes")]

    def _partner(self, place: int, on: bool, width: int) -> list[Piece]:
        partner = self.partners[place]
        rated = partner.id in self.plan.hands
        room = max(12, min(36, width - 42))
        name, said = fit(partner.name, room), "not counted" if rated else "left out"
        return [
            ("● ", "they") if rated else ("– ", "quiet"),
            (name, ("strong" if on else "text") if rated else "quiet"),
            (f"  {partner.kind:<17}", "quiet"),
            *_number(self.plan.hands.get(partner.id), on and rated, said, ">"),
        ]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """A second click does what space does."""
        if was_current:
            self.action_type("space")

    def action_type(self, key: str) -> None:
        """Take a digit, backspace or space for the line at the cursor."""
        self.is_changed = True
        self.show_plan(replace(self.plan, **self._plan_changes(key)))

    def _plan_changes(self, key: str) -> dict[str, Any]:
        """Return what a key changes in the plan."""
        plan, digit = self.plan, key if key.isdigit() else ""
        if self.cursor == HEADS:
            return {"heads": _with_digit(plan.heads, digit) or 0}
        if self.cursor == MINUTES:
            return {"minutes": _with_digit(plan.minutes, digit, _LONGEST) or None}
        if self.cursor >= FIRST:
            return {"hands": self._hands(self.partners[self.cursor - FIRST].id, digit, key)}
        if key != "space":
            return {}
        if self.cursor == REHEARSAL:
            return {"rehearsal": not plan.rehearsal}
        return {"keepers": _RULES[(_RULES.index(plan.keepers) + 1) % len(_RULES)]}

    def _hands(self, partner: str, digit: str, key: str) -> dict[str, int | None]:
        """Count hands, or leave a partner out, or take it back in."""
        hands = dict(self.plan.hands)
        if key == "space" and partner in hands:
            del hands[partner]
        else:
            hands[partner] = _with_digit(hands.get(partner), digit)
        return hands


def _with_digit(number: int | None, digit: str, most: int = _MOST) -> int | None:
    """Return a number with one digit more, or nothing if a key took it back."""
    if not digit:
        return None
    more = (number or 0) * 10 + int(digit)
    return more if more <= most else int(digit)


def _number(number: int | None, on: bool, none: str, side: str = "<") -> list[Piece]:
    shown = "" if number is None else str(number)
    if on or shown:
        return _value(f"{shown:{side}2}", on, "type a number")
    return [(f" {none}", "quiet")]


def _value(said: str, on: bool, hint: str) -> list[Piece]:
    return [(f" {said} ", "active"), (f"  {hint}", "quiet")] if on else [(f" {said} ", "strong")]
