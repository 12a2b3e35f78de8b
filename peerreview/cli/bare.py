"""The bare command: the one group of this folder, or the welcome screen."""

from pathlib import Path

from peerreview.cli import files, show
from peerreview.cli.speaking import on_a_terminal, printable, say

_HELP = """\
peerreview shows which of the partners you share are two-way streets.
There is no terminal here, so nothing was opened.

  peerreview demo           look around in a sample group
  peerreview new NAME       start a group in this folder
  peerreview show FILE      print a group's board
  peerreview --help         everything else
"""


def run() -> int:
    """Open what is here; without a terminal print it, or what was found."""
    found = files.groups_in(Path())
    group = found[0] if len(found) == 1 else None
    if on_a_terminal():
        return files.start(group, screen="board" if group else "welcome")
    if group:
        say(show.board(group, None))
        return 0
    names = "".join(f"  {printable(each.name)}\n" for each in found)
    say(_HELP + (f"\nGroups in this folder:\n{names}" if found else "\nNo group in this folder."))
    return 0
