"""One connection: the rules of access and limits, then its one channel.

Knows asyncssh's callbacks and the counts of its host; must not know what happens in a session.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncssh
from asyncssh import constants

from peerreview.ssh.access import Role
from peerreview.ssh.ports import ConnectionHost
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.session import Session

_WINDOW, _PACKET = 16 * 1024, 4 * 1024
"""Bytes that a client may send ahead, and bytes of one packet."""
_MOST_UNSENT = 64 * 1024
"""Bytes that wait for a client which doesn't read, before we stop drawing for it."""
_MOST_VARIABLES, _LONGEST_VARIABLE = 16, 256
"""How many variables a client may set, and the bytes of one, name and value together."""
_LONGEST_CODE = 64
"""Characters of a typed door code that are looked at."""


class LimitedEnvironmentChannel(asyncssh.SSHServerChannel[bytes]):
    """A channel whose client can't fill our memory with environment variables.

    Overrides `_process_env_request` and reads `_env`: asyncssh has no limit and no other way.
    """

    def _process_env_request(self, packet: Any) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        if len(self._env) >= _MOST_VARIABLES or len(name) + len(value) > _LONGEST_VARIABLE:
            return False
        self._env[name] = value
        return True


class Connection(asyncssh.SSHServerConnection):
    """A connection that notices when its client doesn't read; asyncssh would fill our memory."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Limit what may wait to be sent."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.set_write_buffer_limits(high=_MOST_UNSENT)
        super().connection_made(transport)

    async def reload_config(self) -> None:
        """Keep the options: they are the same for every account."""

    @property
    def _open_session(self) -> Session | None:
        handler = self.get_owner()
        return handler.session if isinstance(handler, ConnectionHandler) else None

    def pause_writing(self) -> None:
        """Stop drawing for this client."""
        if session := self._open_session:
            session.pause_writing()

    def resume_writing(self) -> None:
        """Draw for this client again."""
        if session := self._open_session:
            session.resume_writing()


class ConnectionHandler(asyncssh.SSHServer):
    """Lets one connection in or refuses it, and gives it its session.

    Args:
        host: knows accounts, door codes and limits.
    """

    def __init__(self, host: ConnectionHost) -> None:
        self.session: Session | None = None
        self._host = host
        self._room: HostedRoom | None = None
        self._role: Role = "guest"
        self._address = ""
        self._codes_tried = 0
        self._names_tried = 0
        self._is_admitted = False

    # The beginning and the end.

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Admit the connection, or abort it where there are too many."""
        self._conn = conn
        self._address = str(conn.get_extra_info("peername", ("",))[0])
        self._is_admitted = self._host.admission.admit(self, self._address, conn.abort)
        if not self._is_admitted:
            self._host.log(f"refused: too many connections from {self._address}")
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection out."""
        if self._is_admitted:
            self._host.admission.remove(self, self._address)

    def auth_completed(self) -> None:
        """Count the connection as authenticated."""
        self._host.admission.mark_authenticated(self)

    # Authentication.

    def begin_auth(self, username: str) -> bool:
        """Find room and role of an account, and return True: everybody has to prove something."""
        self._names_tried += 1
        if self._names_tried > self._host.limits.tries:
            self._disconnect("too many names tried on one connection")
        self._room, self._role = self._host.accounts.find(username)
        return True

    def public_key_auth_supported(self) -> bool:
        """Return whether keys are looked at: a guest's key would tell who the guest is."""
        return self._role == "host" and bool(self._host.accounts.keys)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Return whether a key is one of the host account's."""
        return self._room is not None and key in self._host.accounts.keys

    def kbdint_auth_supported(self) -> bool:
        """Return whether to ask for the door code: guests only."""
        return self._role == "guest"

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:
        """Return the question for the door code."""
        if self._host.guesses.is_exhausted:
            self._disconnect("too many wrong door codes in this hour; the room is told")
            return False
        hint = ""
        if self._codes_tried:
            hint = "That isn't it. The door code stands on the host's screen."
        return "", hint, "", [("Door code: ", True)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        """Return whether a door code is right, the later the more wrong ones came before it."""
        self._codes_tried += 1
        typed = responses[0][:_LONGEST_CODE] if responses else ""
        is_correct = self._host.door_codes.is_correct(self._room, typed)
        delay = self._host.guesses.delay_for(self._address)
        if not is_correct:
            self._host.guesses.record_wrong(self._address)
            self._host.log(f"refused: wrong door code from {self._address}")
        await asyncio.sleep(delay)
        if not is_correct and self._codes_tried >= self._host.limits.tries:
            self._disconnect("wrong door code, three times; it stands on the host's screen")
        return is_correct

    def _disconnect(self, reason: str) -> None:
        code = constants.DISC_NO_MORE_AUTH_METHODS_AVAILABLE
        self._conn.disconnect(code, f"peerreview: {reason}")

    # Inside.

    def session_requested(self) -> Any:
        """Return a channel and its session, once for this connection."""
        if self.session or self._room is None:
            code = constants.OPEN_ADMINISTRATIVELY_PROHIBITED
            raise asyncssh.ChannelOpenError(code, "peerreview: one session a connection")
        self.session = Session(self._host, self._room, self._role == "guest")
        channel = LimitedEnvironmentChannel(
            self._conn, asyncio.get_running_loop(), True, False, False, 0, 0, None, "strict",
            _WINDOW, _PACKET,
        )  # fmt: skip
        return channel, self.session
