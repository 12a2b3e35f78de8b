"""`open`: the screens on one group."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example


@click.command(
    short_help="Open a group on its board.",
    name="open",
    epilog=example("peerreview open gulf-coast-peers.group.json"),
)
@click.argument("file", type=files.PATH)
@click.option("--readonly", is_flag=True, help="Look, change nothing.")
def command(file: Path, readonly: bool) -> int:
    """Open the group in FILE on its board."""
    files.check_group(file)
    files.need_terminal("print the board with: peerreview show FILE")
    return files.start(file, readonly=readonly)
