"""Output of the command line: data on standard output, messages on standard error.

Names of files and arguments may hold any characters, so everything for a terminal is escaped. Must
not know what the texts are about.
"""

import json
import sys
from collections.abc import Iterable, Mapping

import click

from peerreview.domain.text import escaped
from peerreview.errors import UsageError

_ASCII_SIGNS = str.maketrans("━╋·─◀▶…–—’×", "=+.-<>.--'x")
"""Characters of the same width for the few signs beyond ASCII that are printed."""


def print_text(text: str) -> None:
    """Print text on standard output, in characters that its encoding has."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_ASCII_SIGNS).encode(encoding, "replace").decode(encoding)
    click.echo(text)


def write_document(text: str) -> None:
    """Write a document to standard output in UTF-8, with the same bytes on every computer."""
    click.echo(text.encode("utf-8"), nl=False)


def write_json(value: Mapping[str, object]) -> None:
    """Write a value to standard output as JSON."""
    write_document(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_result(as_json: bool, value: Mapping[str, object], lines: Iterable[str]) -> None:
    """Print a result on standard output: `value` as JSON, or `lines` for people."""
    if as_json:
        write_json(value)
    else:
        print_text("\n".join(escaped(line) for line in lines))


def print_note(text: str) -> None:
    """Print one line on standard error."""
    line = escaped(text)
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    click.echo(line.encode(encoding, "replace").decode(encoding), err=True)


def print_error(title: str, message: str, exit_code: int, as_json: bool) -> int:
    """Print an error as one line on standard error; return `exit_code`."""
    if as_json:
        value = {"error": escaped(message), "title": title, "exit_code": exit_code}
        click.echo(json.dumps(value), err=True)
    else:
        print_note(f"peerreview: {message}")
    return exit_code


def is_interactive() -> bool:
    """Return whether both standard input and standard output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_terminal(instead: str) -> None:
    """Check that there is a terminal.

    Raises:
        UsageError: There is none; the message says what to do `instead`.
    """
    if not is_interactive():
        raise UsageError(f"there is no terminal here: {instead}")
