"""The commands that start the screens: `open`, `rate`, `room`, `demo`, and `peerreview` alone."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from peerreview.cli import files, output, plain, summaries
from peerreview.cli.lazy import AS_LINES, FILE, command
from peerreview.cli.output import print_text
from peerreview.cli.signals import exit_on_signals
from peerreview.domain.text import escaped

if TYPE_CHECKING:
    from peerreview.tui.app.options import FirstScreen


def open_default(as_lines: bool) -> int:
    """Open the only group of this folder, or else the welcome screen; return the exit code.

    Without a terminal, print the board, or else the help and the groups of this folder.

    Args:
        as_lines: whether plain lines were asked for.
    """
    from peerreview.store.disk.naming import find_group_files

    groups = find_group_files(Path())
    if len(groups) == 1:
        return _show_board(groups[0], as_lines)
    if output.is_interactive() and not plain.wants_plain(as_lines):
        return _start_screens(None, screen="welcome")
    names = "".join(f"  {escaped(path.name)}\n" for path in groups)
    listing = f"Groups in this folder:\n{names}" if groups else "No group in this folder."
    print_text(f"{click.get_current_context().get_help()}\n\n{listing}")
    return 0


def _show_board(group: Path, as_lines: bool, demo: bool = False) -> int:
    """Show the board in plain mode, on the screens, or, without a terminal, as printed lines."""
    if plain.wants_plain(as_lines):
        return plain.start_plain(group)
    if output.is_interactive():
        return _start_screens(group, demo=demo)
    output.print_result(False, {}, summaries.result_lines(group, None))
    return 0


def _start_screens(
    path: Path | None,
    *,
    screen: "FirstScreen" = "board",
    readonly: bool = False,
    demo: bool = False,
) -> int:
    """Start the screens on a group, or without one, and return the exit code.

    Raises:
        FileError: The group can't be used; no screen was shown.
    """
    if path and not demo:
        files.open_services(path, writing=not readonly).rounds.group()
    from peerreview.bootstrap import run_tui

    with exit_on_signals():
        return run_tui(path, screen=screen, readonly=readonly, demo=demo)


@command("open", "Open a group on its board.", "peerreview open gulf-coast-peers.group.json")
@FILE
@click.option("--readonly", is_flag=True, help="Look, change nothing.")
@AS_LINES
def open_(file: Path, readonly: bool, as_lines: bool) -> int:
    """Open the group in FILE on its board; without a terminal as plain lines."""
    if plain.wants_plain(as_lines) or not output.is_interactive():
        return plain.start_plain(file, readonly=readonly)
    return _start_screens(file, readonly=readonly)


@command("rate", "Go straight to a turn.", "peerreview rate gulf-coast-peers.group.json")
@FILE
@AS_LINES
def rate_(file: Path, as_lines: bool) -> int:
    """Go straight to the turns of the open round in FILE; without a terminal as plain lines."""
    if plain.wants_plain(as_lines) or not output.is_interactive():
        return plain.start_plain(file, turn=True)
    return _start_screens(file, screen="turn")


@command("room", "Show the round on the wall.", "peerreview room gulf-coast-peers.group.json")
@FILE
def room_(file: Path) -> int:
    """Show a window for the projector that follows the round in FILE and changes nothing.

    It shows how many have handed in and the time left, then the board and the talk list. It never
    shows a ballot, a code or a key.
    """
    files.require_group_file(file)
    output.require_terminal("ask where the round stands with: peerreview round status FILE")
    return _start_screens(file, screen="room", readonly=True)


@command("demo", "Look around in a sample group.", "peerreview demo", "peerreview demo | less")
@AS_LINES
def demo_(as_lines: bool) -> int:
    """Look around in a sample group; everything you do there is gone when you leave."""
    from peerreview.shipped import copy_sample

    with (
        exit_on_signals(),
        TemporaryDirectory(prefix="peerreview-demo-", ignore_cleanup_errors=True) as folder,
    ):
        return _show_board(copy_sample(Path(folder)), as_lines, demo=True)
