"""`new`: a group file in this folder, never over another one."""

from pathlib import Path

import click

from peerreview.cli.lazy import example
from peerreview.cli.speaking import note, printable, say
from peerreview.errors import UsageError


@click.command(
    short_help="Start a group in this folder.", epilog=example('peerreview new "Gulf Coast Peers"')
)
@click.argument("name")
def command(name: str) -> None:
    """Start a group NAME: writes gulf-coast-peers.group.json in this folder and prints its path."""
    from peerreview.bootstrap import desk_at
    from peerreview.domain.text import clean
    from peerreview.store.naming import group_file_name

    try:
        name = clean(name)
    except ValueError as error:
        raise UsageError(f"this can't be a group's name: {error}") from error
    path = Path(group_file_name(name))
    desk_at(path).setting_up.create(name)
    say(printable(str(path)))
    note(f"next: peerreview import {path} partners.csv, or: peerreview open {path}")
