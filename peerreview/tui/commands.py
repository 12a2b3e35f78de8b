"""One declaration a command: its keys, the key line at the foot, and the help come from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textual.actions import parse
from textual.binding import Binding
from textual.screen import Screen


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
    def key_text(self) -> str:
        """The key as people know it."""
        return self.key or self.keys.split(",")[0]


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Return the bindings of a screen's commands; ids let people remap keys."""
    return [
        Binding(each.keys, each.action, each.label, show=False, id=each.action.partition("(")[0])
        for each in commands
    ]


def applies(command: Command, screen: Screen[Any]) -> bool:
    """Tell whether a command of a screen can be used now."""
    _, name, parameters = parse(command.action)
    return bool(screen.check_action(name, parameters))


HELP = Command("question_mark", "help", "help", "?", "This page.")
BACK = Command("escape", "back", "back", "Esc", "Back, without losing anything.")
QUIT = Command("q", "quit_app", "quit", "q", "Leave the program.")
