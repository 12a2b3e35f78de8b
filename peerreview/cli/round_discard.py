"""`round discard`: throw the box away unread."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import on_a_terminal, say
from peerreview.errors import UsageError


@click.command(
    short_help="Throw the box away unread.",
    name="discard",
    epilog=example(
        'peerreview round discard gulf-coast-peers.group.json --name "Gulf Coast Peers"'
    ),
)
@click.argument("file", type=files.PATH)
@click.option("--name", help="The group's name, typed in full; asked for if left out.")
def command(file: Path, name: str | None) -> None:
    """Throw the open box in FILE away, ballots unread. There is no way back."""
    desk = files.desk(file, writing=True)
    if name is None:
        if not on_a_terminal():
            raise UsageError("there is no terminal to ask on: add --name with the group's name")
        name = str(click.prompt("Type the group's name to throw the box away", err=True))
    desk.rounds.discard(name)
    say(f"{desk.rounds.group().name}: the round is discarded, its ballots unread")
