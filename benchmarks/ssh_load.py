"""The load for `benchmarks.ssh`: people who join, press keys, and time what comes back."""

import asyncio
import re
from collections.abc import Sequence
from itertools import cycle
from time import perf_counter

import asyncssh

from benchmarks.ssh_hosts import RunningHost

_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*[A-Za-z]|[()][A-Z0-9]|[=>])")
_KEPT_BYTES = 60_000


class _DoorClient(asyncssh.SSHClient):
    def __init__(self, code: str) -> None:
        self._code = code

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[object]
    ) -> list[str]:
        return [self._code] * len(prompts)


class _TerminalSession(asyncssh.SSHClientSession[bytes]):
    def __init__(self) -> None:
        self.raw, self.byte_count, self.last_data_time = b"", 0, 0.0
        self.new_data = asyncio.Event()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.last_data_time = perf_counter()
        self.byte_count += len(data)
        self.raw = (self.raw + data)[-_KEPT_BYTES:]
        self.new_data.set()


class Visitor:
    """One person with a terminal."""

    @classmethod
    async def join(cls, host: RunningHost) -> "Visitor":
        """Connect with the door code; `open_terminal` opens a terminal."""
        self = cls()
        self._connection = await asyncssh.connect(
            "127.0.0.1", host.port, username="review", known_hosts=None, config=None,
            client_keys=None, agent_path=None, client_factory=lambda: _DoorClient(host.code),
        )  # fmt: skip
        return self

    async def open_terminal(self, *words: bytes, term: str = "xterm-256color") -> float:
        """Open a terminal; return the seconds until one of these words is on it."""
        start = perf_counter()
        self._channel, self.session = await self._connection.create_session(
            _TerminalSession, term_type=term, term_size=(80, 24), encoding=None
        )
        await self.wait_for(*words)
        return self.session.last_data_time - start

    async def wait_for(self, *words: bytes) -> None:
        """Wait until one of these words has arrived since the last key."""
        async with asyncio.timeout(60):
            while not any(word in _ESCAPE.sub(b"", self.session.raw) for word in words):
                self.session.new_data.clear()
                await self.session.new_data.wait()

    def press(self, key: bytes) -> None:
        """Press a key, and forget what has arrived so far."""
        self.session.raw = b""
        self._channel.write(key)

    async def time_key(self, key: bytes) -> float:
        """Press a key; return the seconds until something arrives."""
        self.session.new_data.clear()
        start = perf_counter()
        self._channel.write(key)
        await asyncio.wait_for(self.session.new_data.wait(), 60)
        return self.session.last_data_time - start

    async def leave(self) -> None:
        """Close the connection."""
        self._connection.abort()
        await self._connection.wait_closed()


class Crowd:
    """Many people at one host."""

    def __init__(self, host: RunningHost) -> None:
        self._host = host
        self.visitors: list[Visitor] = []
        self.storm_key_times: list[float] = []

    @property
    def received_bytes(self) -> int:
        """How many bytes all of them received."""
        return sum(visitor.session.byte_count for visitor in self.visitors)

    async def grow(self, by: int, *words: bytes, pause: float = 1) -> None:
        """Let more people join, four at a time."""

        async def add_visitor() -> None:
            visitor = await Visitor.join(self._host)
            await visitor.open_terminal(*(words or (b"q leave", b"q quit")))
            self.visitors.append(visitor)

        for start in range(0, by, 4):
            await asyncio.gather(*(add_visitor() for _ in range(min(4, by - start))))
        await asyncio.sleep(pause)

    async def press_keys(
        self, seconds: float, keys: Sequence[bytes], share: float = 1
    ) -> list[float]:
        """Let a share of them press a key a second for some seconds; return what each took."""
        key_times: list[float] = []

        async def press_for(visitor: Visitor, number: int, count: int) -> None:
            await asyncio.sleep(number / count)
            for key, _ in zip(cycle(keys), range(int(seconds)), strict=False):
                key_times.append(took := await visitor.time_key(key))
                await asyncio.sleep(max(0.0, 1 - took))

        people = self.visitors[: int(len(self.visitors) * share)]
        await asyncio.gather(
            *(press_for(visitor, at, len(people)) for at, visitor in enumerate(people))
        )
        return key_times

    async def leave(self, pause: float = 3) -> None:
        """Close all connections."""
        await asyncio.gather(*(visitor.leave() for visitor in self.visitors))
        self.visitors.clear()
        await asyncio.sleep(pause)
