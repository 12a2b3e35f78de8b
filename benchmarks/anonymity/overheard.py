"""What somebody gets who joins over SSH: all bytes of each screen at rest, and what the host logs.

Knows how to join a host; must not know what is played in the group meanwhile.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import asyncssh

from benchmarks.anonymity.leak import always
from peerreview import hosting, shipped
from peerreview.services.group_services import GroupServices
from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.hosted_app import HostedApp
from peerreview.ssh.limits import Limits
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.server import Host
from peerreview.tui.kit.start import AppOptions

Event = Callable[[], object]
_WALK = ("\r", "\x1b[C", "\x1b", "v", "\x1b[B", "v", "\x1b", "m", "\x1b", "t", "\x1b", "r", "\x1b")
_SIZE, _STILL = (100, 30), 0.1
"""Cells of the terminal, and seconds without a byte until everything has come."""


class _Guest(asyncssh.SSHClient):
    """Says the door code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def kbdint_auth_requested(self) -> str:
        """Let the host ask."""
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str]:
        """Answer."""
        return [self._code] * len(prompts)


async def overheard(services: GroupServices, events: Iterable[Event]) -> dict[str, object]:
    """Host a group while things happen in it; return what a guest's terminal gets, step by step.

    When they have happened the guest walks through what there is to see.
    """
    room, log, found = HostedRoom("review", services, always(0)), list[str](), dict[str, object]()
    host = Host(
        Accounts({room.name: room}, ()),
        asyncssh.generate_private_key("ssh-ed25519"),
        DoorCodes(b"the audit's"),
        AppOptions(hosting.closed_workspace(), themes_folder=shipped.find_folder("themes")),
        commands={},
        limits=Limits(grace=0),
        log=log.append,
    )
    port = await host.open("127.0.0.1", 0)
    async with asyncssh.connect(
        "127.0.0.1", port, username=room.name, known_hosts=None, config=None, agent_path=None,
        client_keys=None, client_factory=lambda: _Guest(host.door_codes.code_for(room)),
    ) as guest:  # fmt: skip
        there: asyncssh.SSHClientProcess[bytes] = await guest.create_process(
            term_type="xterm", term_size=_SIZE, encoding=None
        )
        await _still(there)
        (session,) = host.sessions
        assert isinstance(session.front_end, HostedApp)
        for number, event in enumerate(events):
            await asyncio.to_thread(event)
            await room.refresh()
            found[f"guest event {number}"] = await _anew(session.front_end, there)
        for number, key in enumerate(_WALK):
            there.stdin.write(key.encode())
            found[f"guest step {number}"] = await _anew(session.front_end, there)
    await host.close()
    return found | {"the host's log": log}


async def _anew(front: HostedApp, there: asyncssh.SSHClientProcess[bytes]) -> bytes:
    """Return all that is sent when the screen is drawn anew, once it is the same twice."""
    await _still(there)
    before, now = b"", b"?"
    while before != now:
        front.refresh()
        before, now = now, await _still(there)
    return now


async def _still(there: asyncssh.SSHClientProcess[bytes]) -> bytes:
    """Return what comes until nothing does."""
    found = bytearray()
    with suppress(TimeoutError):
        while piece := await asyncio.wait_for(there.stdout.read(1 << 16), _STILL):
            found += piece
    return bytes(found)
