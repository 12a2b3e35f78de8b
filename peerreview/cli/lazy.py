"""What every command has: its place in the help, examples, the arguments that many take.

Commands are imported one by one, when somebody asks for them. Must not know what one does.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=PATH)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
ROUND = click.option(
    "--round", "number", type=click.IntRange(1), help="Which round; the last if left out."
)


class LazyGroup(click.Group):
    """A click group whose commands live in modules, each under its name with a `_` behind it.

    Args:
        places: the module of each command within `peerreview.cli`, in the order of the help.
        settings: whatever `click.Group` takes.
    """

    def __init__(self, *, modules: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people need them, not by the alphabet."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module, or None if there is none of that name."""
        place = self._modules.get(cmd_name)
        return getattr(import_module(f"peerreview.cli.{place}"), f"{cmd_name}_") if place else None


def command(
    name: str, short: str, *examples: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return what makes a command of a function.

    Args:
        name: what people type.
        short: its line in the list of commands.
        examples: what to type, for the end of its help, kept line by line.
        settings: whatever `click.command` takes besides.
    """
    word = "Example:" if len(examples) == 1 else "Examples:"
    epilog = "\n".join(("\b", word, *(f"  {line}" for line in examples)))
    return click.command(name, short_help=short, epilog=epilog, **settings)
