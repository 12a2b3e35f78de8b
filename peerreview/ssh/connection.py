"""One connection: from the door, by the rules of access and limits, to its one channel.

Knows asyncssh's callbacks and its host's counts; must not know what happens in a session.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import asyncssh
from asyncssh import constants

from peerreview.ssh.access import Role
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.session import Session

if TYPE_CHECKING:
    from peerreview.ssh.server import Host

_WINDOW, _PACKET = 16 * 1024, 4 * 1024
_UNSENT = 64 * 1024
"""Bytes: what a client may send ahead, in packets of which size, and what it may leave unread."""
_MOST_VARIABLES, _LONGEST_VARIABLE = 16, 256


class LimitedEnvironmentChannel(asyncssh.SSHServerChannel[bytes]):
    """A channel whose client can't fill our memory with its environment."""

    def _process_env_request(self, packet: Any) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        if len(self._env) >= _MOST_VARIABLES or len(name) + len(value) > _LONGEST_VARIABLE:
            return False
        self._env[name] = value
        return True


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
        if isinstance(visitor := self.get_owner(), ConnectionHandler) and visitor.session:
            visitor.session.pause_writing()

    def resume_writing(self) -> None:
        """Draw again."""
        if isinstance(visitor := self.get_owner(), ConnectionHandler) and visitor.session:
            visitor.session.resume_writing()


class ConnectionHandler(asyncssh.SSHServer):
    """One connection, from the door to the end."""

    def __init__(self, host: "Host") -> None:
        self._host = host
        self.session: Session | None = None
        self._room: HostedRoom | None = None
        self._role: Role = "guest"
        self._address, self._tries, self._names = "", 0, 0
        self._counted = False

    # Coming and going.

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Let a connection in if there is room."""
        self._conn = conn
        self._address = str(conn.get_extra_info("peername", ("",))[0])
        self._counted = self._host.admission.admit(self, self._address, conn.abort)
        if not self._counted:
            self._host.log(f"refused: too many connections from {self._address}")
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        if self._counted:
            self._host.admission.remove(self, self._address)

    def auth_completed(self) -> None:
        """Somebody is in."""
        self._host.admission.mark_authenticated(self)

    # The door.

    def begin_auth(self, username: str) -> bool:
        """Find room and role of an account; everybody has to prove something."""
        self._names += 1
        if self._names > self._host.limits.tries:
            self._close("too many names tried on one connection")
        self._room, self._role = self._host.accounts.find(username)
        return True

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
        if self._host.guesses.is_exhausted:
            self._close("too many wrong door codes in this hour; the room is told")
            return False
        hint = "That isn't it. The door code stands on the host's screen." if self._tries else ""
        return "", hint, "", [("Door code: ", True)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        """Look at a door code; the answer takes the longer, the more were wrong."""
        self._tries += 1
        guesses, typed = self._host.guesses, responses[0][:64] if responses else ""
        right = self._host.door_codes.is_correct(self._room, typed)
        wait = guesses.delay_for(self._address)
        if not right:
            guesses.record_wrong(self._address)
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
        channel = LimitedEnvironmentChannel(
            self._conn, asyncio.get_running_loop(), True, False, False, 0, 0, None, "strict",
            _WINDOW, _PACKET,
        )  # fmt: skip
        return channel, self.session
