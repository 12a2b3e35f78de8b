"""From a path somebody typed to a group, a list or an export; each mistake is one clear line."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview import guards
from peerreview.cli.output import print_note
from peerreview.cli.signals import exit_on_signals
from peerreview.errors import FileError

if TYPE_CHECKING:
    from peerreview.services.group_services import GroupServices
    from peerreview.tui.app.options import FirstScreen

GROUP_SUFFIX = ".group.json"
STANDARD_STREAM = Path("-")


def find_groups(folder: Path) -> list[Path]:
    """Return the group files in a folder, by name."""
    return sorted(each for each in folder.glob(f"*{GROUP_SUFFIX}") if each.is_file())


def require_group_file(path: Path) -> None:
    """Let the path of a group file pass.

    Raises:
        FileError: It is missing, a folder, or something else; says what to do.
    """
    if path.is_dir():
        inside = ", ".join(each.name for each in find_groups(path)[:3])
        hint = f"name the group file in it ({inside})" if inside else "there is no group in it"
        raise FileError(f"{path}: this is a folder: {hint}")
    if not path.name.endswith(GROUP_SUFFIX):
        raise FileError(f"{path}: not a group file: those end in {GROUP_SUFFIX}")
    if not path.exists():
        raise FileError(f"{path}: it isn't there: check the name, or start with: peerreview new")


def open_services(path: Path, *, writing: bool = False) -> "GroupServices":
    """Return the services of a group file; a command that writes first tidies up after crashes.

    Raises:
        FileError: It isn't there, damaged, foreign or newer than this program.
    """
    require_group_file(path)
    from peerreview.bootstrap import services_at

    found = services_at(path)
    if writing:
        guards.disable_core_dumps()
        for sentence in found.rounds.recover():
            print_note(sentence)
    return found


def start_screens(
    path: Path | None,
    *,
    screen: "FirstScreen" = "board",
    readonly: bool = False,
    demo: bool = False,
) -> int:
    """Start the screens on a group, or on none; a file that can't be used is told before that."""
    if path and not demo:
        open_services(path, writing=not readonly).rounds.group()
    from peerreview.bootstrap import run_tui

    with exit_on_signals():
        return run_tui(path, screen=screen, readonly=readonly, demo=demo)


def display_name(path: Path) -> str:
    """Return what a file or `-` is called in a message."""
    return "standard input" if path == STANDARD_STREAM else str(path)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what is in a file, or on standard input for `-`.

    Raises:
        FileError: It is a folder, or larger than `most` bytes.
        OSError: It can't be read.
    """
    if path != STANDARD_STREAM and path.is_dir():
        raise FileError(f"{path}: this is a folder: name a file in it")
    with click.open_file(str(path), "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise FileError(
            f"{display_name(path)}: larger than {limit // 1_000_000} MB: check the name"
        )
    return data


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a whole file or nothing; over an existing one only if told to.

    Raises:
        FileError: There is one, or it can't be written.
    """
    from peerreview.store.disk import durable
    from peerreview.store.disk.os_errors import os_errors_as_file_errors

    if path.is_dir():
        raise FileError(f"{path}: there is a folder of that name: name another place")
    with os_errors_as_file_errors(path):
        (durable.replace if overwrite else durable.create)(path, text.encode("utf-8"))
