"""The host, which listens, counts sessions, follows its rooms, and warns before it stops.

Knows rooms and sessions; must not know screens or files.
"""

import asyncio
import gc
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import asyncssh
from textual._styles_cache import StylesCache  # the cache below has no public way to it

from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.connection import Connection, ConnectionHandler
from peerreview.ssh.driver import Channel
from peerreview.ssh.hosted_app import HostedApp
from peerreview.ssh.limits import Admission, GuessLimiter, Limits
from peerreview.ssh.plain_session import PlainSession
from peerreview.ssh.ports import FrontEnd, RoomCommand, RunningSession
from peerreview.ssh.room_state import HostedRoom
from peerreview.ssh.session_defaults import SessionDefaults
from peerreview.tui.app.options import AppOptions

_MOST_STARTING = 2
"""How many front ends start at once; more would slow down those that run already."""
_MOST_PLAIN_SESSIONS = 50
"""How many people can use plain lines at the same time; each needs a thread."""
_COLLECTION_PAUSE = 0.5
"""Seconds between two looks whether garbage should be collected."""
_QUIET = 1.0
"""Seconds without a key after which nobody notices a collection."""
_MUCH_GARBAGE = 3
"""Sessions that ended, or collections of young objects, after which a collection is due."""


@dataclass(eq=False)
class Host:
    """One process that serves groups over SSH.

    Attributes:
        accounts: the accounts that people join with.
        key: the host key, private.
        door_codes: makes door codes.
        options: the options of the apps of sessions.
        commands: the commands of `ssh … COMMAND`, by their names.
        limits: how much the host takes on.
        log: takes one line at a time, which never has a code or an address beside a ballot.
        sessions: the sessions that run.
    """

    accounts: Accounts
    key: asyncssh.SSHKey
    door_codes: DoorCodes
    options: AppOptions
    commands: Mapping[str, RoomCommand]
    limits: Limits = field(default_factory=Limits)
    log: Callable[[str], None] = print
    sessions: set[RunningSession] = field(default_factory=set[RunningSession])

    def __post_init__(self) -> None:
        self.admission = Admission(self.limits)
        self.guesses = GuessLimiter(self.limits.guesses)
        self.start_slots = asyncio.Semaphore(_MOST_STARTING)
        self._tasks: list[asyncio.Task[None]] = []
        self._ended = 0
        self._defaults = SessionDefaults(self.options)
        self._threads = ThreadPoolExecutor(_MOST_PLAIN_SESSIONS)

    async def open(self, address: str, port: int) -> int:
        """Read the rooms and listen; return the port, which is a free one for `port` 0.

        Raises:
            OSError: The port can't be used.
        """
        for room in self.accounts.rooms.values():
            await room.refresh()
        loop = asyncio.get_running_loop()
        options = asyncssh.SSHServerConnectionOptions(
            server_factory=lambda: ConnectionHandler(self),
            server_host_keys=[self.key],
            server_version="peerreview",
            login_timeout=self.limits.login,
            keepalive_interval=60,
            compression_algs=None,
            gss_host=None,
            agent_forwarding=False,
            x509_trusted_certs=None,
            utf8_decode_errors="replace",
        )
        self._server = await loop.create_server(
            lambda: Connection(loop, options), address or None, port, reuse_address=True
        )
        watches = [room.watch() for room in self.accounts.rooms.values()]
        self._tasks = [loop.create_task(task) for task in (*watches, self._collect_garbage())]
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening, warn all sessions, wait for the time of grace, and end them."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self.sessions:
            for room in self.accounts.rooms.values():
                await room.post_notice(f"The host stops in {self.limits.grace:g} seconds.")
            await asyncio.sleep(self.limits.grace)
        for session in list(self.sessions):
            session.end()
        while self.sessions:
            await asyncio.sleep(0.05)
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.log("stopped")

    async def _collect_garbage(self) -> None:
        """Collect what sessions and screens left, when nobody types or when it is much.

        A collection stops everybody, for some milliseconds for each session that runs; so
        `hosting.serve` turns the automatic ones of all objects off. A cache of Textual keeps
        what the widgets of ended sessions drew, so it is cleared first.
        """
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_COLLECTION_PAUSE)
            running = len(self.sessions)
            young = gc.get_count()[2]  # collections of young objects since the last one of all
            is_much = self._ended > _MUCH_GARBAGE + running // 8 or (
                young > 10 * _MUCH_GARBAGE + running
            )
            is_some = self._ended > 0 or young > _MUCH_GARBAGE + running // 32
            is_typing = any(loop.time() - session.last_key < _QUIET for session in self.sessions)
            if is_much or (is_some and not is_typing):
                self._ended = 0
                StylesCache.get_inner_outer.cache_clear()
                gc.collect()

    # For sessions.

    def make_front_end(
        self, channel: Channel, room: HostedRoom, environment: Mapping[str, str], is_guest: bool
    ) -> FrontEnd:
        """Return screens for a channel, or lines where screens can't be shown.

        `TERM` is missing from `environment` if the client has no terminal.
        """
        terminal = environment.get("TERM")
        if terminal in (None, "dumb"):
            has_terminal = terminal is not None
            return PlainSession(channel, room, has_terminal, self._threads)
        return HostedApp(self._defaults, room, channel, environment, is_guest)

    def add_session(self, session: RunningSession) -> bool:
        """Count a session in and return True, or return False if there are too many."""
        if len(self.sessions) >= self.limits.sessions:
            self.log("refused: the host is full")
            return False
        self.sessions.add(session)
        self.log(f"{session.room.name}: somebody joined, {len(self.sessions)} here")
        return True

    def remove_session(self, session: RunningSession) -> None:
        """Count a session out."""
        self.sessions.discard(session)
        self._ended += 1
        self.log(f"{session.room.name}: somebody left, {len(self.sessions)} here")
