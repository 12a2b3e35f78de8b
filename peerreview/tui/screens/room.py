"""The room: a window for the beamer that follows the group's file and changes nothing.

Knows counts and what was released; must not know a ballot, a code or a key.
"""

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.board import Board, board
from peerreview.domain.refusal import PeerReviewError
from peerreview.services.desk import Desk
from peerreview.services.progress import View
from peerreview.tui.commands import HELP, QUIT, Command, bindings
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.screens.talk import TalkScreen
from peerreview.tui.widgets.board_list import BoardList, heading
from peerreview.tui.widgets.round_view import RoundView

_EVERY = 1
"""Seconds between two looks at the file."""
_GONE = "{}: thrown away unread. Nothing of it is left."
_NOTHING = "No round is open. As soon as one is, it shows here."


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
    RoomScreen #word {
        padding: 1 2; color: $road; text-style: bold;
        &.alone { height: 1fr; content-align: center middle; }
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
        yield RoundView(self._join)
        yield Static(id="word")
        yield Static(id="heading", classes="heading")
        yield BoardList()

    def on_mount(self) -> None:
        """Start following."""
        self._follow()

    def on_resize(self) -> None:
        """Use the room there is."""
        self.query_one("#heading", Static).update(heading(self.size.width))
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
        old, new = before and before.progress, now.progress
        ended = old.round if old and not new else None
        closed = ended and group.release_of(ended.number)
        self._board = board(group) if group.latest and not new else None
        self._news = _GONE.format(ended.name.capitalize()) if ended and not closed else ""
        if bool(old) is not bool(new):
            self.pop_until_active()
        self._show()
        if closed and self._board:
            self.query_one(BoardList).reveal(self._board)
        elif shown and self._board:
            self._talk_on(shown, self._board)

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
        word.set_class(not progress and not found, "alone")
        self.query_one(RoundView).show(progress)
        self.query_one("#heading").display = self.query_one(BoardList).display = found is not None
        self.bar.state = f"{found.ballots} ballots" if found else ""
        if found:
            self.query_one(BoardList).show(found)
            self.query_one(BoardList).focus()
        if view:
            place = progress.round.name if progress else f"round {found.round}" if found else ""
            self.bar.place = " · ".join(filter(None, (view.group.name, place)))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the talk list with a board only."""
        return action != "talk" or self._board is not None

    def action_talk(self) -> None:
        """Go through the talk list."""
        if self._board:
            self.app.push_screen(TalkScreen(self._board))
