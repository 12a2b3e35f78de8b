"""The reveal: the streets of a closed round appear one after the other, and their lines fill."""

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.board import Board, BoardLine, BoardSection
from peerreview.tui.commands import Command, bindings
from peerreview.tui.screens.page import Page
from peerreview.tui.widgets.board_list import BoardList, heading
from peerreview.tui.widgets.countdown import Clock

SECONDS = 2.5
_FRAME = 1 / 20


def unveiled(board: Board, share: float) -> Board:
    """Return what is seen of a board after a share (0 to 1) of the reveal; after 1 all of it."""
    reach = share * len(board.sections)
    return replace(
        board,
        sections=tuple(
            BoardSection(each.street, tuple(_grown(line, reach - place) for line in each.lines))
            for place, each in enumerate(board.sections)
            if place < reach
        ),
    )


def _grown(line: BoardLine, part: float) -> BoardLine:
    """Return a line as far as its two sides have come from the center outward."""
    sides = {"comes_back": line.told.comes_back, "we_give": line.told.we_give}
    grown = {name: 1 + (to - 1) * min(1, part) for name, to in sides.items() if to is not None}
    return replace(line, told=line.told.model_copy(update=grown))


class RevealScreen(Page[None]):
    """Shows a board bit by bit and leaves; any key or click leaves at once."""

    NAME = "THE BOARD"
    COMMANDS_HERE = (Command("enter", "back", "show all of it", "any key"),)
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)
    AUTO_FOCUS = ""

    def __init__(self, board: Board, clock: Clock = monotonic) -> None:
        super().__init__(f"{board.group} · round {board.round}", f"{board.ballots} ballots")
        self._board, self._clock, self._start = board, clock, clock()

    def body(self) -> Iterable[Widget]:
        """Yield the same heading and list as the board's, so that nothing jumps afterwards."""
        yield Static(id="heading", classes="heading")
        yield BoardList()

    def on_resize(self) -> None:
        """Put the headings over their columns."""
        self.query_one("#heading", Static).update(heading(self.size.width))

    def on_mount(self) -> None:
        """Begin."""
        self.set_interval(_FRAME, self.advance)

    def advance(self) -> None:
        """Show what is to be seen by now."""
        share = (self._clock() - self._start) / SECONDS
        seen = unveiled(self._board, min(1, share))
        self.query_one(BoardList).show(seen if seen.sections else None)
        if share > 1:
            self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Leave at once."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        """Leave at once."""
        self.dismiss()


def reveal(page: Page[Any], board: Board) -> None:
    """Reveal a board on top of a page that shows it too; where nothing may move, leave it so."""
    if page.app.animation_level != "none":
        page.app.push_screen(RevealScreen(board))
