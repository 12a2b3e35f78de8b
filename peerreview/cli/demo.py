"""`demo`: the sample group in a folder of its own, gone afterwards."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from peerreview.cli import show
from peerreview.cli.files import SUFFIX
from peerreview.cli.lazy import example
from peerreview.cli.speaking import on_a_terminal, say
from peerreview.errors import FileError

GROUP = "gulf-coast-peers"


@click.command(
    short_help="Look around in a sample group.",
    epilog=example("peerreview demo", "peerreview demo | less"),
)
def command() -> int:
    """Look around in a sample group; everything you do there is gone when you leave."""
    with sample() as group:
        if on_a_terminal():
            from peerreview.bootstrap import run_tui

            return run_tui(group, demo=True)
        say(show.board(group, None))
        return 0


@contextmanager
def sample() -> Generator[Path]:
    """Copy the sample group into a temporary folder of mode 0700, for the length of the block.

    Raises:
        FileError: The sample group isn't where the program was installed.
    """
    from peerreview import shipped

    kept = sorted(shipped.folder("sample_data").glob(f"{GROUP}.*"))
    if not any(each.name == GROUP + SUFFIX for each in kept):
        raise FileError("the sample group isn't there: install peerreview again")
    with TemporaryDirectory(prefix="peerreview-demo-", ignore_cleanup_errors=True) as folder:
        for each in kept:
            if each.is_file():
                copy = shutil.copyfile(each, Path(folder, each.name))
                copy.chmod(0o600)
        yield Path(folder, GROUP + SUFFIX)
