"""The check screen: it shows what counts and what casting does, and hands the ballot in."""

from collections.abc import Iterable

from textual import on, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from peerreview.domain.round.promises import NOT_PREVENTED, list_promises
from peerreview.domain.text import fit
from peerreview.services.sitting import Sitting
from peerreview.services.turn import Turn
from peerreview.tui.kit.busy import show_busy
from peerreview.tui.kit.card import ScrollingPage, button_row
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import in_thread


class ReviewList(LineList[tuple[int, str]]):
    """The partners to look at again, each with the reason; Enter goes back to one of them.

    An item is a partner's index and the reason.
    """

    def __init__(self, turn: Turn) -> None:
        super().__init__(list(turn.doubts()))
        self._names = [partner.name for partner in turn.partners]

    def draw_line(self, index: int, width: int) -> list[Piece]:
        """Return a partner's name and the reason."""
        partner, reason = self.items[index]
        on = index == self.cursor
        wide = width >= 72
        name = fit(self._names[partner], max(8, min(28, width - (63 if wide else 49))))
        hint = "  Enter to fix" if on and wide else ""
        return [
            (CURSOR if on else " ", "road"),
            (f" {name}  ", "strong" if on else "text"),
            (reason, "text"),
            (hint, "quiet"),
        ]


_COMMANDS = (
    Command("enter", "fix", "choose", "Enter", help="Cast, or back to the partner at the cursor."),
    Command("c", "ready", "to the cast button", help="Go to the button that hands the ballot in."),
    Command("escape", "back", "back to rating", "Esc"),
    HELP,
)


class CheckScreen(ScrollingPage[bool]):
    """A last check of the ballot; its result is True once it is handed in, None to go back."""

    NAME = "CHECK AND CAST"
    COMMANDS_HERE = _COMMANDS

    def __init__(self, sitting: Sitting) -> None:
        turn = sitting.turn
        before = "handed in before" if turn.seat.receipt else "nothing handed in"
        super().__init__(turn.title, before)
        self.turn = turn
        self._sitting = sitting

    def compose_body(self) -> Iterable[Widget]:
        """Yield counts, partners to look at again, what casting does, buttons and check words."""
        words = " · ".join(self.turn.seat.check_words)
        when = "\n".join(f"· {sentence}" for sentence in list_promises(self.turn.seat.round))
        yield Static(Content.styled(self.turn.counts_text, "bold"), classes="line pad")
        yield ReviewList(self.turn)
        yield VerticalScroll(
            Static(Content.styled("WHAT HAPPENS WHEN YOU CAST", "bold $road"), classes="line"),
            Static(Content(when), classes="line"),
            Static(Content.styled("WHAT THIS CANNOT STOP", "bold $road"), classes="line"),
            Static(Content(NOT_PREVENTED), classes="line"),
            classes="pad tight",
            can_focus=False,
        )
        yield button_row(cast="Cast my ballot", back="Back to rating")
        yield Static(
            Content.assemble(("locked for ", "$quiet"), (words, "bold"),
                             ("   the same three words for everyone", "$quiet")),
            classes="line pad",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Focus the partners to look at again if there are any, else the button."""
        reviews = self.query_one(ReviewList)
        reviews.styles.height = min(4, max(1, reviews.line_count))
        if reviews.line_count:
            reviews.focus()
        else:
            self.query_one("#cast").focus()

    @on(LineList.Selected)
    def action_fix(self) -> None:
        """Go back to the partner at the cursor, or press the button that has the focus."""
        if isinstance(self.focused, ReviewList) and (item := self.focused.current_item):
            self.turn.cursor = self.turn.first_unanswered(item[0])
            self.dismiss(None)

    def action_ready(self) -> None:
        """Focus the button without pressing it: a key held down must not hand a ballot in."""
        self.query_one("#cast").focus()

    def action_cast(self) -> None:
        """Hand the ballot in; keys are ignored until that is done."""
        self._busy = True
        self._cast()

    @work
    async def _cast(self) -> None:
        self.query_one("#cast", Button).label = Content("Handing in …")
        with self.report_errors():
            async with show_busy(self, "Handing in"):
                await in_thread(self._sitting.hand_in)
            self.dismiss(True)
            return
        self._busy = False
        self.query_one("#cast", Button).label = Content("Cast my ballot")
