"""Opening a round: who is up for rating, heads in the room, keepers, and what to expect."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from peerreview.domain.forecast import minutes
from peerreview.domain.partner import Partner
from peerreview.domain.round import FEWEST_BALLOTS, KeeperRule
from peerreview.services.rounds import Opening, Plan, Rounds
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.ask import AskYesNo
from peerreview.tui.screens.hand_over import HandOverScreen
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.text import fit
from peerreview.tui.widgets.count import Count
from peerreview.tui.widgets.lines import Lines, Piece

_CHECKS = (
    "Is the projector off while you rate?",
    "Is nobody from these firms in the room?",
)


class HandsList(Lines):
    """The partners up for rating: digits are hands shown for knowing one, space leaves it out."""

    def __init__(self) -> None:
        super().__init__()
        self.partners: tuple[Partner, ...] = ()
        self.hands: dict[str, int | None] = {}

    def fill(self, partners: tuple[Partner, ...]) -> None:
        """Show these partners, all of them up for rating, nobody counted yet."""
        self.partners = partners
        self.hands = {partner.id: None for partner in partners}
        self.changed()

    @property
    def count(self) -> int:
        """A line a partner."""
        return len(self.partners)

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a mark, the name, the kind, the hands."""
        partner = self.partners[index]
        on = index == self.cursor
        rated = partner.id in self.hands
        hands = self.hands.get(partner.id)
        name = max(12, min(36, width - 36))
        return [
            ("▸" if on else " ", "road"),
            ("● " if rated else "– ", "they" if rated else "quiet"),
            (fit(partner.name, name), ("strong" if on else "text") if rated else "quiet"),
            (f"  {partner.kind:<17}", "quiet"),
            (
                f"{'not counted' if hands is None else hands:>11}" if rated else "   left out",
                "text",
            ),
        ]

    def on_key(self, event: events.Key) -> None:
        """Take digits, backspace and space for the partner at the cursor."""
        if not self.partners:
            return
        partner = self.partners[self.cursor].id
        if event.character and event.character.isdigit() and partner in self.hands:
            number = (self.hands[partner] or 0) * 10 + int(event.character)
            self.hands[partner] = number if number <= 60 else int(event.character)
        elif event.key == "backspace" and partner in self.hands:
            self.hands[partner] = None
        elif event.key == "space":
            if partner in self.hands:
                del self.hands[partner]
            else:
                self.hands[partner] = None
        else:
            return
        event.stop()
        self.changed(self.cursor)
        self.post_message(self.Highlighted(self, self.cursor))


_COMMANDS = (
    Command("enter", "go_on", "open the round", "Enter"),
    Command("tab", "app.focus_next", "switch", "Tab", help="Between heads and partners."),
    Command("w", "keepers", "who keeps", help="Two keepers, or one."),
    Command("space", "none", "leave out", "space"),
    BACK,
    HELP,
)


class OpenRoundScreen(Page[bool]):
    """Plans a round, hands the keys over, opens the box. Gives True when it is open."""

    NAME = "OPEN A ROUND"
    COMMANDS_HERE = _COMMANDS
    BINDINGS: ClassVar = bindings(each for each in _COMMANDS if each.action != "none")

    def __init__(self, rounds: Rounds) -> None:
        super().__init__()
        self._rounds = rounds
        self._keepers = KeeperRule.EITHER_OF_TWO
        self._resting = 0

    def body(self) -> Iterable[Widget]:
        """Yield heads, keepers, partners, forecast."""
        yield Horizontal(
            Static("People in the room ", classes="label"),
            Count("heads", id="heads"),
            Static(id="keepers", classes="label"),
            classes="row",
        )
        yield Static("  Who is up for rating?  Ask for each: who works with them? Type the hands.",
                     classes="heading")  # fmt: skip
        yield HandsList()
        yield Static(id="forecast", classes="about")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key applies."""
        return True

    def on_mount(self) -> None:
        """Read the partners."""
        self.query_one("#heads").focus()
        self._show_keepers()
        self._read()

    @work
    async def _read(self) -> None:
        with self.complaints():
            group = await off_loop(self._rounds.group)
            ready = await off_loop(self._rounds.ready)
            self._resting = len(group.active) - len(ready)
            bar = self.bar
            bar.place = f"{group.name} · round {len(group.rounds) + 1}"
            bar.state = "nothing is open yet"
            self.query_one(HandsList).fill(ready)
            self._show_forecast()

    @property
    def heads(self) -> int:
        """The number typed, 0 if there is none."""
        return self.query_one(Count).number or 0

    def _plan(self) -> Plan:
        return Plan(dict(self.query_one(HandsList).hands), self.heads, keepers=self._keepers)

    def _show_keepers(self) -> None:
        words = "two keepers, either opens" if self._keepers.keepers == 2 else "one keeper"
        self.query_one("#keepers", Static).update(
            Content.assemble("    Keepers ", (words, "bold"), ("   w changes", "$quiet"))
        )

    @on(Input.Changed, "#heads")
    @on(Lines.Highlighted)
    def _show_forecast(self) -> None:
        """Say what to expect."""
        plan = self._plan()
        lines: list[str] = []
        if self.heads >= FEWEST_BALLOTS and plan.hands:
            people = f"{plan.heads} people, {len(plan.hands)} partners"
            one, six = (minutes(plan.heads, len(plan.hands), laptops) for laptops in (1, 6))
            lines.append(f"{people}: one laptop about {one} minutes, six laptops about {six}.")
            it = plan.forecast
            lines.append(
                f"About {it.shown:.0f} get enough voices; about {it.quick:.0f} a street from quick "
                f"ballots, {it.full:.0f} from full ones."
            )
            if it.is_poor:
                lines.append("That is few: ask a neighboring group to rate with you.")
        else:
            lines.append(f"Count the people who will rate: {FEWEST_BALLOTS} at least.")
        if self._resting:
            lines.append(f"{self._resting} partners rest: they were shown less than 60 days ago.")
        self.query_one("#forecast", Static).update("\n".join(lines))

    @on(Input.Submitted, "#heads")
    def heads_typed(self) -> None:
        """Go on to the partners."""
        self.query_one(HandsList).focus()

    def action_keepers(self) -> None:
        """Change between two keepers and one."""
        two = self._keepers is KeeperRule.EITHER_OF_TWO
        self._keepers = KeeperRule.ONE if two else KeeperRule.EITHER_OF_TWO
        self._show_keepers()

    @work
    async def action_go_on(self) -> None:
        """Go through the checklist, hand the keys over, open."""
        plan = self._plan()
        if plan.heads < FEWEST_BALLOTS or not plan.hands:
            self.query_one("#heads").focus()
            self.say(f"{FEWEST_BALLOTS} people and one partner at least.")
            return
        for question in _CHECKS:
            if not await self.ask(AskYesNo(question, "yes", "not yet")):
                return
        with self.complaints():
            prepared = await off_loop(self._rounds.prepare, plan)
            if await self._handed_over(prepared):
                await off_loop(self._rounds.open, prepared)
                self.dismiss(True)

    async def _handed_over(self, prepared: Opening) -> bool:
        """Show each keeper the own key; nothing is kept if one of them turns back."""
        for number, key in enumerate(prepared.keys, 1):
            screen = HandOverScreen(number, len(prepared.keys), key, prepared.check_words)
            if not await self.ask(screen):
                return False
        return True
