"""What every command has: its place in the help, examples, and arguments that many take.

Commands are imported one by one, when somebody asks for them. Must not know what one does.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

PROGRAM_NAME = "peerreview"
COMPLETION_VARIABLE = "_PEERREVIEW_COMPLETE"
"""The environment variable in which a shell asks what a command line could go on with."""
PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=PATH)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
ROUND = click.option(
    "--round", "number", type=click.IntRange(1), help="Which round; the last if left out."
)


class LazyGroup(click.Group):
    """A click group whose commands live in modules, each under its name with a `_` behind it.

    Args:
        modules: the module of each command within `peerreview.cli`, in the order of the help.
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
        name = self._modules.get(cmd_name)
        if name is None:
            return None
        return getattr(import_module(f"peerreview.cli.{name}"), f"{cmd_name}_")


def command(
    name: str, short_help: str, *examples: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a command of a function.

    Args:
        name: what people type.
        short_help: the command's line in the list of commands.
        examples: what to type, for the end of its help, kept line by line.
        settings: whatever `click.command` takes besides.
    """
    title = "Example:" if len(examples) == 1 else "Examples:"
    epilog = "\n".join(("\b", title, *(f"  {example}" for example in examples)))
    return click.command(name, short_help=short_help, epilog=epilog, **settings)
