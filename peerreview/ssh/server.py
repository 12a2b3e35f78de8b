"""The host: listens, counts sessions, watches the rooms, and ends politely.

Knows rooms and sessions; must not know screens or files.
"""

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import asyncssh
from textual._styles_cache import StylesCache

from peerreview.ssh.access import Accounts, DoorCodes
from peerreview.ssh.connection import Connection, ConnectionHandler
from peerreview.ssh.hosted_app import HostedApp, SessionDefaults
from peerreview.ssh.limits import Admission, GuessLimiter, Limits
from peerreview.ssh.plain_session import PlainSession
from peerreview.ssh.session import RoomCommand, Session
from peerreview.tui.kit.start import AppOptions

FrontEnd = HostedApp | PlainSession
"""What a person meets on a channel."""

_STARTING = 2
"""How many apps start at once: those who are in already come first."""
_TALKS = 50
"""How many people can talk in lines at the same time."""
_TIDY, _MUCH = 0.5, 3
"""Seconds between two looks for garbage, and the sessions or young collections that make much."""


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
    door_codes: DoorCodes
    start: AppOptions
    commands: Mapping[str, RoomCommand]
    limits: Limits = field(default_factory=Limits)
    log: Callable[[str], None] = print
    sessions: set[Session] = field(default_factory=set[Session])

    def __post_init__(self) -> None:
        self.admission, self.guesses = Admission(self.limits), GuessLimiter(self.limits.guesses)
        self.start_slots = asyncio.Semaphore(_STARTING)
        self._tasks: list[asyncio.Task[None]] = []
        self._ended, self._defaults = 0, SessionDefaults(self.start)
        self._threads = ThreadPoolExecutor(_TALKS)

    async def open(self, address: str, port: int) -> int:
        """Look at the rooms, then listen; return the port, which is free to choose for 0.

        Raises:
            OSError: The port can't be had.
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
        watching = (room.watch() for room in self.accounts.rooms.values())
        self._tasks = [loop.create_task(each) for each in (*watching, self._collect_garbage())]
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Say that it ends, wait a little, end every session, and stop listening."""
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
        """Collect what sessions and screens left, when nobody types or it is much.

        That takes longer the more sessions there are: with 500 of them two seconds.

        A cancelled timer keeps its app until its time has come, unless the loop finds more
        cancelled timers than others; and one of Textual's caches keeps what widgets drew.
        """
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_TIDY)
            StylesCache.get_inner_outer.cache_clear()
            here = len(self.sessions)
            young = gc.get_count()[2]  # how often it was collected since all was
            much = self._ended > _MUCH + here // 8 or young > 10 * _MUCH + here
            some = self._ended or young > _MUCH + here // 32
            typing = any(loop.time() - each.last_key < 1 for each in self.sessions)
            if not much and (typing or not some):
                continue
            self._ended = 0
            for _ in range(200 + 10 * here):
                loop.call_later(3600, gc.isenabled).cancel()
            await asyncio.sleep(0.01)
            gc.collect()
            if sys.platform == "linux":  # what is free goes back to the system, if it is glibc's
                await asyncio.to_thread(getattr(ctypes.CDLL(None), "malloc_trim", int), 0)

    # For sessions.

    def make_front_end(self, session: Session, environment: Mapping[str, str]) -> FrontEnd:
        """Make what a session meets: screens, or lines where there can be none."""
        if environment["TERM"] == "dumb":
            echo = session.channel.get_terminal_type() is not None
            return PlainSession(session.channel, session.room, echo, self._threads)
        return HostedApp(
            self._defaults, session.room, session.channel, environment, session.is_guest
        )

    def add_session(self, session: Session) -> bool:
        """Count a session in, unless there are too many."""
        if len(self.sessions) >= self.limits.sessions:
            self.log("refused: the host is full")
            return False
        self.sessions.add(session)
        self.log(f"{session.room.name}: somebody joined, {len(self.sessions)} here")
        return True

    def remove_session(self, session: Session) -> None:
        """Count a session out."""
        self.sessions.discard(session)
        self._ended += 1
        self.log(f"{session.room.name}: somebody left, {len(self.sessions)} here")
