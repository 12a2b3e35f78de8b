"""`peerreview` itself: the list of commands, and what it does without one."""

import click

from peerreview import __version__
from peerreview.cli.lazy import command
from peerreview.cli.main import Root
from peerreview.cli.plain import PLAIN_OPTION

COMMAND_MODULES = {
    "demo": "screens", "new": "setting_up", "open": "screens", "import": "setting_up",
    "round": "round", "rate": "screens", "room": "screens", "host": "host", "show": "summaries",
    "export": "summaries", "verify": "summaries", "doctor": "doctor", "audit": "audit",
    "schema": "about", "paths": "about", "themes": "about", "config": "about",
    "completion": "about",
}  # fmt: skip
"""The commands in the order of the help, and the module of each."""


@command(
    "peerreview",
    "",
    "peerreview demo",
    'peerreview new "Gulf Coast Peers"',
    "peerreview import gulf-coast-peers.group.json partners.csv",
    "peerreview",
    cls=Root,
    modules=COMMAND_MODULES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="peerreview %(version)s")
@PLAIN_OPTION
@click.pass_context
def main(context: click.Context, plain_: bool) -> int | None:
    """See which of the partners you share are two-way streets; nobody learns who said what.

    Without a command it opens the group of this folder, if there is exactly one.
    """
    if context.invoked_subcommand is not None:
        return None
    from peerreview.cli.screens import open_default

    return open_default(plain_)
