"""What a person sees who came in by SSH: the round and its counters, then the board.

Knows one room and the screens of a turn; must not know channels.
"""

from collections.abc import Iterable
from typing import ClassVar, cast

from textual.app import App
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.services.progress import Progress
from peerreview.services.round_watch import View
from peerreview.ssh.room_state import HostedRoom, Member
from peerreview.tui.ballot.turns import TurnsScreen
from peerreview.tui.board.board import BoardScreen
from peerreview.tui.kit.card import paragraph
from peerreview.tui.kit.commands import HELP, QUIT, Command, make_bindings

_LEAVE = Command("q", "quit_app", "leave", "q", help="End this connection; nobody else's.")
_TURN = (
    "Your turn, whenever you like.",
    "Enter draws a fresh code for you, and your ballot starts. It takes about ninety seconds. "
    "If the connection breaks, come back and press m: your answers wait for your code until "
    "the close, in memory only.",
)
_WAIT = (
    "Your ballot is in.",
    "Thank you. This screen waits for the close, and shows the board the moment it comes.",
)
_SEEN = """\
Make sure that only you can see this screen. Whoever hosts sees that you are here, and when; \
what you hand in is locked for the keepers."""
_NOTHING = (
    "Nothing to rate right now.",
    "No round is open. This screen follows: when one opens, it is here.",
)


def progress_line(progress: Progress | None) -> Content:
    """Return where an open round stands, in one line."""
    if progress is None:
        return Content(" ")
    done, *more = progress.words.split(", ")
    drawn = f"{progress.drawn} of {progress.round.heads} codes drawn"
    return Content(" · ".join((done, drawn, *more)))


class LobbyScreen(TurnsScreen):
    """Where a session starts, and where it waits for the close."""

    NAME = "WELCOME"
    KIOSK = False
    COMMANDS_HERE = (
        Command("enter", "take", "take my turn", "Enter", help="Draw a code, then rate."),
        Command("m", "change", "my ballot", help="You have a code: go on, rate again, take out."),
        Command("s", "spare", "lost code", help="A code was lost before casting: a spare one."),
        Command("b", "board", "board", help="The result of the last round."),
        HELP,
        _LEAVE,
    )
    BINDINGS: ClassVar = make_bindings((*COMMANDS_HERE, Command("escape", "stay", "")))
    REFRESH_SECONDS = 60

    def __init__(self, room: HostedRoom, who: Member) -> None:
        super().__init__(room.services, room.draft_keeper(who))
        self._room = room
        self._said: tuple[str, str] | None = None
        self.is_waiting = False

    def compose_card(self) -> Iterable[Widget]:
        """Yield the invitation, or what we wait for."""
        yield Static(id="lead", classes="lead")
        yield Static(id="how", classes="line")
        yield Static(" ", id="progress")
        yield Static(" ", id="words", classes="line")
        yield paragraph(_SEEN, "quiet")

    # What is a worker there is quick here, and the room tells what is new.
    def _refresh(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        """Show how things stand; nothing is read for that."""
        if self._room.view:
            self.show_view(self._room.view)

    def show_view(self, view: View) -> None:
        """Show a new view of the room; nothing is read for that."""
        progress = self._progress = view.progress
        self.is_waiting = self.is_waiting and progress is not None
        said = _NOTHING if progress is None else _WAIT if self.is_waiting else _TURN
        if said != self._said:
            self._said = said
            name = view.group.name
            self.title_bar.location = progress.round.title(name) if progress else name
            self.query_one("#lead", Static).update(said[0])
            self.query_one("#how", Static).update(said[1])
            words = f"The box's words: {' · '.join(progress.check_words)}" if progress else " "
            self.query_one("#words", Static).update(words)
            self.refresh_bindings()
        # The one line that moves all the time, and nothing else with it.
        self.query_one("#progress", Static).update(progress_line(progress), layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if self._busy:
            return False
        if action in ("take", "change", "spare"):
            return self._progress is not None and not (self.is_waiting and action != "change")
        if action == "board":
            return bool(self._room.view and self._room.view.last_result)
        return True

    def action_stay(self) -> None:
        """Esc ends nothing here."""

    def action_board(self) -> None:
        """Show the last result."""
        self.app.push_screen(HostedBoard(self._room, guest=True))

    def end_turn(self) -> None:
        """Come back from wherever a turn was: it ended without its rater."""
        self.workers.cancel_group(self, "turn")
        self._busy = False
        while self.app.screen is not self:
            self.app.pop_screen()

    async def _show_curtain(self) -> None:
        """Nobody is next: it is this person's own terminal."""

    def note_ballot(self, is_in_box: bool) -> None:
        """Wait for the close, or don't."""
        self.is_waiting = is_in_box


_GUEST = {"open_partner", "filter", "everybody", "compare", "map", "same_kind", "rounds", "round",
          "talk", "copy", "back", "help", "palette", "quit_app"}  # fmt: skip
"""What a guest can do on the board: look. Nothing else, whatever a board learns to do."""


class HostedBoard(BoardScreen):
    """The board over SSH: for guests to look at, for the host account to run a round from."""

    COMMANDS_HERE = (
        *(each for each in BoardScreen.COMMANDS_HERE if each not in (QUIT, HELP)),
        Command("escape", "back", "the round", "Esc", "Take your turn, see the counters."),
        _LEAVE,
        HELP,
    )
    BINDINGS: ClassVar = make_bindings(COMMANDS_HERE)
    REFRESH_SECONDS = 0

    def __init__(self, room: HostedRoom, guest: bool) -> None:
        super().__init__(room.services, readonly=guest)
        self._room, self._guest = room, guest

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a guest only what looks, and the way back."""
        if action == "back":
            return self._guest
        if action == "take_home" or (self._guest and action not in _GUEST):
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Go to the lobby, also from a board that was there first."""
        if any(isinstance(each, LobbyScreen) for each in self.app.screen_stack):
            super().action_back()
        else:
            self.app.switch_screen(LobbyScreen(self._room, cast("App[object]", self.app)))

    def show_view(self, view: View) -> None:
        """Show a new view of the room: the board if there is a new one, else the counters."""
        if self._group is None or view.group != self._group:
            self.refresh_group()
        else:
            self._progress = view.progress
            self.query_one("#banner", Static).update(progress_line(view.progress), layout=False)
