"""Turns paths from the command line into groups, bytes and written files, with clear errors."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview import guards
from peerreview.cli.output import print_note
from peerreview.errors import FileError

if TYPE_CHECKING:
    from peerreview.services.group_services import GroupServices

GROUP_SUFFIX = ".group.json"
STANDARD_STREAM = Path("-")


def require_group_file(path: Path) -> None:
    """Check that there is a group file at a path, without opening it.

    Raises:
        FileError: It is missing, a folder or another file; the message says what to do.
    """
    if path.is_dir():
        from peerreview.store.disk.naming import find_group_files

        names = ", ".join(file.name for file in find_group_files(path)[:3])
        advice = f"name the group file in it ({names})" if names else "there is no group in it"
        raise FileError(f"{path}: this is a folder: {advice}")
    if not path.name.endswith(GROUP_SUFFIX):
        raise FileError(f"{path}: not a group file: those end in {GROUP_SUFFIX}")
    if not path.exists():
        raise FileError(f"{path}: it isn't there: check the name, or start with: peerreview new")


def open_services(path: Path, *, writing: bool = False) -> "GroupServices":
    """Return the services of a group file.

    Args:
        path: the group file.
        writing: whether the command may write; then what a crash left is cleaned up first.

    Raises:
        FileError: It is missing, damaged, foreign or newer than this program.
    """
    require_group_file(path)
    from peerreview.bootstrap import services_at

    services = services_at(path)
    if writing:
        guards.disable_core_dumps()
        for sentence in services.rounds.recover():
            print_note(sentence)
    return services


def display_name(path: Path) -> str:
    """Return the name of a file for messages; `-` is standard input."""
    return "standard input" if path == STANDARD_STREAM else str(path)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a file, or of standard input for `-`.

    Raises:
        FileError: It is a folder, or larger than `limit` bytes.
        OSError: It can't be read.
    """
    if path != STANDARD_STREAM and path.is_dir():
        raise FileError(f"{path}: this is a folder: name a file in it")
    with click.open_file(str(path), "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        size = f"{limit // 1_000_000} MB"
        raise FileError(f"{display_name(path)}: larger than {size}: check the name")
    return data


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a file atomically; replace an existing one only if `overwrite` is set.

    Raises:
        FileError: There is a file or folder of that name, or it can't be written.
    """
    from peerreview.store.disk import durable
    from peerreview.store.disk.os_errors import os_errors_as_file_errors

    if path.is_dir():
        raise FileError(f"{path}: there is a folder of that name: name another place")
    write = durable.replace if overwrite else durable.create
    with os_errors_as_file_errors(path):
        write(path, text.encode("utf-8"))
