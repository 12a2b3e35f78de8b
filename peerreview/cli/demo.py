"""`demo`: the sample group in a folder of its own, gone afterwards."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from peerreview.cli import files, show
from peerreview.cli.lazy import example
from peerreview.cli.leaving import leaving_tidily
from peerreview.cli.speaking import on_a_terminal, say


@click.command(
    short_help="Look around in a sample group.",
    epilog=example("peerreview demo", "peerreview demo | less"),
)
def command() -> int:
    """Look around in a sample group; everything you do there is gone when you leave."""
    from peerreview.shipped import copy_sample

    with (
        leaving_tidily(),
        TemporaryDirectory(prefix="peerreview-demo-", ignore_cleanup_errors=True) as folder,
    ):
        group = copy_sample(Path(folder))
        if on_a_terminal():
            return files.start(group, demo=True)
        say(show.board(group, None))
        return 0
