"""An open round as everybody may see it: how to join, who is in, the time left, the promise.

Knows counts; must not know a ballot, a code or a key.
"""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from peerreview.domain.round.round import KeeperRule
from peerreview.domain.text import pluralized
from peerreview.services.progress import Progress
from peerreview.tui.board.countdown import Countdown
from peerreview.tui.kit.glyphs import EMPTY, FULL

_HERE = "On this laptop: take a turn"
_COUNTED = ("heads", "drawn", "handed in", "rating")
_PROMISE = """\
· Your answers are cut apart: no name, no time.
· It takes a keeper's key to open the box, at the close.
· Then the single answers are deleted for good.
· A partner with too few voices shows nothing at all.
· Until the close your code lets you rate again."""
_TIGHT, _ROOMY = 20, 30
"""Lines below which nothing stands apart, and above which all of it does."""
_KEEPERS = {
    KeeperRule.ONE: "the keeper types the key",
    KeeperRule.EITHER_OF_TWO: "either keeper types the key",
    KeeperRule.TWO_OF_THREE: "two of the keepers type their keys",
}


class RoundView(VerticalScroll, can_focus=False):
    """Shows where an open round stands, large."""

    DEFAULT_CSS = """
    RoundView {
        height: 1fr; align: center middle; padding: 0 2; display: none;
        &>* { width: 100%; max-width: 84; height: auto; margin-bottom: 1; }
        #counts { height: 4; }
        #counts Vertical { width: 1fr; }
        #counts Digits { width: auto; text-style: bold; }
        #counts #left { width: auto; display: none; }
        &.tight>* { margin-bottom: 0; }
        &.roomy>* { margin-bottom: 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._join = ""

    def compose(self) -> ComposeResult:
        """Lay out numbers in a line, and sentences below."""
        yield Static(id="join")
        with Horizontal(id="counts"):
            for label in _COUNTED:
                yield Vertical(Digits(classes="count"), Static(label, classes="quiet"))
            yield Vertical(Countdown(), Static("left", classes="quiet"), id="left")
        yield Static(id="meter")
        yield Static(Content(_PROMISE))
        yield Static(id="next")

    def on_resize(self) -> None:
        """Use the room there is."""
        self.set_class(self.size.height < _TIGHT, "tight")
        self.set_class(self.size.height > _ROOMY, "roomy")
        self.show(self._progress, self._join)

    def show(self, progress: Progress | None, join: str) -> None:
        """Show where the round stands and how to join it; without one, nothing."""
        self._progress = progress
        self._join = join
        self.display = progress is not None
        if progress is None:
            return
        self.query_one("#join", Static).update(Content.styled(join or _HERE, "bold $road"))
        round_ = progress.round
        done = progress.handed_in
        counts = (round_.heads, progress.drawn, done, max(0, progress.drawn - done))
        for digits, count in zip(self.query(".count").results(Digits), counts, strict=True):
            digits.update(str(count))
        self.query_one("#left").display = round_.until is not None
        self.query_one(Countdown).count_to(round_.until.timestamp() if round_.until else None)
        meter = self.query_one("#meter", Static)
        meter.update(_meter(done, round_.heads, meter.size.width))
        self.query_one("#next", Static).update(_next_step(progress))


def _meter(done: int, heads: int, width: int) -> Content:
    """Return a bar with a piece for each head, those who handed in filled."""
    size = max(1, width // heads)
    if size > 1:
        full = FULL * (size - 1) + " "
        empty = EMPTY * (size - 1) + " "
    else:
        full, empty = FULL, EMPTY
    return Content.assemble((full * done, "$road"), (empty * (heads - done), "$quiet"))


def _next_step(progress: Progress) -> Content:
    more = f"{pluralized(progress.missing, 'more ballot')}, then " if progress.missing else ""
    return Content.assemble(
        ("Next  ", "bold $road"),
        f"{more}hands are counted, and {_KEEPERS[progress.round.keepers]}.\n",
        ("The box's words, the same for everyone: ", "$quiet"),
        (" · ".join(progress.check_words), "bold"),
    )
