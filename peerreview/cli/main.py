"""Where errors end: every one becomes one line and an exit code, here and nowhere else.

0 fine, 1 the answer is no, 2 wrong use, 3 bad input; 130 stopped by hand, 141 nobody reads on.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from peerreview import guards
from peerreview.cli.lazy import LazyGroup
from peerreview.cli.output import print_error, print_note
from peerreview.errors import FileError, PeerReviewError, UsageError

COMPLETE = "_PEERREVIEW_COMPLETE"
_NAME = "peerreview"
_STOPPED, _NOBODY_READS = 130, 141


class Root(LazyGroup):
    """The outermost command: runs, and answers with an exit code whatever happens."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run with `args` (the command line's, if None), then leave the program.

        A command is too short to be worth collecting garbage; screens do, once they are there.
        Pydantic loads time zones, and looking for theirs costs more than anything we do first:
        nothing here has a time zone.
        """
        os.environ.setdefault("PYTHONTZPATH", "")
        guards.disable_pydantic_plugins()
        gc.disable()
        given = list(sys.argv[1:] if args is None else args)
        self._main_shell_completion({}, _NAME, COMPLETE)
        sys.exit(run_command(lambda: self._run(given), _wants_json(given)))

    def _run(self, args: list[str]) -> object:
        with self.make_context(_NAME, args) as context:
            return self.invoke(context)


def _wants_json(args: Sequence[str]) -> bool:
    return "--json" in (args[: args.index("--")] if "--" in args else args)


def run_command(command: Callable[[], object], as_json: bool) -> int:
    """Run `command`, return its exit code, and say in one line what went wrong, if anything did.

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
        return print_error(UsageError.title, _in_one_line(error), UsageError.exit_code, as_json)
    except (KeyboardInterrupt, EOFError, click.Abort) as end:
        print_note(f"peerreview: stopped{f': {end}' if str(end) else ''}")
        return _STOPPED
    except BrokenPipeError:
        _forget_output()
        return _NOBODY_READS
    except OSError as error:
        _forget_output()
        return print_error(FileError.title, _in_words(error), FileError.exit_code, as_json)


def _in_one_line(error: click.ClickException) -> str:
    said = " ".join(error.format_message().split("\n")).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else _NAME
    return f"{said}: see {path} --help"


def _in_words(error: OSError) -> str:
    from peerreview.store.disk.os_errors import describe_os_error

    return f"{error.filename or 'standard output'}: {describe_os_error(error)}"


def _forget_output() -> None:
    """Point standard output nowhere, so that the farewell flush can't fail once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
