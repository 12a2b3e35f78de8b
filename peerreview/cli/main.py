"""The command `peerreview`: it lists the other commands, and turns errors into exit codes.

An error is printed as one line on standard error. Exit codes: 0 success, 1 the answer is no,
2 wrong use, 3 bad input, 130 interrupted, 141 nobody reads the output any more.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from peerreview import __version__, guards
from peerreview.cli.lazy import AS_LINES, COMPLETION_VARIABLE, PROGRAM_NAME, LazyGroup, command
from peerreview.cli.output import print_error, print_note
from peerreview.errors import FileError, PeerReviewError, UsageError

_INTERRUPTED, _OUTPUT_CLOSED = 130, 141


class Root(LazyGroup):
    """The command that holds all others, and always ends the program with an exit code."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run with `args` (those of the command line, if None), then exit."""
        # Pydantic searches for time zones, which takes longer than everything before it; nothing
        # in this program has a time zone.
        os.environ.setdefault("PYTHONTZPATH", "")
        guards.disable_pydantic_plugins()
        gc.disable()  # a command is too short for it; the screens enable it again
        arguments = list(sys.argv[1:] if args is None else args)
        as_json = _wants_json(arguments)
        if not _replace_closed_streams():
            message = "standard output is closed: send it to a file or a terminal"
            sys.exit(print_error(FileError.title, message, FileError.exit_code, as_json))
        if instruction := os.environ.get(COMPLETION_VARIABLE):
            from click.shell_completion import shell_complete

            sys.exit(shell_complete(self, {}, PROGRAM_NAME, COMPLETION_VARIABLE, instruction))
        sys.exit(run_command(lambda: self._run(arguments), as_json))

    def _run(self, arguments: list[str]) -> object:
        with self.make_context(PROGRAM_NAME, arguments) as context:
            return self.invoke(context)


def _replace_closed_streams() -> bool:
    """Open nothing in place of a closed input or error stream; return whether there is an output.

    Python sets a stream to None if the shell closed it, as with `<&-`. A command without an output
    must not start: it would open a round whose keys nobody gets, or print into the next file that
    is opened.
    """
    streams: list[object] = [sys.stdin, sys.stdout, sys.stderr]
    if streams[0] is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open until the end
    if streams[2] is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    return streams[1] is not None


def _wants_json(arguments: Sequence[str]) -> bool:
    """Return whether `--json` is among the options, which end at `--`."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def run_command(command: Callable[[], object], as_json: bool) -> int:
    """Run `command` and return its exit code; print one line on standard error if it fails.

    Args:
        command: what to run; an int it returns is the exit code, anything else is 0.
        as_json: whether that line is JSON.
    """
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UsageError.exit_code
    except PeerReviewError as error:
        return print_error(error.title, str(error), error.exit_code, as_json)
    except click.ClickException as error:
        return print_error(
            UsageError.title, _describe_click_error(error), UsageError.exit_code, as_json
        )
    except (KeyboardInterrupt, EOFError, click.Abort) as error:
        reason = f": {error}" if str(error) else ""
        print_note(f"{PROGRAM_NAME}: stopped{reason}")
        return _INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return _OUTPUT_CLOSED
    except OSError as error:
        _discard_output()
        return print_error(FileError.title, _describe_os_error(error), FileError.exit_code, as_json)


def _describe_click_error(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split("\n")).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else PROGRAM_NAME
    return f"{message}: see {path} --help"


def _describe_os_error(error: OSError) -> str:
    from peerreview.store.disk.os_errors import describe_os_error

    return f"{error.filename or 'standard output'}: {describe_os_error(error)}"


def _discard_output() -> None:
    """Redirect standard output to nowhere, so that Python's flush at exit can't fail again."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


COMMAND_MODULES = {
    "demo": "screens", "new": "setting_up", "open": "screens", "import": "setting_up",
    "round": "round", "rate": "screens", "room": "screens", "host": "host", "show": "summaries",
    "export": "summaries", "verify": "summaries", "doctor": "doctor", "audit": "doctor",
    "schema": "about", "paths": "about", "themes": "about", "config": "about",
    "completion": "about",
}  # fmt: skip
"""The module of every command, in the order of the help."""


@command(
    "peerreview",
    "",
    "peerreview demo",
    'peerreview new "Gulf Coast Peers"',
    "peerreview import gulf-coast-peers.group.json partners.csv",
    "peerreview",
    cls=Root,
    modules=COMMAND_MODULES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="peerreview %(version)s")
@AS_LINES
@click.pass_context
def main(context: click.Context, as_lines: bool) -> int | None:
    """See which of the partners you share are two-way streets; nobody learns who said what.

    Without a command, open the group of this folder if there is exactly one.
    """
    if context.invoked_subcommand is not None:
        return None
    from peerreview.cli.screens import open_default

    return open_default(as_lines)
