"""What connections and sessions need of their host, and a host of its sessions, as protocols.

Server, connection and session import these instead of one another.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.driver import Channel
from peerreview.ssh.limits import Admission, GuessLimiter, Limits
from peerreview.ssh.room_state import HostedRoom

RoomCommand = Callable[[HostedRoom], str]
"""Returns the text that a command such as `summary` prints."""


class FrontEnd(Protocol):
    """What a person uses on a channel: screens or lines.

    Attributes:
        exit_message: a line for the person once it has ended; empty if there is nothing to say.
        first_paint: is done as soon as keys can be received.
    """

    exit_message: str
    first_paint: asyncio.Future[None]

    @property
    def may_idle(self) -> bool:
        """Whether nobody has to press a key now."""
        ...

    async def run_session(self, size: tuple[int, int]) -> None:
        """Run until the person leaves, in a terminal of so many columns and lines."""
        ...

    def receive(self, data: bytes) -> None:
        """Take bytes that the client typed."""
        ...

    def resize(self, width: int, height: int) -> None:
        """Follow the size of the client's window."""
        ...

    def set_paused(self, is_paused: bool) -> None:
        """Stop or resume drawing."""
        ...

    def show_notice(self, text: str) -> None:
        """Show a notice, one sentence."""
        ...

    def end(self) -> None:
        """Ask the front end to end."""
        ...


class RunningSession(Protocol):
    """A session, as its host counts it.

    Attributes:
        room: the group it is in.
        last_key: the time of the last key, by the event loop's clock, in seconds.
    """

    room: HostedRoom
    last_key: float

    def end(self) -> None:
        """Ask the session to end."""
        ...


class SessionHost(Protocol):
    """What a session needs of its host.

    Attributes:
        commands: the commands of `ssh … COMMAND`, by their names.
        limits: how much the host takes on.
        log: takes one line at a time.
        start_slots: how many front ends may start at once.
    """

    commands: Mapping[str, RoomCommand]
    limits: Limits
    log: Callable[[str], None]
    start_slots: asyncio.Semaphore

    def make_front_end(
        self, channel: Channel, room: HostedRoom, environment: Mapping[str, str], is_guest: bool
    ) -> FrontEnd:
        """Return screens for a channel, or lines where screens can't be shown."""
        ...

    def add_session(self, session: RunningSession) -> bool:
        """Count a session in and return True, or return False if there are too many."""
        ...

    def remove_session(self, session: RunningSession) -> None:
        """Count a session out."""
        ...


class ConnectionHost(SessionHost, Protocol):
    """What a connection needs of its host.

    Attributes:
        accounts: the names people can join with.
        door_codes: tells whether a door code is right.
        admission: counts connections.
        guesses: counts wrong door codes.
    """

    accounts: Accounts
    door_codes: DoorCodes
    admission: Admission
    guesses: GuessLimiter
