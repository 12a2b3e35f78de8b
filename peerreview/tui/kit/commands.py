"""One declaration a command: its keys, the key line at the foot, help and palette come from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do on a screen.

    Attributes:
        keys: key names for Textual, comma separated.
        action: the action's name on the screen.
        label: two or three words for the key line.
        key: how the key is written for people.
        help: one sentence for the help screen; the label serves if there is none.
        shown: whether it stands in the key line.
    """

    keys: str
    action: str
    label: str
    key: str = ""
    help: str = ""
    shown: bool = True

    @property
    def id(self) -> str:
        """The name under which people give it another key: `undo`, `round.-1`."""
        return self.action.replace("(", ".").rstrip(")").replace("'", "")

    @property
    def key_text(self) -> str:
        """The key as people know it."""
        return self.key or self.keys.split(",")[0]

    def with_keymap(self, keymap: Mapping[str, str]) -> "Command":
        """Return the command with the keys that people gave it, if they did."""
        keys = keymap.get(self.id)
        return replace(self, keys=keys, key="") if keys else self


def make_bindings(commands: Iterable[Command]) -> list[Binding]:
    """Return the bindings of a screen's commands; ids let people remap keys."""
    return [
        Binding(each.keys, each.action, each.label, show=False, id=each.id) for each in commands
    ]


HELP = Command("question_mark", "help", "help", "?", "This page.")
BACK = Command("escape", "back", "back", "Esc", "Back, without losing anything.")
PALETTE = Command("colon,ctrl+p", "palette", "find a command", ":", shown=False,
                  help="Everything you can do here, by its name.")  # fmt: skip
SETTINGS = Command("comma", "app.settings", "settings", ",", shown=False,
                   help="Theme, signs, and whether anything moves.")  # fmt: skip
QUIT = Command("q", "quit_app", "quit", "q", "Leave the program.")
