"""Output of the command line: data on standard output, messages on standard error.

Names of files and arguments may hold anything, so what reaches a terminal is escaped. Knows
streams; must not know what is written to them.
"""

import json
import sys
from collections.abc import Iterable, Mapping

import click

from peerreview.domain.text import escaped
from peerreview.errors import UsageError

_PLAIN = str.maketrans("━╋·─◀▶…–—’×", "=+.-<>.--'x")
"""What stands for the few signs beyond ASCII that we print, cell for cell."""


def print_text(text: str) -> None:
    """Print lines for people on standard output, in signs its encoding has."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    click.echo(text)


def write_document(text: str) -> None:
    """Put a document on standard output: the same UTF-8 bytes on every machine."""
    click.echo(text.encode("utf-8"), nl=False)


def write_json(value: Mapping[str, object]) -> None:
    """Put a value on standard output as JSON."""
    write_document(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_result(as_json: bool, value: Mapping[str, object], lines: Iterable[str]) -> None:
    """Put the same on standard output for scripts or for people."""
    if as_json:
        write_json(value)
    else:
        print_text("\n".join(escaped(line) for line in lines))


def print_note(text: str) -> None:
    """Print one line on standard error, whatever is in it."""
    line = escaped(text)
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    click.echo(line.encode(encoding, "replace").decode(encoding), err=True)


def print_error(title: str, message: str, exit_code: int, as_json: bool) -> int:
    """Print what went wrong as one line on standard error; return the exit code."""
    if as_json:
        told = {"error": escaped(message), "title": title, "exit_code": exit_code}
        click.echo(json.dumps(told), err=True)
    else:
        print_note(f"peerreview: {message}")
    return exit_code


def is_interactive() -> bool:
    """Tell whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_terminal(instead: str) -> None:
    """Go on only if a person sits at a terminal.

    Raises:
        UsageError: There is none; says what to do `instead`.
    """
    if not is_interactive():
        raise UsageError(f"there is no terminal here: {instead}")
