"""Plain mode on the standard streams: texts are printed, and answers are read line by line.

Must not know what the dialogue is about.
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

_LONGEST_LINE = 1_000
"""In bytes; the rest of a longer line is dropped."""
_EMPTY_LINES = 60
_CLEAR_SCREEN = "\x1b[3J\x1b[2J\x1b[H"


def wants_plain(as_lines: bool) -> bool:
    """Return whether to show lines: because of an option, or because the terminal can't draw.

    Args:
        as_lines: the option of the command; that of `peerreview` itself counts too.
    """
    is_requested = as_lines or click.get_current_context().find_root().params["as_lines"]
    return is_requested or (output.is_interactive() and _is_dumb_terminal())


def _is_dumb_terminal() -> bool:
    return os.environ.get("TERM") == "dumb"


def start_plain(path: Path, *, turn: bool = False, readonly: bool = False) -> int:
    """Run plain mode on a group until the person leaves; return the exit code.

    Args:
        path: the group file.
        turn: whether to begin with the turns.
        readonly: whether nothing of the group may be changed.
    """
    guards.disable_core_dumps()
    services = files.open_services(path, writing=not readonly)
    services.rounds.group()
    from peerreview.plain.dialogue import Dialogue
    from peerreview.plain.home import run_home
    from peerreview.plain.turns import run_turns

    dialogue = Dialogue(_ask, _ask_hidden, _print_line, _clear)
    with exit_on_signals():
        if turn:
            run_turns(dialogue, services)
        else:
            run_home(dialogue, services, readonly)
    return 0


def _print_line(text: str) -> None:
    print_text(escaped(text))


def _ask(question: str) -> str:
    """Print a question and return the line typed, or the beginning of a very long one.

    Raises:
        EOFError: Standard input has ended.
    """
    _print_line(question)
    data = rest = sys.stdin.buffer.readline(_LONGEST_LINE)
    if not data:
        raise EOFError
    while rest and not rest.endswith(b"\n"):
        rest = sys.stdin.buffer.readline(_LONGEST_LINE)
    return data.decode("utf-8", "replace").rstrip("\r\n")


def _ask_hidden(question: str) -> str:
    """Print a question and return the line typed, which a terminal doesn't show."""
    if not sys.stdin.isatty():
        return _ask(question)
    _print_line(question)
    with suppress(UnicodeDecodeError):
        return getpass.getpass("")
    return ""


def _clear() -> str:
    """Remove the text on the screen as far as possible; return a sentence on what was done."""
    if output.is_interactive() and not _is_dumb_terminal():
        sys.stdout.write(_CLEAR_SCREEN)
        return "The screen is cleared; if this window can still scroll back, close it."
    print_text("\n" * (_EMPTY_LINES - 1))
    return f"{_EMPTY_LINES} empty lines stand before this one; scrolling back goes past them."
