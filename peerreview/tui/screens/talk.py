"""The talk list: the partners worth a talk, one a page, three minutes each, and what is agreed."""

from collections.abc import Iterable
from time import time
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain import wording
from peerreview.domain.board import Board
from peerreview.domain.lane import lane
from peerreview.domain.release import Outcome
from peerreview.services.results import Results
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.card import Card
from peerreview.tui.screens.page import off_loop
from peerreview.tui.screens.seeds import SeedsScreen
from peerreview.tui.text import safe
from peerreview.tui.widgets.cells import colored
from peerreview.tui.widgets.countdown import Clock, Countdown

MINUTES = 3
_CELLS = 14


class TalkScreen(Card[None]):
    """Shows one partner a page. `results` takes what is agreed; without it one can only look."""

    NAME = "TALK LIST"
    COMMANDS_HERE = (
        *(
            Command(str(number), f"agree('{each.name}')", each, shown=False,
                    help=f"What we agreed: {each}. Once more takes it back.")
            for number, each in enumerate(Outcome, 1)
        ),
        Command("right,l,n,enter", "step(1)", "next", "→"),
        Command("left,h,p", "step(-1)", "previous", "←"),
        Command("space", "again", "three minutes again", "space"),
        BACK,
        HELP,
    )  # fmt: skip
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)
    DEFAULT_CSS = "TalkScreen Countdown { margin-bottom: 1; }"

    def __init__(
        self, board: Board, results: Results | None = None, at: int = 0, clock: Clock = time
    ) -> None:
        super().__init__(f"{board.group} · round {board.round}")
        self._board, self._results, self._at, self._clock = board, results, at, clock

    def card(self) -> Iterable[Widget]:
        """Yield who it is about, the minutes left, what can be agreed."""
        yield Static(id="partner", classes="line")
        yield Countdown(self._clock)
        yield Static(id="agreed")

    def on_mount(self) -> None:
        """Begin with the first partner, or where the group is."""
        self.action_step(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done: agreeing only to those who may."""
        if action == "agree":
            return self._results is not None
        return action != "step" or parameters != (-1,) or self._at > 0

    def action_step(self, by: int) -> None:
        """Show the next (1) or previous (-1) partner; after the last come the seeds."""
        if self._at + by == len(self._board.talks):
            self.app.push_screen(SeedsScreen())
            return
        self._at += by
        self.bar.state = f"{self._at + 1} of {len(self._board.talks)}"
        self.action_again()
        self._show()
        self.refresh_bindings()

    def action_again(self) -> None:
        """Give the talk three minutes from now."""
        self.query_one(Countdown).start(60 * MINUTES)

    def _show(self) -> None:
        line = self._board.talks[self._at]
        words, told = wording.STREETS[line.told.street], line.told
        lines = [
            Content.assemble((words.one.upper(), "bold $road"), (f"   {words.says}", "$quiet")),
            Content(""),
            safe(line.partner.name).stylize("bold"),
            Content.styled(line.partner.kind, "$quiet"),
            Content(""),
            Content.assemble(
                ("comes back ◀ ", "$quiet"), colored(lane(told.comes_back, told.we_give, _CELLS)),
                (" ▶ we give", "$quiet")),
            Content(""),
            Content.styled(f"! {wording.DEAL_BREAKER_SAYS}", "bold $ugly") if told.deal_breaker
            else Content(line.why),
            Content.styled(wording.advice(told), "bold"),
        ]  # fmt: skip
        self.query_one("#partner", Static).update(Content("\n").join(lines))
        self.query_one("#agreed", Static).update(self._choices(told.outcome))
        self.query_one(Countdown).visible = told.outcome is None

    def _choices(self, agreed: Outcome | None) -> Content:
        """Return the four things to agree on, the one agreed standing out."""
        parts = [Content.styled("Agreed  ", "$quiet")]
        for number, each in enumerate(Outcome, 1):
            mark, style = "●" if each is agreed else " ", "$quiet"
            if each is agreed:
                style = "bold $background on $road"
            if self._results:
                parts.append(Content.styled(f"{number}", "bold $foreground"))
                style += f" @click=screen.agree('{each.name}')"
            parts += [Content.styled(f"{mark}{each} ", style), Content("  ")]
        return Content("").join(parts)

    @work(exclusive=True)
    async def action_agree(self, name: str) -> None:
        """Keep what was agreed about this partner; the same once more takes it back."""
        told = self._board.talks[self._at].told
        outcome = None if told.outcome is Outcome[name] else Outcome[name]
        if self._results:
            with self.complaints():
                self._board = await off_loop(
                    self._results.agree, self._board.round, told.partner, outcome
                )
                self._show()


def talk(board: Board, results: Results | None = None) -> Screen[None]:
    """Return the talk list of a board, or the seeds if there is nobody to talk about."""
    return TalkScreen(board, results) if board.talks else SeedsScreen()
