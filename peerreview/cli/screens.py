"""The screens from the command line: on a group, at a turn, on the sample, or on what is here."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from peerreview.cli import files, output, plain, summaries
from peerreview.cli.lazy import FILE, command
from peerreview.cli.output import print_text
from peerreview.cli.plain import PLAIN_OPTION
from peerreview.cli.signals import exit_on_signals
from peerreview.domain.text import escaped


def open_default(lines: bool) -> int:
    """Open the one group of this folder, or the welcome screen; without a terminal print it.

    Args:
        lines: whether plain lines were asked for.
    """
    found = files.find_groups(Path())
    if len(found) == 1:
        return _looked_at(found[0], lines)
    if output.is_interactive() and not plain.wants_plain(lines):
        return files.start_screens(None, screen="welcome")
    names = "".join(f"  {escaped(each.name)}\n" for each in found)
    here = f"Groups in this folder:\n{names}" if found else "No group in this folder."
    print_text(f"{click.get_current_context().get_help()}\n\n{here}")
    return 0


def _looked_at(group: Path, lines: bool, demo: bool = False) -> int:
    """Show a board: in lines where they are wanted, on screens, or printed without a terminal."""
    if plain.wants_plain(lines):
        return plain.start_plain(group)
    if output.is_interactive():
        return files.start_screens(group, demo=demo)
    output.print_result(False, {}, summaries.result_lines(group, None))
    return 0


@command("open", "Open a group on its board.", "peerreview open gulf-coast-peers.group.json")
@FILE
@click.option("--readonly", is_flag=True, help="Look, change nothing.")
@PLAIN_OPTION
def open_(file: Path, readonly: bool, plain_: bool) -> int:
    """Open the group in FILE on its board; without a terminal as plain lines."""
    if plain.wants_plain(plain_) or not output.is_interactive():
        return plain.start_plain(file, readonly=readonly)
    return files.start_screens(file, readonly=readonly)


@command("rate", "Go straight to a turn.", "peerreview rate gulf-coast-peers.group.json")
@FILE
@PLAIN_OPTION
def rate_(file: Path, plain_: bool) -> int:
    """Rate: go straight to the turns of the open round in FILE; without a terminal as lines."""
    if plain.wants_plain(plain_) or not output.is_interactive():
        return plain.start_plain(file, turn=True)
    return files.start_screens(file, screen="turn")


@command("room", "Show the round on the wall.", "peerreview room gulf-coast-peers.group.json")
@FILE
def room_(file: Path) -> int:
    """Room: a window for the beamer that follows the round in FILE, and changes nothing.

    Who has handed in, the time left, then the board and the talk list. No ballot, no code, no key.
    """
    files.require_group_file(file)
    output.require_terminal("ask where the round stands with: peerreview round status FILE")
    return files.start_screens(file, screen="room", readonly=True)


@command("demo", "Look around in a sample group.", "peerreview demo", "peerreview demo | less")
@PLAIN_OPTION
def demo_(plain_: bool) -> int:
    """Look around in a sample group; everything you do there is gone when you leave."""
    from peerreview.shipped import copy_sample

    with (
        exit_on_signals(),
        TemporaryDirectory(prefix="peerreview-demo-", ignore_cleanup_errors=True) as folder,
    ):
        return _looked_at(copy_sample(Path(folder)), plain_, demo=True)
