"""The talk list: a page and three minutes for every partner worth a talk, and the agreements.

Its last page asks whom to thank; the answers are not stored.
"""

from collections.abc import Iterable

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.rating.mirror import FAVORS
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.lane import lane
from peerreview.domain.tally.release import Outcome
from peerreview.services.results import Results
from peerreview.tui.board.countdown import Countdown
from peerreview.tui.kit.card import Card
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.page import in_thread
from peerreview.tui.kit.text import literal_content

MINUTES = 3
_CELLS = 14
_SEEDS = ("thanks", "back", "there")
_AGREE = tuple(
    Command(str(number), f"agree('{outcome.name}')", f"we agree: {outcome}", shown=False)
    for number, outcome in enumerate(Outcome, 1)
)
"""A second press takes the agreement back."""


class TalkScreen(Card[None]):
    """Shows one partner on a page; agreements need `results`, which stores them."""

    NAME = "TALK LIST"
    COMMANDS_HERE = (
        *_AGREE,
        Command("right,l,n,enter", "step(1)", "next", "→"),
        Command("left,h,p", "step(-1)", "previous", "←"),
        Command("space", "again", "more time", "space", help="Three minutes from now."),
        BACK,
        HELP,
    )
    DEFAULT_CSS = "TalkScreen Countdown { margin-bottom: 1; }"

    def __init__(self, board: Board, results: Results | None = None, at: int = 0) -> None:
        super().__init__(f"{board.group} · round {board.round}")
        self._board = board
        self._results = results
        self._at = at

    @property
    def current_line(self) -> BoardLine | None:
        """The line of the partner on this page; None on the last page."""
        return (*self._board.talk_list, None)[self._at]

    def compose_card(self) -> Iterable[Widget]:
        """Yield the partner, the time that is left, and the possible agreements."""
        yield Static(id="page", classes="line")
        yield Countdown()
        yield Static(id="agreed")

    def on_mount(self) -> None:
        """Show the first page, or the page `at`."""
        self.action_step(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a command can run on this page."""
        if action == "agree":
            return bool(self.current_line and self._results)
        if action == "again":
            return bool(self.current_line and not self.current_line.result.outcome)
        if parameters == (1,):
            return self.current_line is not None
        return parameters != (-1,) or self._at > 0

    def action_step(self, by: int) -> None:
        """Show the next (1) or previous (-1) page."""
        self._at += by
        self.action_again()
        self._show()

    def action_again(self) -> None:
        """Start the three minutes again."""
        self.query_one(Countdown).start(60 * MINUTES)

    def _show(self) -> None:
        line = self.current_line
        self.title_bar.status = (
            f"{self._at + 1} of {len(self._board.talk_list)}" if line else "seeds"
        )
        page = Content("\n").join(_partner_page(line) if line else _last_page())
        self.query_one("#page", Static).update(page)
        clock = self.query_one(Countdown)
        clock.display = line is not None
        clock.visible = not (line and line.result.outcome)
        agreed = Content("  ").join(self._choices(line.result.outcome)) if line else ""
        self.query_one("#agreed", Static).update(agreed)
        self.refresh_bindings()

    def _choices(self, agreed: Outcome | None) -> Iterable[Content]:
        """Yield the possible agreements, with the chosen one marked."""
        yield Content.styled("Agreed", "$quiet")
        for number, outcome in enumerate(Outcome, 1):
            link = f" @click=screen.agree('{outcome.name}')" if self._results else ""
            key = (str(number), f"bold{link}") if link else ""
            if outcome is agreed:  # without a link, whose color would replace this one
                yield Content.assemble(key, (f"●{outcome} ", "bold $background on $road"))
            else:
                yield Content.assemble(key, " ", (outcome, f"$quiet{link}"), " ")

    @work(exclusive=True)
    async def action_agree(self, name: str) -> None:
        """Store an agreement about this partner, or remove it if it is stored already."""
        line = self.current_line
        results = self._results
        number = self._board.round
        if line and results:
            outcome = None if line.result.outcome is Outcome[name] else Outcome[name]
            with self.report_errors():
                self._board = await in_thread(
                    results.record_agreement, number, line.partner.id, outcome
                )
                self._show()


def _partner_page(line: BoardLine) -> Iterable[Content]:
    """Yield the text of a partner's page."""
    words = wording.STREETS[line.result.street]
    result = line.result
    yield Content.assemble((words.one.upper(), "bold $road"), (f"   {words.meaning}", "$quiet"))
    name = literal_content(line.partner.name).stylize("bold")
    yield Content.assemble("\n", name, (f"   {line.partner.kind}\n", "$quiet"))
    sides = result.comes_back, result.we_give
    picture = lane_content(lane(*sides, _CELLS)) if any(sides) else "words only"
    yield Content.assemble(("comes back ◀ ", "$quiet"), picture, (" ▶ we give\n", "$quiet"))
    if result.deal_breaker:
        yield Content.styled(f"! {wording.DEAL_BREAKER_NOTICE}", "bold $ugly")
    else:
        yield Content(line.reason)
    yield Content.styled(wording.advice(result), "bold")


def _last_page() -> Iterable[Content]:
    """Yield the text of the last page: whom to thank, and three lines to copy."""
    yield Content.styled("Who will you thank this week?\n", "bold $road")
    yield Content("Three seeds. Write them on your own card; nothing is stored.\n")
    for favor in _SEEDS:
        yield Content.assemble(
            ("▸ ", "$road"), f"{FAVORS[favor]:<12}", (f" for {'.' * 28}\n", "$quiet")
        )
    yield Content.styled("Thank you for the evening. Please take the summary home.", "$quiet")
