"""A composition root: makes a host of group files, which people join by SSH, and runs it."""

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Never

import asyncssh

from peerreview import bootstrap, guards, shipped
from peerreview.errors import FileError, UsageError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.ssh.access import Accounts, DoorCodes, parse_authorized_keys
from peerreview.ssh.limits import Limits
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.server import Host
from peerreview.ssh.session import RoomCommand
from peerreview.store.disk import durable
from peerreview.store.disk.naming import (
    GROUP_SUFFIX,
    box_path,
    find_box_numbers,
    find_group_files,
    notice_path,
)
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.folder_risks import find_folder_risks
from peerreview.store.vault import CachedVault
from peerreview.tui.app.options import AppOptions, Workspace

ShowStatus = Callable[[Host, int], Coroutine[None, None, None]]
"""Shows the state of a host that listens on a port, until it is cancelled."""
_EXIT_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class HostOptions:
    """The options of `peerreview host`.

    Attributes:
        path: a group file, or a folder of them.
        port: the port to listen on; 0 for any that is free.
        listen: the address to listen on; empty for all.
        limits: the limits on sessions.
        keys: the authorized_keys file of the account `host`.
        lasting_codes: whether door codes last for months; those of a folder always do.
    """

    path: Path
    port: int
    listen: str
    limits: Limits
    keys: Path | None = None
    lasting_codes: bool = False


def make_host(
    options: HostOptions, commands: dict[str, RoomCommand], log: Callable[[str], None]
) -> Host:
    """Return a host for one group or all groups of a folder; it doesn't listen yet.

    Args:
        options: what the admin asked for.
        commands: the commands that can be run over SSH, by name.
        log: prints a line of the log.

    Raises:
        FileError: There is no group, or a file can't be used.
        UsageError: The environment would write down what people type, or a key can't be read.
    """
    guards.refuse_recording_variables()
    guards.disable_core_dumps()
    files, key_path = _find_groups_and_key(options.path)
    for risk in find_folder_risks(next(iter(files.values())).resolve().parent):
        if risk.code == "network":
            raise FileError(f"{risk.where}: {risk.what}: {risk.todo}")
        log(f"careful: {risk.what}: {risk.todo}")
    environment = bootstrap.make_environment()
    rooms = {name: _make_room(name, file, environment) for name, file in files.items()}
    with os_errors_as_file_errors(options.keys or options.path):
        keys = parse_authorized_keys(options.keys.read_text("utf-8")) if options.keys else ()
    host_key = load_host_key(key_path)
    secret = host_key.export_private_key("pkcs8-der")
    return Host(
        accounts=Accounts(rooms, keys),
        key=host_key,
        door_codes=DoorCodes(secret, options.lasting_codes or options.path.is_dir()),
        options=AppOptions(make_closed_workspace(), themes_folder=shipped.find_folder("themes")),
        commands=commands,
        limits=options.limits,
        log=log,
    )


def _find_groups_and_key(path: Path) -> tuple[dict[str, Path], Path]:
    """Return the group files by their accounts, and the file of the host key.

    Raises:
        FileError: The folder holds no group.
        UsageError: A group has the name of the admin's account.
    """
    if not path.is_dir():
        stem = path.name.removesuffix(GROUP_SUFFIX)
        return {"review": path}, path.with_name(f"{stem}.host-key")
    files = {file.name.removesuffix(GROUP_SUFFIX): file for file in find_group_files(path)}
    if not files:
        raise FileError(f"{path}: there is no group in it: start one with: peerreview new")
    if "host" in files:
        raise UsageError("a group file can't be called host here: that account is the admin's")
    return files, path / "groups.host-key"


def _make_room(name: str, path: Path, environment: Environment) -> HostedRoom:
    vault = CachedVault(path)
    services = GroupServices(vault, environment)
    services.rounds.recover()

    def read_stamp() -> object:
        """Return a value that stays equal until the group or a box changes."""
        try:
            boxes = [box_path(vault.path, number) for number in find_box_numbers(vault.path)]
            statuses = [path.stat() for path in (vault.path, *boxes)]
        except OSError:
            return None
        return [(status.st_ino, status.st_size, status.st_mtime_ns) for status in statuses]

    return HostedRoom(name, services, read_stamp)


def make_closed_workspace() -> Workspace:
    """Return a workspace for sessions over SSH, which see no group but their own."""

    def refuse(_: object = None) -> Never:
        raise UsageError("over SSH there is only this group")

    return Workspace(find_groups=list, open_group=refuse, create_group=refuse, create_demo=refuse)


def publish_join_notice(group: Path, text: str) -> None:
    """Write how to join for the room screen on this computer, which believes it for some seconds.

    An empty text removes the notice.
    """
    notice = notice_path(group)
    with suppress(OSError, ValueError):  # the room screen can do without
        if not text:
            notice.unlink()
        elif notice.exists() and notice.read_text("utf-8") == text:
            os.utime(notice)
        else:
            durable.replace(notice, text.encode())


def load_host_key(path: Path) -> asyncssh.SSHKey:
    """Return the key that stands for these groups; it is created (mode 0600) the first time.

    The file lies beside the group file, so that the group keeps its key on another laptop.

    Raises:
        FileError: It can't be read or written.
    """
    with os_errors_as_file_errors(path):
        if not path.exists():
            key = asyncssh.generate_private_key("ssh-ed25519", comment="peerreview")
            durable.create(path, key.export_private_key())
        try:
            return asyncssh.read_private_key(path)
        except asyncssh.KeyImportError as error:
            raise FileError(f"{path}: this isn't a host key: move it away") from error


def serve(host: Host, options: HostOptions, show: ShowStatus) -> None:
    """Run a host until a signal ends it.

    Args:
        host: the host.
        options: where it listens.
        show: shows its state meanwhile.

    Raises:
        FileError: It can't listen on that port.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 1_000_000)  # the host itself runs full collections
    gc.enable()
    asyncio.run(_serve(host, options, show))


async def _serve(host: Host, options: HostOptions, show: ShowStatus) -> None:
    loop = asyncio.get_running_loop()
    stop_requested = asyncio.Event()

    def request_stop(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(stop_requested.set)

    for signal_number in _EXIT_SIGNALS:
        signal.signal(signal_number, request_stop)
    try:
        port = await host.open(options.listen, options.port)
    except OSError as error:
        reason = f"port {options.port} can't be had ({error.strerror}): name another with --port"
        raise FileError(reason) from error
    show_task = asyncio.create_task(show(host, port))
    await stop_requested.wait()
    for signal_number in _EXIT_SIGNALS:
        signal.signal(signal_number, signal.SIG_DFL)  # a second signal ends the program at once
    show_task.cancel()
    await host.close()
