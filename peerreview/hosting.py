"""A composition root: puts a host together from groups in files, which people join by SSH."""

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
from peerreview.store.disk.naming import GROUP_SUFFIX, box_path, find_box_numbers, notice_path
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.folder_risks import find_folder_risks
from peerreview.store.vault import CachedVault
from peerreview.tui.app.options import AppOptions, Workspace

ShowStatus = Callable[[Host, int], Coroutine[None, None, None]]
"""Tells how a host stands, which listens on a port, until it is cancelled."""
_ENDINGS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class HostOptions:
    """What an admin asks for.

    Attributes:
        path: a group file, or a folder of them.
        port: 0 for any that is free.
        listen: the address to listen on; empty for all.
        keys: the authorized_keys file of the host account.
        lasting: door codes for months; a folder has these anyway.
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
    """Return a host for the groups there are; nothing listens yet.

    Raises:
        FileError: There is no group, or one can't be used.
        UsageError: The environment would write down what people type, or a key is none.
    """
    guards.refuse_recording_variables()
    guards.disable_core_dumps()
    many = options.path.is_dir()
    files = sorted(options.path.glob(f"*{GROUP_SUFFIX}")) if many else [options.path]
    names = [each.name.removesuffix(GROUP_SUFFIX) if many else "review" for each in files]
    if not files:
        raise FileError(f"{options.path}: there is no group in it: start one with: peerreview new")
    if "host" in names:
        raise UsageError("a group file can't be called host here: that account is the admin's")
    for each in find_folder_risks(files[0].resolve().parent):
        if each.code == "network":
            raise FileError(f"{each.where}: {each.what}: {each.todo}")
        log(f"careful: {each.what}: {each.todo}")
    environment = bootstrap.make_environment()
    rooms = {
        name: _make_room(name, file, environment) for name, file in zip(names, files, strict=True)
    }
    with os_errors_as_file_errors(options.keys or options.path):
        keys = parse_authorized_keys(options.keys.read_text("utf-8")) if options.keys else ()
    beside = options.path / "groups" if many else options.path
    key = load_host_key(beside.with_name(beside.name.removesuffix(GROUP_SUFFIX) + ".host-key"))
    secret = key.export_private_key("pkcs8-der")
    return Host(
        accounts=Accounts(rooms, keys),
        key=key,
        door_codes=DoorCodes(secret, options.lasting_codes or many),
        options=AppOptions(closed_workspace(), themes_folder=shipped.find_folder("themes")),
        commands=commands,
        limits=options.limits,
        log=log,
    )


def _make_room(name: str, path: Path, environment: Environment) -> HostedRoom:
    vault = CachedVault(path)
    services = GroupServices(vault, environment)
    services.rounds.recover()

    def stamp() -> object:
        try:
            boxes = [box_path(vault.path, number) for number in find_box_numbers(vault.path)]
            found = [each.stat() for each in (vault.path, *boxes)]
        except OSError:
            return None
        return [(each.st_ino, each.st_size, each.st_mtime_ns) for each in found]

    return HostedRoom(name, services, stamp)


def closed_workspace() -> Workspace:
    """Doors that lead nowhere: who comes by SSH stays with one group."""

    def shut(_: object = None) -> Never:
        raise UsageError("over SSH there is only this group")

    return Workspace(find_groups=list, open_group=shut, create_group=shut, create_demo=shut)


def publish_join_notice(group: Path, text: str) -> None:
    """Tell a room on this computer how to join, for some seconds; without words no longer."""
    notice = notice_path(group)
    with suppress(OSError, ValueError):  # then the room goes without
        if not text:
            notice.unlink()
        elif notice.exists() and notice.read_text("utf-8") == text:
            os.utime(notice)
        else:
            durable.replace(notice, text.encode())


def load_host_key(path: Path) -> asyncssh.SSHKey:
    """Return the key that stands for these groups, made the first time (mode 0600).

    It lies beside the group's file: the group keeps its key when the laptop changes.

    Raises:
        FileError: It can't be read or written.
    """
    with os_errors_as_file_errors(path):
        if not path.exists():
            fresh = asyncssh.generate_private_key("ssh-ed25519", comment="peerreview")
            durable.create(path, fresh.export_private_key())
        try:
            return asyncssh.read_private_key(path)
        except asyncssh.KeyImportError as error:
            raise FileError(f"{path}: this is no host key: move it away") from error


def serve(host: Host, options: HostOptions, show: ShowStatus) -> None:
    """Serve until somebody ends it; `show` tells how things stand meanwhile.

    Raises:
        FileError: The port can't be had.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 1_000_000)  # full collections are the host's own affair
    gc.enable()
    asyncio.run(_serve(host, options, show))


async def _serve(host: Host, options: HostOptions, show: ShowStatus) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def end(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(ended.set)

    for each in _ENDINGS:
        signal.signal(each, end)
    try:
        port = await host.open(options.listen, options.port)
    except OSError as error:
        why = f"port {options.port} can't be had ({error.strerror}): name another with --port"
        raise FileError(why) from error
    showing = asyncio.create_task(show(host, port))
    await ended.wait()
    for each in _ENDINGS:
        signal.signal(each, signal.SIG_DFL)  # again, and it ends at once
    showing.cancel()
    await host.close()
