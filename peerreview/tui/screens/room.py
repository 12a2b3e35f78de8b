"""The room: a window for the beamer that follows the group's file and changes nothing.

Knows counts and what was released; must not know a ballot, a code or a key.
"""

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from peerreview.domain.board import Board, board
from peerreview.domain.refusal import PeerReviewError
from peerreview.domain.round import KeeperRule
from peerreview.services.desk import Desk
from peerreview.services.rounds import Progress, View
from peerreview.tui.commands import HELP, QUIT, Command, bindings
from peerreview.tui.glyphs import EMPTY, FULL
from peerreview.tui.screens.card import line
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.screens.reveal import reveal
from peerreview.tui.screens.talk import TalkScreen, talk
from peerreview.tui.widgets.board_list import BoardList, heading
from peerreview.tui.widgets.countdown import Countdown

_EVERY = 1
"""Seconds between two looks at the file."""
_WIDTH = 84
"""Cells of what is shown while people rate, where there is room."""
_HERE = "On this laptop: take a turn"
_COUNTED = ("heads", "drawn", "handed in", "rating")
_PROMISE = """\
· Your answers are cut apart: no name, no time.
· It takes a keeper's key to open the box, at the close.
· Then the single answers are deleted for good.
· A partner with too few voices shows nothing at all.
· Until the close your code lets you rate again."""
_KEEPERS = {
    KeeperRule.ONE: "the keeper types the key",
    KeeperRule.EITHER_OF_TWO: "either keeper types the key",
    KeeperRule.TWO_OF_THREE: "two of the keepers type their keys",
}
_NOTHING = "No round is open. As soon as one is, it shows here."


