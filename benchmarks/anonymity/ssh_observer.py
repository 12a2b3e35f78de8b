"""Record what an SSH guest receives: all bytes of every screen at rest, and the log of the host.

This module knows how to join a host, but no games.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import asyncssh

from benchmarks.anonymity.leaky_storage import always
from peerreview import hosting, shipped
from peerreview.services.group_services import GroupServices
from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.hosted_app import HostedApp
from peerreview.ssh.limits import Limits
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.server import Host
from peerreview.tui.app.options import AppOptions

Event = Callable[[], object]
_WALK = ("\r", "\x1b[C", "\x1b", "v", "\x1b[B", "v", "\x1b", "m", "\x1b", "t", "\x1b", "r", "\x1b")
_SIZE, _REST = (100, 30), 0.1
"""The size of the terminal in cells, and the seconds without a byte until it counts as at rest."""


class _Guest(asyncssh.SSHClient):
    """An SSH client that enters the door code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def kbdint_auth_requested(self) -> str:
        """Let the host choose the method."""
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str]:
        """Return the door code for every prompt."""
        return [self._code] * len(prompts)


async def observe_over_ssh(services: GroupServices, events: Iterable[Event]) -> dict[str, object]:
    """Host a group during some events; return the bytes for a guest's terminal by step.

    After the events the guest opens every screen.
    """
    room, log, received = (
        HostedRoom("review", services, always(0)),
        list[str](),
        dict[str, object](),
    )
    host = Host(
        Accounts({room.name: room}, ()),
        asyncssh.generate_private_key("ssh-ed25519"),
        DoorCodes(b"the audit's"),
        AppOptions(hosting.make_closed_workspace(), themes_folder=shipped.find_folder("themes")),
        commands={},
        limits=Limits(grace=0),
        log=log.append,
    )
    port = await host.open("127.0.0.1", 0)
    async with asyncssh.connect(
        "127.0.0.1", port, username=room.name, known_hosts=None, config=None, agent_path=None,
        client_keys=None, client_factory=lambda: _Guest(host.door_codes.code_for(room)),
    ) as guest:  # fmt: skip
        terminal: asyncssh.SSHClientProcess[bytes] = await guest.create_process(
            term_type="xterm", term_size=_SIZE, encoding=None
        )
        await _read_until_rest(terminal)
        (session,) = host.sessions
        assert isinstance(session.front_end, HostedApp)
        for number, event in enumerate(events):
            await asyncio.to_thread(event)
            await room.refresh()
            received[f"guest event {number}"] = await _read_redrawn(session.front_end, terminal)
        for number, key in enumerate(_WALK):
            terminal.stdin.write(key.encode())
            received[f"guest step {number}"] = await _read_redrawn(session.front_end, terminal)
    await host.close()
    return received | {"the host's log": log}


async def _read_redrawn(front: HostedApp, terminal: asyncssh.SSHClientProcess[bytes]) -> bytes:
    """Redraw the screen until the same bytes come twice; return them."""
    await _read_until_rest(terminal)
    previous, current = b"", b"?"
    while previous != current:
        front.refresh()
        previous, current = current, await _read_until_rest(terminal)
    return current


async def _read_until_rest(terminal: asyncssh.SSHClientProcess[bytes]) -> bytes:
    """Return the bytes that come until the terminal is at rest."""
    received = bytearray()
    with suppress(TimeoutError):
        while piece := await asyncio.wait_for(terminal.stdout.read(1 << 16), _REST):
            received += piece
    return bytes(received)
