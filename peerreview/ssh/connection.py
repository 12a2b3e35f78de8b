"""One SSH connection, which is let in by the rules of access and limits and has one channel.

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
"""Bytes that wait for a client which doesn't read, before its session stops drawing."""
_MOST_VARIABLES, _LONGEST_VARIABLE = 16, 256
"""How many variables a client may set, and the bytes of one, name and value together."""
_LENGTH_FIELDS = 8
"""Bytes that a request for a variable has beside name and value: the lengths of both."""
_LONGEST_CODE = 64
"""Characters of a typed door code that are looked at."""


class LimitedEnvironmentChannel(asyncssh.SSHServerChannel[bytes]):
    """A channel whose client can't fill our memory with environment variables."""

    # asyncssh sets no limit on variables and has no public method that could.
    def _process_env_request(self, packet: Any) -> bool:
        """Refuse a variable that is too long or one too many."""
        size = len(packet.get_remaining_payload()) - _LENGTH_FIELDS
        if len(self.get_environment_bytes()) >= _MOST_VARIABLES or size > _LONGEST_VARIABLE:
            return False
        return super()._process_env_request(packet)


class Connection(asyncssh.SSHServerConnection):
    """A connection whose session stops drawing while the client doesn't read.

    Without it, asyncssh would keep everything in memory that the client hasn't read.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Limit how much may wait to be sent."""
        if isinstance(transport, asyncio.WriteTransport):
            transport.set_write_buffer_limits(high=_MOST_UNSENT)
        super().connection_made(transport)

    async def reload_config(self) -> None:
        """Do nothing: the options are the same for every account."""

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
    """Lets one connection in or refuses it, and makes its session.

    Args:
        host: knows accounts, door codes and limits.

    Attributes:
        session: the session; None until the client asks for one.
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

    # Counting.

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
        """Find the room and the role of an account; return True: nobody gets in without a proof."""
        self._names_tried += 1
        if self._names_tried > self._host.limits.tries:
            self._disconnect("too many names tried on one connection")
        self._room, self._role = self._host.accounts.find(username)
        return True

    def public_key_auth_supported(self) -> bool:
        """Return whether keys are looked at; not a guest's, which would show who the guest is."""
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
        """Return whether a door code is right, after a delay that grows with the wrong ones."""
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

    # The channel.

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
