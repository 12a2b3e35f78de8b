"""The screen on which the facilitator plans a round and opens it."""

from collections.abc import Iterable

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.round.forecast import round_minutes
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import FEWEST_BALLOTS
from peerreview.domain.text import pluralized
from peerreview.services.rounds import PreparedRound, Rounds
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.lines import LineList
from peerreview.tui.kit.page import Page, in_thread
from peerreview.tui.round.hand_over import HandOverScreen
from peerreview.tui.round.plan_list import PlanList

_CHECKLIST = (
    "Is the projector off while you rate?",
    "Is nobody from these firms in the room?",
)


class OpenRoundScreen(Page[bool]):
    """Shows the plan of a round and its forecast; the result is True if the round was opened."""

    NAME = "OPEN A ROUND"
    COMMANDS_HERE = (
        Command("enter", "go_on", "open the round", "Enter", "Checklist, keys, then the turns."),
        Command("l", "like_last", "like the last", help="Partners, people, keepers as last time."),
        Command("0", "type('0')", "count", "0 to 9", "Count heads, minutes, and hands."),
        Command("space", "type('space')", "change", help="Change a choice; leave a partner out."),
        Command("escape", "leave", "back", "Esc", help="Back; asks if something was counted."),
        HELP,
    )

    def __init__(self, rounds: Rounds) -> None:
        super().__init__(status="not open yet")
        self._rounds = rounds
        self._group: Group | None = None
        self.plan_list = PlanList()

    def compose_body(self) -> Iterable[Widget]:
        """Yield the plan and the forecast."""
        yield self.plan_list
        yield Static(id="forecast", classes="about")

    def on_mount(self) -> None:
        """Focus the plan, and read the group and the partners that can be rated."""
        self.plan_list.focus()
        self._read()

    @work
    async def _read(self) -> None:
        with self.report_errors():
            self._group = await in_thread(self._rounds.group)
            self.plan_list.show_partners(await in_thread(self._rounds.ready_partners))
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "like the last" if there was a round before."""
        return action != "like_last" or bool(self._group and self._group.rounds)

    @on(LineList.Highlighted)
    def show_forecast(self) -> None:
        """Show an explanation of the choice at the cursor, or else the forecast."""
        plan = self.plan_list.plan
        group = self._group
        if group is None:
            return
        if plan.rehearsal:
            self.title_bar.location = f"rehearsal · {group.name}"
        else:
            self.title_bar.location = f"{group.name} · round {group.next_round_number}"
        explanation = self.plan_list.explanation
        lines = [explanation] if explanation else list(_forecast(plan))
        if resting := len(group.active_partners) - len(self.plan_list.partners):
            lines.append(
                f"Resting, as shown less than 60 days ago: {pluralized(resting, 'partner')}."
            )
        self.query_one("#forecast", Static).update("\n".join(lines))

    def action_type(self, key: str) -> None:
        """Pass a key to the plan; clicks on the key line call this."""
        self.plan_list.action_type(key)

    def action_like_last(self) -> None:
        """Plan the round like the last one, but without counted hands."""
        if self._group:
            ready = (partner.id for partner in self.plan_list.partners)
            self.plan_list.is_changed = True
            self.plan_list.show_plan(Plan.repeat_of(self._group.rounds[-1], ready))

    @work
    async def action_leave(self) -> None:
        """Close the screen; ask first if the plan was changed."""
        question = "Leave? What you counted is forgotten; no round is opened."
        if not self.plan_list.is_changed or await self.show_screen(
            AskYesNo(question, "leave", "stay")
        ):
            self.dismiss(False)

    @work
    async def action_go_on(self) -> None:
        """Go through the checklist, hand over the keys and open the round."""
        with self.report_errors():
            plan = self.plan_list.plan
            plan.check()
            risks = await in_thread(self._rounds.folder_risks)
            for question in (*(f"{risk}. Go on all the same?" for risk in risks), *_CHECKLIST):
                if not await self.show_screen(AskYesNo(question, "yes", "not yet")):
                    return
            prepared = await in_thread(self._rounds.prepare, plan)
            if await self._hand_over_keys(prepared):
                await in_thread(self._rounds.open, prepared)
                self.dismiss(True)

    async def _hand_over_keys(self, prepared: PreparedRound) -> bool:
        """Show each keeper a key; return False if one of them turned back."""
        for number in range(len(prepared.keys)):
            if not await self.show_screen(HandOverScreen(prepared, number)):
                self.notify_text("No round was opened. Tear up the slips: these keys open nothing.")
                return False
        return True


def _forecast(plan: Plan) -> Iterable[str]:
    """Yield sentences that forecast the duration and the results of a plan."""
    if plan.heads < FEWEST_BALLOTS or not plan.hands:
        yield f"Count the people who will rate: {FEWEST_BALLOTS} at least."
        return
    partners = len(plan.hands)
    with_one, with_six = (round_minutes(plan.heads, partners, laptops) for laptops in (1, 6))
    yield (
        f"{plan.heads} people, {pluralized(partners, 'partner')}: one laptop about "
        f"{with_one} minutes, six laptops about {with_six}."
    )
    is_counted = [hands is not None for hands in plan.hands.values()]
    if plan.forecast.is_poor and not any(is_counted):
        yield f"A result needs {plan.floor} voices a partner: count hands to see what to expect."
        return
    yield plan.forecast.sentence
    if not all(is_counted):
        yield "A guess: count hands for each partner to know better."
