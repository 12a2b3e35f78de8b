"""Help: the keys of the screen below, what the marks mean, and what is protected."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.round.promises import NOT_PREVENTED
from peerreview.tui.kit.commands import BACK, PALETTE, Command
from peerreview.tui.kit.page import Page

_MARKS = """\
● counts   ◐ begun   ○ open   – left out
! more than one of us reported a deal-breaker   ~ poor work
A street is drawn from the center line outward: to the left what comes back, to \
the right what we give. Solid: about 19 of 20 such calls turn out right. \
Leans: about 5 of 6."""

_PROMISE = (
    "Nobody can tell who said what, not even whoever holds the laptop and the file. What it "
    f"cannot stop: {' '.join(NOT_PREVENTED.split())}"
)


class HelpScreen(Page[None]):
    """A list of keys and marks, and of what is and isn't protected."""

    NAME = "HELP"
    COMMANDS_HERE = (replace(BACK, keys="escape,question_mark,q,enter"),)

    def __init__(
        self, name: str, commands: Sequence[Command], intro: Sequence[Content] = ()
    ) -> None:
        super().__init__(name.capitalize())
        self._commands = [*commands, PALETTE]
        self._intro = intro

    def compose_body(self) -> Iterable[Widget]:
        """Yield the keys, the marks and what is protected."""
        keys = [
            Content.assemble(
                (f" {command.key_text:<12}", "bold $road"), command.help or command.label
            )
            for command in self._commands
        ]
        parts = [
            *self._intro,
            Content.styled("KEYS", "bold $quiet"),
            *keys,
            Content(""),
            Content.styled("MARKS", "bold $quiet"),
            Content(_MARKS),
            Content(""),
            Content.styled("PRIVACY", "bold $quiet"),
            Content(_PROMISE),
        ]
        yield VerticalScroll(Static(Content("\n").join(parts), classes="line"), classes="pad")
