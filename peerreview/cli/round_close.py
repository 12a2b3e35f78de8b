"""`round close`: the counted close, with a keeper's key."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import note, on_a_terminal, say
from peerreview.errors import FileError, UsageError

_LONGEST_KEY = 1_000


@click.command(
    short_help="Count, open the box, keep the result.",
    name="close",
    epilog=example(
        "peerreview round close gulf-coast-peers.group.json --hands 12",
        "cat key.txt | peerreview round close gulf-coast-peers.group.json --hands 12 --key-file -",
    ),
)
@click.argument("file", type=files.PATH)
@click.option("--hands", type=int, required=True, help="Hands of people who handed in a ballot.")
@click.option(
    "--key-file", type=files.PATH, help="The five words of a keeper; - reads a stream. Never typed "
    "as an argument: others could read it.",
)  # fmt: skip
def command(file: Path, hands: int, key_file: Path | None) -> None:
    """Close the round in FILE: count, open the box, keep the result, delete the ballots."""
    desk = files.desk(file, writing=True)
    release = desk.rounds.close(_key(key_file), hands)
    group = desk.rounds.group()
    say(f"{group.name}: round {release.round} is closed, {release.ballots} ballots")
    note("the ballots are gone; keepers, please tear up your slips")
    note(f"next: peerreview show {file}")


def _key(key_file: Path | None) -> str:
    """Return the key as typed or as read.

    Raises:
        UsageError: There is nobody to ask.
        FileError: What was read is no text.
    """
    if key_file is None:
        if not on_a_terminal():
            raise UsageError("there is no terminal to type the key on: use --key-file -")
        return str(click.prompt("Keeper's key, five words", hide_input=True, err=True))
    try:
        return files.read_bytes(key_file, _LONGEST_KEY).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{files.place(key_file)}: this is no text: check the name") from error
