"""A host on a free port, and guests who join it with a real SSH client."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
import pytest
from stories import Calendar, fast_environment, five_partners, opened

from peerreview.domain.errors import RuleError
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound
from peerreview.shipped import find_folder
from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.limits import Limits
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.server import Host
from peerreview.store.vault import CachedVault
from peerreview.tui.app.options import AppOptions, Workspace

from .guest import PATIENCE, Guest


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove variables that change colors or offer keys of the person who runs the tests."""
    for name in list(os.environ):
        if name in ("NO_COLOR", "COLORTERM", "SSH_AUTH_SOCK") or name.startswith("TEXTUAL_"):
            monkeypatch.delenv(name)


def closed_workspace() -> Workspace:
    def refuse(*_: object) -> GroupServices:
        raise RuleError("a session opens no other group")

    return Workspace(find_groups=list, open_group=refuse, create_group=refuse, create_demo=refuse)  # pyright: ignore


@dataclass
class Place:
    """A running host, its only room, and the guests who joined."""

    host: Host
    room: HostedRoom
    port: int
    path: Path
    lines: list[str]
    guests: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def code(self) -> str:
        return self.host.door_codes.code_for(self.room)

    @property
    def services(self) -> GroupServices:
        return self.room.services

    async def guest(self, **options: object) -> Guest:
        """Let somebody join with the door code, in a terminal of their own."""
        guest = await Guest.joined(self.port, self.code, **options)
        self.guests.push_async_callback(guest.leave)
        return guest

    async def until(self, condition: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(patience):
            while not condition():
                await asyncio.sleep(0.01)


@pytest.fixture
def limits() -> Limits:
    """The limits of the host; a test sets others by parametrizing this fixture."""
    return Limits(grace=0.2)


@pytest.fixture
def keys() -> tuple[asyncssh.SSHKey, ...]:
    """The keys of the host account."""
    return ()


def room_at(path: Path, name: str = "review") -> HostedRoom:
    services = GroupServices(CachedVault(path), fast_environment(Calendar()))
    return HostedRoom(
        name, services, lambda: [file.stat().st_mtime_ns for file in path.parent.glob("[!.]*")]
    )


@pytest.fixture
async def place(
    tmp_path: Path, limits: Limits, keys: tuple[asyncssh.SSHKey, ...]
) -> AsyncIterator[Place]:
    """A host with a group of five partners and no round."""
    path = tmp_path / "gulf.group.json"
    room = room_at(path)
    five_partners(room.services)
    lines: list[str] = []
    host = Host(
        accounts=Accounts({"review": room}, keys),
        key=asyncssh.generate_private_key("ssh-ed25519"),
        door_codes=DoorCodes(b"a secret of the host"),
        options=AppOptions(closed_workspace(), themes_folder=find_folder("themes")),
        commands={"summary": lambda room: room.services.results.summary().group, "board": str},
        limits=limits,
        log=lines.append,
    )
    port = await host.open("127.0.0.1", 0)
    running_place = Place(host, room, port, path, lines)
    yield running_place
    await running_place.guests.aclose()
    await host.close()


@pytest.fixture
async def opened_round(place: Place) -> PreparedRound:
    """A round open for six heads at the host's place."""
    prepared = opened(place.services, 6)
    await place.room.refresh()
    return prepared
