"""`peerreview` itself: the list of commands, and what it does without one."""

import click

from peerreview import __version__
from peerreview.cli.boundary import Root
from peerreview.cli.lazy import example

PLACES = {
    "demo": "demo",
    "new": "new",
    "open": "opening",
    "import": "importing",
    "round": "round",
    "rate": "rate",
    "show": "show",
    "export": "export",
    "verify": "verify",
    "doctor": "doctor",
    "schema": "schema",
    "paths": "paths",
    "completion": "completion",
}


@click.command(
    cls=Root,
    places=PLACES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example(
        "peerreview demo",
        'peerreview new "Gulf Coast Peers"',
        "peerreview import gulf-coast-peers.group.json partners.csv",
        "peerreview",
    ),
)
@click.version_option(__version__, message="peerreview %(version)s")
@click.pass_context
def main(context: click.Context) -> int | None:
    """See which of the partners you share are two-way streets; nobody learns who said what.

    Without a command it opens the group of this folder, if there is exactly one.
    """
    if context.invoked_subcommand is not None:
        return None
    from peerreview.cli.bare import run

    return run()
