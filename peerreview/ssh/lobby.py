"""The first screens of a session over SSH: the open round with its counters, and the board.

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
_TURN_TEXTS = (
    "Your turn, whenever you like.",
    "Enter draws a fresh code for you, and your ballot starts. It takes about ninety seconds. "
    "If the connection breaks, come back and press m: your answers wait for your code until "
    "the close, in memory only.",
)
_WAITING_TEXTS = (
    "Your ballot is in.",
    "Thank you. This screen waits for the close, and shows the board the moment it comes.",
)
_PRIVACY_TEXT = """\
Make sure that only you can see this screen. Whoever hosts sees that you are here, and when; \
what you hand in is locked for the keepers."""
_NO_ROUND_TEXTS = (
    "Nothing to rate right now.",
    "No round is open. This screen follows: when one opens, it is here.",
)


def progress_line(progress: Progress | None) -> Content:
    """Return how far an open round is, in one line; a blank if no round is open."""
    if progress is None:
        return Content(" ")
    handed_in, *others = progress.words.split(", ")
    drawn = f"{progress.drawn} of {progress.round.heads} codes drawn"
    return Content(" · ".join((handed_in, drawn, *others)))


class LobbyScreen(TurnsScreen):
    """The screen on which a guest's session starts and waits for the close.

    Args:
        room: the group.
        member: the session.

    Attributes:
        is_waiting: whether the guest's ballot is in the box and the round is still open.
    """

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

    def __init__(self, room: HostedRoom, member: Member) -> None:
        super().__init__(room.services, room.draft_keeper(member))
        self._room = room
        self._shown_texts: tuple[str, str] | None = None
        self.is_waiting = False

    def compose_card(self) -> Iterable[Widget]:
        """Yield the invitation to rate, the counters and the words of the box."""
        yield Static(id="lead", classes="lead")
        yield Static(id="how", classes="line")
        yield Static(" ", id="progress")
        yield Static(" ", id="words", classes="line")
        yield paragraph(_PRIVACY_TEXT, "quiet")

    # The base starts a worker that reads the files; the room of a host has read them already.
    def _refresh(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        """Show the last view of the room."""
        if self._room.view:
            self.show_view(self._room.view)

    def show_view(self, view: View) -> None:
        """Show a new view of the room."""
        progress = self._progress = view.progress
        self.is_waiting = self.is_waiting and progress is not None
        if progress is None:
            texts = _NO_ROUND_TEXTS
        else:
            texts = _WAITING_TEXTS if self.is_waiting else _TURN_TEXTS
        if texts != self._shown_texts:
            self._shown_texts = texts
            self._show_texts(view, *texts)
        # This line changes often: without a new layout nothing else is drawn again.
        self.query_one("#progress", Static).update(progress_line(progress), layout=False)

    def _show_texts(self, view: View, lead: str, explanation: str) -> None:
        name = view.group.name
        progress = view.progress
        self.title_bar.location = progress.round.title(name) if progress else name
        self.query_one("#lead", Static).update(lead)
        self.query_one("#how", Static).update(explanation)
        words = f"The box's words: {' · '.join(progress.check_words)}" if progress else " "
        self.query_one("#words", Static).update(words)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what is possible now."""
        if self._busy:
            return False
        if action in ("take", "change", "spare"):
            return self._progress is not None and not (self.is_waiting and action != "change")
        if action == "board":
            return bool(self._room.view and self._room.view.last_result)
        return True

    def action_stay(self) -> None:
        """Do nothing: Esc doesn't end a session."""

    def action_board(self) -> None:
        """Show the last result."""
        self.app.push_screen(HostedBoard(self._room, is_guest=True))

    def end_turn(self) -> None:
        """End a turn that goes on elsewhere, or whose round has ended, and show this screen."""
        self.workers.cancel_group(self, "turn")
        self._busy = False
        while self.app.screen is not self:
            self.app.pop_screen()

    async def _show_curtain(self) -> None:
        """Show no curtain: nobody else uses this terminal."""

    def note_ballot(self, is_in_box: bool) -> None:
        """Wait for the close from now on, if the ballot is in the box."""
        self.is_waiting = is_in_box


_GUEST_ACTIONS = {"open_partner", "filter", "everybody", "compare", "map", "same_kind", "rounds",
                  "round", "talk", "copy", "back", "help", "palette", "quit_app"}  # fmt: skip
"""The actions of the board for guests: they only look, even if the board gets other actions."""


class HostedBoard(BoardScreen):
    """The board over SSH: guests look at it, and the host account runs rounds from it.

    Args:
        room: the group.
        is_guest: whether the session is a guest's.
    """

    COMMANDS_HERE = (
        *(command for command in BoardScreen.COMMANDS_HERE if command not in (QUIT, HELP)),
        Command("escape", "back", "the round", "Esc", "Take your turn, see the counters."),
        _LEAVE,
        HELP,
    )
    BINDINGS: ClassVar = make_bindings(COMMANDS_HERE)
    REFRESH_SECONDS = 0

    def __init__(self, room: HostedRoom, is_guest: bool) -> None:
        super().__init__(room.services, readonly=is_guest)
        self._room = room
        self._is_guest = is_guest

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a guest only actions that look, and the lobby."""
        if action == "back":
            return self._is_guest
        if action == "take_home" or (self._is_guest and action not in _GUEST_ACTIONS):
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Show the lobby, which may not have been opened yet."""
        if any(isinstance(screen, LobbyScreen) for screen in self.app.screen_stack):
            super().action_back()
        else:
            self.app.switch_screen(LobbyScreen(self._room, cast("App[object]", self.app)))

    def show_view(self, view: View) -> None:
        """Show a new view of the room: the whole board if the group changed, else the counters."""
        if self._group is None or view.group != self._group:
            self.refresh_group()
        else:
            self._progress = view.progress
            self.query_one("#banner", Static).update(progress_line(view.progress), layout=False)
