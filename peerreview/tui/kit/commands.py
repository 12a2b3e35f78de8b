"""Commands: each is declared once, for key bindings, the key line, the help and the palette."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can do on a screen.

    Attributes:
        keys: Textual's names of the keys, separated by commas.
        action: the action of the screen, with its arguments.
        label: two or three words for the key line.
        key: the key as people write it; the first of `keys` if empty.
        help: one sentence for the help screen; the label if empty.
        shown: whether the key line shows the command.
    """

    keys: str
    action: str
    label: str
    key: str = ""
    help: str = ""
    shown: bool = True

    @property
    def id(self) -> str:
        """The name by which a keymap gives the command another key: `undo`, `round.-1`."""
        return self.action.replace("(", ".").rstrip(")").replace("'", "")

    @property
    def key_text(self) -> str:
        """The key as people write it."""
        return self.key or self.keys.split(",")[0]

    def with_keymap(self, keymap: Mapping[str, str]) -> "Command":
        """Return the command with its keys in a keymap, or unchanged if it isn't there."""
        keys = keymap.get(self.id)
        return replace(self, keys=keys, key="") if keys else self


def make_bindings(commands: Iterable[Command]) -> list[Binding]:
    """Return the bindings of a screen's commands; their ids let users give them other keys."""
    return [
        Binding(command.keys, command.action, command.label, show=False, id=command.id)
        for command in commands
    ]


HELP = Command("question_mark", "help", "help", "?", "This page.")
BACK = Command("escape", "back", "back", "Esc", "Back, without losing anything.")
PALETTE = Command("colon,ctrl+p", "palette", "find a command", ":", shown=False,
                  help="Everything you can do here, by its name.")  # fmt: skip
SETTINGS = Command("comma", "app.settings", "settings", ",", shown=False,
                   help="Theme, signs, and whether anything moves.")  # fmt: skip
QUIT = Command("q", "quit_app", "quit", "q", "Leave the program.")