def _meter(done: int, heads: int, width: int) -> Content:
    """Return a bar with a piece for each head, those who handed in filled."""
    size = max(1, width // heads)
    piece, gap = max(1, size - 1), " " * (size > 1)
    return Content.assemble(
        ((FULL * piece + gap) * done, "$road"), ((EMPTY * piece + gap) * (heads - done), "$quiet")
    )


class RoomScreen(Page[None]):
    """Shows an open round from afar; when its box closes, the reveal, the board, the talk list.

    Args:
        desk: the group; nothing of it is changed.
        join: how to join from another machine, if there is a way.
    """

    NAME = "ROOM"
    COMMANDS_HERE = (
        Command("t,enter", "talk", "talk list", "t", help="The partners worth a talk."),
        HELP,
        QUIT,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)
    DEFAULT_CSS = """
    RoomScreen {
        #open { height: 1fr; align: center middle; padding: 0 2; display: none; }
        #open > * { width: 100%; max-width: 84; margin-bottom: 1; }
        .blocks { height: 4; }
        .blocks Vertical { width: 1fr; }
        #left { width: auto; }
        .blocks Digits { width: auto; }
        #meter { height: 1; }
        &.-narrow #open > * { margin-bottom: 0; }
        &.-wide #open > * { margin-bottom: 2; }
        #word { padding: 1 2; }
    }
    """

    def __init__(self, desk: Desk, join: str = "") -> None:
        super().__init__()
        self._desk, self._join = desk, join
        self._view: View | None = None
        self._board: Board | None = None
        self._trouble = self._news = ""

    def body(self) -> Iterable[Widget]:
        """Yield what is shown while people rate, the board for afterwards, a word otherwise."""
        blocks = [
            Vertical(Digits("", classes="count"), Static(each, classes="quiet"))
            for each in _COUNTED
        ]
        left = Vertical(Countdown(), Static("left", classes="quiet"), id="left")
        yield VerticalScroll(
            line(Content.styled(self._join or _HERE, "bold $road")),
            Horizontal(*blocks, left, classes="blocks"),
            Static(id="meter"),
            line(_PROMISE),
            Static(id="next", classes="line"),
            id="open",
            can_focus=False,
        )
        yield Static(id="word", classes="lead")
        yield Static(id="heading", classes="heading")
        yield BoardList()

    def on_mount(self) -> None:
        """Start following."""
        self._follow()

    def on_resize(self) -> None:
        """Put the headings over their columns, and the bar into the width there is."""
        self.query_one("#heading", Static).update(heading(self.size.width))
        self._show()

    def on_screen_resume(self) -> None:
        """Show what has come to be behind a reveal."""
        self._show()

    @work
    async def _follow(self) -> None:
        while True:
            with self.complaints():
                await self.look()
            await asyncio.sleep(_EVERY)

    async def look(self) -> None:
        """Look at the group once, and show what is new."""
        before, trouble = self._view, self._trouble
        self._trouble = ""
        try:
            self._view = await off_loop(self._desk.rounds.look, before)
        except PeerReviewError as error:
            self._trouble = f"{error}."
        if self._view and self._view != before:
            self._turn(before, self._view)
        elif self._trouble != trouble:
            self._show()

    def _turn(self, before: View | None, now: View) -> None:
        """Show what follows from the last two looks: a round begins, ends, or is talked about."""
        group, shown = now.group, self._board
        was, is_ = before and before.progress, now.progress
        self._board = board(group) if group.latest and not is_ else None
        self._news = ""
        if (is_ and not was) or (was and not is_):
            self.pop_until_active()
        if was and not is_:
            if self._board and group.release_of(was.round.number):
                reveal(self, self._board)
            else:
                self._news = f"The {was.round.name} was thrown away unread. Nothing of it is left."
        elif shown and self._board:
            self._talk_on(shown, self._board)
        self._show()

    def _talk_on(self, before: Board, now: Board) -> None:
        """Turn to the partner about whom something was agreed just now."""
        for place, (old, new) in enumerate(zip(before.talks, now.talks, strict=False)):
            if old.told.outcome is not new.told.outcome:
                self.pop_until_active()
                self.call_later(self.app.push_screen, TalkScreen(now, at=place))

    def _show(self) -> None:
        """Show the open round, or the last board, or that there is nothing yet."""
        view, found, word = self._view, self._board, self.query_one("#word", Static)
        progress = view and view.progress
        waiting = _NOTHING if view and not progress and not found else ""
        word.update(Content(said := self._trouble or self._news or waiting))
        word.display = bool(said)
        self.query_one("#open").display = progress is not None
        self.query_one("#heading").display = self.query_one(BoardList).display = found is not None
        if progress:
            self._count(progress)
        elif found:
            self.bar.state = f"{found.ballots} ballots"
            self.query_one(BoardList).show(found)
            self.query_one(BoardList).focus()
        if view:
            place = progress.round.name if progress else f"round {found.round}" if found else ""
            self.bar.place = " · ".join(filter(None, (view.group.name, place)))
        self.refresh_bindings()

    def _count(self, progress: Progress) -> None:
        round_, handed_in = progress.round, progress.handed_in
        self.bar.state = ""
        waiting = max(0, progress.drawn - handed_in)
        counts = (round_.heads, progress.drawn, handed_in, waiting)
        for block, count in zip(self.query(".count").results(Digits), counts, strict=True):
            block.update(str(count))
        self.query_one(Countdown).until(round_.until.timestamp() if round_.until else None)
        self.query_one("#left").display = round_.until is not None
        self.query_one("#meter", Static).update(
            _meter(handed_in, round_.heads, min(_WIDTH, self.size.width - 4))
        )
        more = f"{progress.missing} more ballots, then " if progress.missing else ""
        self.query_one("#next", Static).update(
            Content.assemble(
                ("Next  ", "bold $road"),
                f"{more}hands are counted, and {_KEEPERS[round_.keepers]}.\n",
                ("The box's words, the same for everyone: ", "$quiet"),
                (" · ".join(progress.check_words), "bold"),
            )
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the talk list with a board only."""
        return action != "talk" or self._board is not None

    def action_talk(self) -> None:
        """Go through the talk list."""
        if self._board:
            self.app.push_screen(talk(self._board))
