"""Opening a round: who is up for rating, heads in the room, keepers, and what to expect."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.forecast import minutes
from peerreview.domain.plan import Plan
from peerreview.domain.round import FEWEST_BALLOTS
from peerreview.services.rounds import Opening, Rounds
from peerreview.tui.commands import HELP, Command, bindings
from peerreview.tui.screens.ask import AskYesNo
from peerreview.tui.screens.hand_over import HandOverScreen
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.widgets.lines import Lines
from peerreview.tui.widgets.plan_list import PlanList

_CHECKS = (
    "Is the projector off while you rate?",
    "Is nobody from these firms in the room?",
)
_COMMANDS = (
    Command("enter", "go_on", "open the round", "Enter", help="Checklist, keys, then the turns."),
    Command("0", "type", "to 9 count", help="Count heads, and hands for each partner."),
    Command("space", "type", "leave out", "space", help="Leave a partner out; change keepers."),
    Command("escape", "leave", "back", "Esc", help="Back; asks if something was counted."),
    HELP,
)


class OpenRoundScreen(Page[bool]):
    """Plans a round, hands the keys over, opens the box. Gives True when it is open."""

    NAME = "OPEN A ROUND"
    COMMANDS_HERE = _COMMANDS
    BINDINGS: ClassVar = bindings(each for each in _COMMANDS if each.action != "type")

    def __init__(self, rounds: Rounds) -> None:
        super().__init__(state="nothing is open yet")
        self._rounds = rounds
        self._resting = 0

    def body(self) -> Iterable[Widget]:
        """Yield the plan and the forecast."""
        yield PlanList()
        yield Static(id="forecast", classes="about")

    @property
    def list(self) -> PlanList:
        """The plan as it is typed."""
        return self.query_one(PlanList)

    def on_mount(self) -> None:
        """Read the partners."""
        self.list.focus()
        self._read()

    @work
    async def _read(self) -> None:
        with self.complaints():
            group = await off_loop(self._rounds.group)
            ready = await off_loop(self._rounds.ready)
            self._resting = len(group.active) - len(ready)
            self.bar.place = f"{group.name} · round {len(group.rounds) + 1}"
            self.list.fill(ready)
            self.show_forecast()

    def plan(self) -> Plan:
        """Return what is typed so far."""
        it = self.list
        return Plan(dict(it.hands), it.heads, keepers=it.keepers)

    @on(Lines.Highlighted)
    def show_forecast(self) -> None:
        """Say what to expect."""
        lines = list(_forecast(self.plan()))
        if self._resting:
            lines.append(f"{self._resting} partners rest: they were shown less than 60 days ago.")
        self.query_one("#forecast", Static).update("\n".join(lines))

    @work
    async def action_leave(self) -> None:
        """Go back; ask only if something was counted."""
        lost = "Leave? What you counted is forgotten; no round is opened."
        if not self.list.touched or await self.ask(AskYesNo(lost, "leave", "stay")):
            self.dismiss(False)

    @work
    async def action_go_on(self) -> None:
        """Go through the checklist, hand the keys over, open."""
        with self.complaints():
            plan = self.plan()
            plan.check()
            for question in _CHECKS:
                if not await self.ask(AskYesNo(question, "yes", "not yet")):
                    return
            prepared = await off_loop(self._rounds.prepare, plan)
            if await self._handed_over(prepared):
                await off_loop(self._rounds.open, prepared)
                self.dismiss(True)

    async def _handed_over(self, prepared: Opening) -> bool:
        """Show each keeper the own key; nothing is kept if one of them turns back."""
        for number, key in enumerate(prepared.keys, 1):
            screen = HandOverScreen(number, len(prepared.keys), key, prepared.check_words)
            if not await self.ask(screen):
                self.say("No round was opened. Tear up the slips: these keys open nothing.")
                return False
        return True


def _forecast(plan: Plan) -> Iterable[str]:
    """Yield what a plan will probably bring, in sentences."""
    if plan.heads < FEWEST_BALLOTS or not plan.hands:
        yield f"Count the people who will rate: {FEWEST_BALLOTS} at least."
        return
    partners, it = len(plan.hands), plan.forecast
    one, six = (minutes(plan.heads, partners, laptops) for laptops in (1, 6))
    yield (
        f"{plan.heads} people, {partners} partners: one laptop about {one} minutes, "
        f"six laptops about {six}."
    )
    yield f"About {it.shown:.0f} partners get enough voices for a result,"
    yield f"{it.quick:.0f} of them a street from quick ballots, {it.full:.0f} from full ones."
    if it.is_poor:
        yield "That is few: ask a neighboring group to rate with you."
