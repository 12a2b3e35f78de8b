"""`show`: a board, or one partner, as text; from a group or from a summary."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.lazy import FILE, ROUND, command
from peerreview.cli.speaking import give, printable, say
from peerreview.cli.summaries import known_sets, read
from peerreview.errors import UsageError
from peerreview.plain.finding import find

if TYPE_CHECKING:
    from peerreview.domain.board import Board
    from peerreview.domain.summary import Summary


@command(
    "show",
    "Print a board, or one partner.",
    "peerreview show gulf-coast-peers.group.json",
    "peerreview show gulf-coast-peers.group.json --round 3 --partner Alder",
    "peerreview show theirs.round-3.summary.json",
)
@FILE
@ROUND
@click.option("--partner", "name", metavar="NAME", help="One partner's page instead of the board.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
def show_(file: Path, number: int | None, name: str | None, as_json: bool) -> None:
    """Print the board of the group in FILE, or of a summary; - reads a summary from a stream."""
    if as_json and name is not None:
        raise UsageError("--json gives the whole summary: leave out --partner")
    if as_json:
        from peerreview.domain.summary import to_json

        give(to_json(_summary(file, number)))
    elif name is None:
        say(board(file, number))
    else:
        from peerreview.plain.partner import partner_text

        found = _read(file, number)
        line = find(name, found.everyone, lambda line: line.partner.names)
        say(_safe(partner_text(found, line)))


def board(file: Path, number: int | None) -> str:
    """Return the board of a group's round, or of a summary, as text."""
    from peerreview.plain.board import board_text

    return _safe(board_text(_read(file, number)))


def _read(file: Path, number: int | None) -> "Board":
    """Return the board of a group file or a summary.

    Raises:
        PeerReviewError: It can't be used, or has no such round.
    """
    if _is_group(file):
        return files.desk(file).results.board(number)
    from peerreview.domain.summary import board_of

    return board_of(_summary(file, number), known_sets())


def _is_group(file: Path) -> bool:
    return file.name.endswith(files.SUFFIX) or file.is_dir()


def _summary(file: Path, number: int | None) -> "Summary":
    if _is_group(file):
        return files.desk(file).results.summary(number)
    found = read(file)
    if number not in (None, found.round):
        raise UsageError(f"{files.place(file)}: this is round {found.round}: leave out --round")
    return found


def _safe(text: str) -> str:
    """Return lines without anything a foreign summary could do to a terminal."""
    return "\n".join(map(printable, text.split("\n")))
