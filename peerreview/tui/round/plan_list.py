"""The plan of a round as one list: heads, keepers, minutes, rehearsal, and the partners."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from peerreview.domain.group.partner import Partner
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule
from peerreview.domain.text import fit
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lines import LineList, Piece

HEADS, KEEPERS, MINUTES, REHEARSAL, HEADING, FIRST_PARTNER = range(6)
"""The indices of the lines of the list; the partners start at the last one."""
_RULES = tuple(KeeperRule)
_KEEPERS = {
    KeeperRule.ONE: "one",
    KeeperRule.EITHER_OF_TWO: "two, either opens",
    KeeperRule.TWO_OF_THREE: "three, any two open",
}
_EXPLANATIONS = {
    KeeperRule.ONE: "One peer holds the key to the box. If the slip gets lost, nobody can open it.",
    KeeperRule.EITHER_OF_TWO: "Two peers hold a key each, and either of them opens the box alone. "
    "If one slip gets lost, the other one still does.",
    KeeperRule.TWO_OF_THREE: "Three peers hold a key each, and it takes two of them to open the "
    "box: nobody can alone. If one slip gets lost, the other two still do.",
    MINUTES: "Everybody sees how many minutes are left. Nothing closes by itself.",
    REHEARSAL: "A rehearsal goes like a real round, but ballots go into the box empty: they are "
    "counted, the keys are tried, no result is shown, and everything is thrown away.",
}
_MOST_PEOPLE, _MOST_MINUTES = 60, 999


def change_plan(plan: Plan, index: int, partners: Sequence[Partner], key: str) -> Plan:
    """Return the plan that one key on a line of the list makes of a plan.

    Args:
        plan: the plan before.
        index: the index of the line, such as `HEADS`.
        partners: the partners listed from `FIRST_PARTNER` on.
        key: a digit, which is typed; "backspace", which clears a number; or "space", which changes
            a choice.
    """
    digit = key if key.isdigit() else ""
    if index >= FIRST_PARTNER:
        return replace(plan, hands=_changed_hands(plan, partners[index - FIRST_PARTNER].id, key))
    if index == HEADS:
        return replace(plan, heads=_with_digit(plan.heads, digit, _MOST_PEOPLE) or 0)
    if index == MINUTES:
        return replace(plan, minutes=_with_digit(plan.minutes, digit, _MOST_MINUTES) or None)
    if key == "space" and index == REHEARSAL:
        return replace(plan, rehearsal=not plan.rehearsal)
    if key == "space" and index == KEEPERS:
        following = (_RULES.index(plan.keepers) + 1) % len(_RULES)
        return replace(plan, keepers=_RULES[following])
    return plan


def _changed_hands(plan: Plan, partner_id: str, key: str) -> dict[str, int | None]:
    """Return the hands after a key; "space" leaves a partner out or takes it back in."""
    hands = dict(plan.hands)
    if key == "space" and partner_id in hands:
        del hands[partner_id]
    else:
        digit = key if key.isdigit() else ""
        hands[partner_id] = _with_digit(hands.get(partner_id), digit, _MOST_PEOPLE)
    return hands


def _with_digit(number: int | None, digit: str, most: int) -> int | None:
    """Return a number with a digit appended, or the digit alone if that is more than `most`.

    Without a digit return None.
    """
    if not digit:
        return None
    longer = (number or 0) * 10 + int(digit)
    return longer if longer <= most else int(digit)


class PlanList(LineList[None]):
    """The list on which keys change the plan.

    Digits type numbers; space changes a choice, or leaves a partner out.

    Attributes:
        partners: the partners that can be rated.
        plan: the plan as it is now.
        is_changed: whether the person has changed the plan.
    """

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
        """Show a new plan about all these partners, without counted hands."""
        self.partners = partners
        self.show_plan(Plan(dict.fromkeys(partner.id for partner in partners)))

    def show_plan(self, plan: Plan) -> None:
        """Show a plan, and post `Highlighted`, on which the screen shows the forecast."""
        self.plan = plan
        self.redraw_lines()
        self.post_message(self.Highlighted(self, self.cursor))

    @property
    def explanation(self) -> str:
        """An explanation of the choice at the cursor; empty if there is none."""
        choice = self.plan.keepers if self.cursor == KEEPERS else self.cursor
        return _EXPLANATIONS.get(choice, "")

    @property
    def line_count(self) -> int:
        """The number of lines: four choices, a heading, and the partners."""
        return FIRST_PARTNER + len(self.partners)

    def is_selectable(self, index: int) -> bool:
        """Return whether the cursor can be on a line; it can't be on the heading."""
        return super().is_selectable(index) and index != HEADING

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a line of the plan."""
        is_current = index == self.cursor
        if index == HEADING:
            return [(" WHO IS UP FOR RATING  ", "head"), ("ask: who works with them?", "quiet")]
        if index >= FIRST_PARTNER:
            pieces = self._partner_pieces(self.partners[index - FIRST_PARTNER], is_current, width)
        else:
            pieces = self._choice_pieces(index, is_current)
        return [(CURSOR if is_current else " ", "road"), *pieces]

    def _choice_pieces(self, index: int, is_current: bool) -> list[Piece]:
        plan = self.plan
        name = ("People in the room", "Keepers of the key", "Minutes to rate", "This round")[index]
        label: Piece = (f" {name:<20}", "strong" if is_current else "text")
        if index in (HEADS, MINUTES):
            number = plan.heads if index == HEADS else plan.minutes
            return [label, *_number_pieces(number, is_current, "no limit")]
        if index == KEEPERS:
            value = _KEEPERS[plan.keepers]
        else:
            value = "is a rehearsal" if plan.rehearsal else "counts"
        return [label, *_value_pieces(value, is_current, "space changes")]

    def _partner_pieces(self, partner: Partner, is_current: bool, width: int) -> list[Piece]:
        name = fit(partner.name, max(12, min(36, width - 42)))
        kind: Piece = (f"  {partner.kind:<17}", "quiet")
        if partner.id not in self.plan.hands:
            return [("– ", "quiet"), (name, "quiet"), kind, (" left out", "quiet")]
        hands = self.plan.hands[partner.id]
        return [
            ("● ", "they"),
            (name, "strong" if is_current else "text"),
            kind,
            *_number_pieces(hands, is_current, "not counted", ">"),
        ]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Do the same as space if the cursor was on the line already."""
        if was_current:
            self.action_type("space")

    def action_type(self, key: str) -> None:
        """Change the plan by a digit, backspace or space on the line at the cursor."""
        self.is_changed = True
        self.show_plan(change_plan(self.plan, self.cursor, self.partners, key))


def _number_pieces(
    number: int | None, is_current: bool, without_number: str, align: str = "<"
) -> list[Piece]:
    text = "" if number is None else str(number)
    if is_current or text:
        return _value_pieces(f"{text:{align}2}", is_current, "type a number")
    return [(f" {without_number}", "quiet")]


def _value_pieces(value: str, is_current: bool, hint: str) -> list[Piece]:
    if is_current:
        return [(f" {value} ", "active"), (f"  {hint}", "quiet")]
    return [(f" {value} ", "strong")]
