"""A group of commands that are imported one by one, when somebody asks for them.

Knows names and modules; must not know what a command does.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A click group whose commands live in modules, each under the name `command`.

    Args:
        places: the module of each command within `peerreview.cli`, in the order of the help.
        settings: whatever `click.Group` takes.
    """

    def __init__(self, *, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people need them, not by the alphabet."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module, or None if there is none of that name."""
        place = self._places.get(cmd_name)
        return import_module(f"peerreview.cli.{place}").command if place else None


def example(*lines: str) -> str:
    """Return the end of a command's help: what to type, kept line by line."""
    word = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(("\b", word, *(f"  {line}" for line in lines)))
