"""`completion`: what a shell needs to finish our commands."""

import click

from peerreview.cli.boundary import COMPLETE
from peerreview.cli.lazy import example
from peerreview.cli.speaking import give
from peerreview.errors import UsageError

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    short_help="Teach a shell our commands.",
    epilog=example("peerreview completion zsh >> ~/.zshrc"),
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the lines that teach SHELL to complete our commands."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"there is no completion for {shell}")
    root = context.find_root()
    give(found(root.command, {}, "peerreview", COMPLETE).source() + "\n")
