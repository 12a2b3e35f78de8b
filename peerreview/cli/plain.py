"""Plain mode on the standard streams: what is said is printed, what is asked is read as a line.

Knows streams and terminals; must not know what is talked about.
"""

import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from peerreview import guards
from peerreview.cli import files, output
from peerreview.cli.output import print_text
from peerreview.cli.signals import exit_on_signals
from peerreview.domain.text import escaped

PLAIN_OPTION = click.option(
    "--plain", "plain_", is_flag=True, help="Lines and questions instead of screens."
)
_LONGEST, _EMPTY = 1_000, 60
_WIPE = "\x1b[3J\x1b[2J\x1b[H"


def wants_plain(plain: bool) -> bool:
    """Tell whether somebody at a terminal is to get lines: asked for, or it can't draw."""
    asked = plain or click.get_current_context().find_root().params["plain_"]
    return asked or (output.is_interactive() and _is_dumb())


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def start_plain(path: Path, *, turn: bool = False, readonly: bool = False) -> int:
    """Talk about a group until the person leaves.

    Args:
        path: the group file.
        turn: whether to go straight to the turns.
        readonly: look, change nothing.
    """
    guards.disable_core_dumps()
    services = files.open_services(path, writing=not readonly)
    services.rounds.group()
    from peerreview.plain.dialogue import Dialogue
    from peerreview.plain.home import home
    from peerreview.plain.turns import turns

    talk = Dialogue(_ask, _ask_in_secret, _line, _clear)
    with exit_on_signals():
        if turn:
            turns(talk, services)
        else:
            home(talk, services, readonly)
    return 0


def _line(text: str) -> None:
    print_text(escaped(text))


def _ask(question: str) -> str:
    """Return the line typed, or its beginning; whatever its bytes are, it is text."""
    _line(question)
    data = line = sys.stdin.buffer.readline(_LONGEST)
    if not data:
        raise EOFError
    while line and not line.endswith(b"\n"):
        line = sys.stdin.buffer.readline(_LONGEST)
    return data.decode("utf-8", "replace").rstrip("\r\n")


def _ask_in_secret(question: str) -> str:
    if not sys.stdin.isatty():
        return _ask(question)
    _line(question)
    with suppress(UnicodeDecodeError):
        return getpass.getpass("")
    return ""


def _clear() -> str:
    if output.is_interactive() and not _is_dumb():
        sys.stdout.write(_WIPE)
        return "The screen is cleared; if this window can still scroll back, close it."
    print_text("\n" * (_EMPTY - 1))
    return f"{_EMPTY} empty lines stand before this one; scrolling back goes past them."
