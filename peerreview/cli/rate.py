"""`rate`: straight to a turn."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example


@click.command(
    short_help="Go straight to a turn.",
    epilog=example("peerreview rate gulf-coast-peers.group.json"),
)
@click.argument("file", type=files.PATH)
def command(file: Path) -> int:
    """Rate: go straight to the turn screen of the open round in FILE.

    Only people rate, at a terminal; there is no way to hand in a ballot by script.
    """
    files.check_group(file)
    files.need_terminal("open one and try again; rating needs a person at a keyboard")
    return files.start(file, screen="turn")
