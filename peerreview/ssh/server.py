"""The host: listens, lets people in by the rules of access and limits, and ends politely.

Knows connections, rooms and sessions; must not know screens or files.
"""

import asyncio
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncssh
from asyncssh import constants

from peerreview.ssh.access import Accounts, Door, Role
from peerreview.ssh.app import HostedApp
from peerreview.ssh.hub import Room
from peerreview.ssh.limits import Doorway, Guesses, Limits
from peerreview.ssh.session import Command, FewVariables, Session
from peerreview.tui.start import Start

_WINDOW, _PACKET = 16 * 1024, 4 * 1024
_UNSENT = 64 * 1024
"""Bytes: what a client may send ahead, in packets of which size, and what it may leave unread."""
_STARTING = 2
"""How many apps start at once: those who are in already come first."""
_TIDY = 5.0
"""Seconds between two looks whether there is garbage worth collecting."""


class Connection(asyncssh.SSHServerConnection):
    """A connection that notices when its client doesn't read: asyncssh itself would pile it up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set how much may be unsent."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.set_write_buffer_limits(high=_UNSENT)
        super().connection_made(transport)

    async def reload_config(self) -> None:
        """Keep the options: they are the same for every account."""

    def pause_writing(self) -> None:
        """Stop drawing for this client."""
        if isinstance(visitor := self.get_owner(), Visitor) and visitor.session:
            visitor.session.pause_writing()

    def resume_writing(self) -> None:
        """Draw again."""
        if isinstance(visitor := self.get_owner(), Visitor) and visitor.session:
            visitor.session.resume_writing()


class Visitor(asyncssh.SSHServer):
    """One connection, from the door to the end."""

    def __init__(self, host: "Host") -> None:
        self._host = host
        self.session: Session | None = None
        self._room: Room | None = None
        self._role: Role = "guest"
        self._address, self._tries, self._names = "", 0, 0
        self._counted = False

    # Coming and going.

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Let a connection in if there is room."""
        self._conn = conn
        self._address = str(conn.get_extra_info("peername", ("",))[0])
        self._counted = self._host.doorway.enter(self, self._address, conn.abort)
        if not self._counted:
            self._host.log(f"refused: too many connections from {self._address}")
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        if self._counted:
            self._host.doorway.left(self, self._address)

    def auth_completed(self) -> None:
        """Somebody is in."""
        self._host.doorway.passed(self)

    # The door.

    def begin_auth(self, username: str) -> bool:
        """Find room and role of an account; everybody has to prove something."""
        self._names += 1
        if self._names > self._host.limits.tries:
            self._close("too many names tried on one connection")
        self._room, self._role = self._host.accounts.find(username)
        return True

    def password_auth_supported(self) -> bool:
        """Passwords aren't asked for."""
        return False

    def public_key_auth_supported(self) -> bool:
        """Keys are for the host account; of others they would tell who it is."""
        return self._role == "host" and bool(self._host.accounts.keys)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Let the host account's keys in."""
        return self._room is not None and key in self._host.accounts.keys

    def kbdint_auth_supported(self) -> bool:
        """Guests are asked for the door code."""
        return self._role == "guest"

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:
        """Ask for the door code."""
        if self._host.guesses.used_up:
            self._close("too many wrong door codes in this hour; the room is told")
            return False
        return "", "", "", [("Door code: ", True)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        """Look at a door code; the answer takes the longer, the more were wrong."""
        self._tries += 1
        guesses, typed = self._host.guesses, responses[0][:64] if responses else ""
        right = self._host.door.opens(self._room, typed)
        wait = guesses.delay(self._address)
        if not right:
            guesses.wrong(self._address)
            self._host.log(f"refused: wrong door code from {self._address}")
        await asyncio.sleep(wait)
        if not right and self._tries >= self._host.limits.tries:
            self._close("wrong door code, three times; it stands on the host's screen")
        return right

    def _close(self, why: str) -> None:
        self._conn.disconnect(constants.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, f"peerreview: {why}")

    # Inside.

    def session_requested(self) -> Any:
        """Give the one session of this connection a channel."""
        if self.session or self._room is None:
            code = constants.OPEN_ADMINISTRATIVELY_PROHIBITED
            raise asyncssh.ChannelOpenError(code, "peerreview: one session a connection")
        self.session = Session(self._host, self._room, self._role == "guest")
        channel = FewVariables(
            self._conn, asyncio.get_running_loop(), True, False, False, 0, 0, None, "strict",
            _WINDOW, _PACKET,
        )  # fmt: skip
        return channel, self.session


@dataclass(eq=False)
class Host:
    """Everything one process serves.

    Attributes:
        accounts: who may join what.
        key: the host key, private.
        door: makes door codes.
        start: what the apps of sessions start with.
        commands: what `ssh … COMMAND` prints.
        limits: how much is taken on.
        log: takes one line at a time; nothing of a code, no address beside a ballot.
    """

    accounts: Accounts
    key: asyncssh.SSHKey
    door: Door
    start: Start
    commands: Mapping[str, Command]
    limits: Limits = field(default_factory=Limits)
    log: Callable[[str], None] = print
    sessions: set[Session] = field(default_factory=set[Session])

    def __post_init__(self) -> None:
        self.doorway, self.guesses = Doorway(self.limits), Guesses(self.limits.guesses)
        self.starting = asyncio.Semaphore(_STARTING)
        self._tasks: list[asyncio.Task[None]] = []
        self._ended = 0

    async def open(self, address: str, port: int) -> int:
        """Look at the rooms, then listen; return the port, which is free to choose for 0.

        Raises:
            OSError: The port can't be had.
        """
        for room in self.accounts.rooms.values():
            await room.look()
        loop = asyncio.get_running_loop()
        options = asyncssh.SSHServerConnectionOptions(
            server_factory=lambda: Visitor(self),
            server_host_keys=[self.key],
            server_version="peerreview",
            login_timeout=self.limits.login,
            keepalive_interval=30,
            compression_algs=None,
            gss_host=None,
            agent_forwarding=False,
            x509_trusted_certs=None,
            utf8_decode_errors="replace",
        )
        self._server = await loop.create_server(
            lambda: Connection(loop, options), address or None, port, reuse_address=True
        )
        watching = (room.watch() for room in self.accounts.rooms.values())
        self._tasks = [loop.create_task(each) for each in (*watching, self._tidy())]
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Say that it ends, wait a little, end every session, and stop listening."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self.sessions:
            for room in self.accounts.rooms.values():
                await room.say(f"The host stops in {self.limits.grace:g} seconds.")
            await asyncio.sleep(self.limits.grace)
        for session in list(self.sessions):
            session.end()
        while self.sessions:
            await asyncio.sleep(0.05)
        self.log("stopped")

    async def _tidy(self) -> None:
        """Collect garbage when sessions ended: never all of it while somebody types."""
        while True:
            await asyncio.sleep(_TIDY)
            if self._ended:
                self._ended = 0
                gc.collect()

    # For sessions.

    def app_for(self, session: Session, environment: Mapping[str, str]) -> HostedApp:
        """Make the app of a session."""
        return HostedApp(self.start, session.room, session.channel, environment, session.guest)

    def opened(self, session: Session) -> bool:
        """Count a session in, unless there are too many."""
        if len(self.sessions) >= self.limits.sessions:
            self.log("refused: the host is full")
            return False
        self.sessions.add(session)
        self.log(f"{session.room.name}: somebody joined, {len(self.sessions)} here")
        return True

    def closed(self, session: Session) -> None:
        """Count a session out."""
        self.sessions.discard(session)
        self._ended += 1
        self.log(f"{session.room.name}: somebody left, {len(self.sessions)} here")
