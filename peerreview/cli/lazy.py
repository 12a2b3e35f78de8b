"""How commands are declared and imported, and the arguments that several of them take.

A command is imported only when it is run or its help is shown. Must not know what it does.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

PROGRAM_NAME = "peerreview"
COMPLETION_VARIABLE = "_PEERREVIEW_COMPLETE"
"""The environment variable in which a shell asks for completions."""
PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=PATH)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
AS_LINES = click.option(
    "--plain", "as_lines", is_flag=True, help="Lines and questions instead of screens."
)
ROUND = click.option(
    "--round", "number", type=click.IntRange(1), help="Which round; the last if left out."
)


class LazyGroup(click.Group):
    """A group of commands that imports them when they are needed.

    The command `show` is the variable `show_` in its module.

    Args:
        modules: the module of each command within `peerreview.cli`, in the order of the help.
        settings: arguments of `click.Group`.
    """

    def __init__(self, *, modules: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people need them."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it; None if there is none of that name."""
        if cmd_name not in self._modules:
            return None
        module = import_module(f"peerreview.cli.{self._modules[cmd_name]}")
        return getattr(module, f"{cmd_name}_")


def command(
    name: str, short_help: str, *examples: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a command of a function.

    Args:
        name: the name of the command.
        short_help: its line in the list of commands.
        examples: command lines for the end of its help.
        settings: other arguments of `click.command`.
    """
    title = "Example:" if len(examples) == 1 else "Examples:"
    epilog = "\n".join(("\b", title, *(f"  {example}" for example in examples)))
    return click.command(name, short_help=short_help, epilog=epilog, **settings)
