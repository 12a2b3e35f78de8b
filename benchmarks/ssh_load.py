"""The load for `benchmarks.ssh`: people who join, press keys, and time what comes back."""

import asyncio
import re
from collections.abc import Sequence
from itertools import cycle
from time import perf_counter

import asyncssh

from benchmarks.ssh_hosts import Serving

_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*[A-Za-z]|[()][A-Z0-9]|[=>])")
_KEPT = 60_000


class _Door(asyncssh.SSHClient):
    def __init__(self, code: str) -> None:
        self._code = code

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[object]
    ) -> list[str]:
        return [self._code] * len(prompts)


class _Eyes(asyncssh.SSHClientSession[bytes]):
    def __init__(self) -> None:
        self.raw, self.count, self.at = b"", 0, 0.0
        self.news = asyncio.Event()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.at = perf_counter()
        self.count += len(data)
        self.raw = (self.raw + data)[-_KEPT:]
        self.news.set()


class Visitor:
    """One person."""

    @classmethod
    async def come(cls, serving: Serving) -> "Visitor":
        """Come through the door; the terminal comes with `paint`."""
        self = cls()
        self._connection = await asyncssh.connect(
            "127.0.0.1", serving.port, username="review", known_hosts=None, config=None,
            client_keys=None, agent_path=None, client_factory=lambda: _Door(serving.code),
        )  # fmt: skip
        return self

    async def paint(self, *words: bytes, term: str = "xterm-256color") -> float:
        """Ask for a terminal; return the seconds until one of these words is there."""
        start = perf_counter()
        self._channel, self.eyes = await self._connection.create_session(
            _Eyes, term_type=term, term_size=(80, 24), encoding=None
        )
        await self.sees(*words)
        return self.eyes.at - start

    async def sees(self, *words: bytes) -> None:
        """Wait until one of these words is there."""
        async with asyncio.timeout(60):
            while not any(word in _ESCAPE.sub(b"", self.eyes.raw) for word in words):
                self.eyes.news.clear()
                await self.eyes.news.wait()

    def press(self, key: bytes) -> None:
        """Press a key, and forget what was seen."""
        self.eyes.raw = b""
        self._channel.write(key)

    async def timed(self, key: bytes) -> float:
        """Press a key; return the seconds until something changes."""
        self.eyes.news.clear()
        start = perf_counter()
        self._channel.write(key)
        await asyncio.wait_for(self.eyes.news.wait(), 60)
        return self.eyes.at - start

    async def go(self) -> None:
        """Leave."""
        self._connection.abort()
        await self._connection.wait_closed()


class Crowd:
    """Many people at one host."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self.visitors: list[Visitor] = []
        self.during: list[float] = []

    @property
    def bytes(self) -> int:
        """What all of them received."""
        return sum(visitor.eyes.count for visitor in self.visitors)

    async def grow(self, by: int, *words: bytes, pause: float = 1) -> None:
        """Let more people join, four at a time."""

        async def one() -> None:
            visitor = await Visitor.come(self._serving)
            await visitor.paint(*(words or (b"q leave", b"q quit")))
            self.visitors.append(visitor)

        for start in range(0, by, 4):
            await asyncio.gather(*(one() for _ in range(min(4, by - start))))
        await asyncio.sleep(pause)

    async def keys(self, seconds: float, keys: Sequence[bytes], share: float = 1) -> list[float]:
        """Let a share of them press a key a second for some seconds; return what each took."""
        key_times: list[float] = []

        async def one(visitor: Visitor, number: int, count: int) -> None:
            await asyncio.sleep(number / count)
            for key, _ in zip(cycle(keys), range(int(seconds)), strict=False):
                key_times.append(took := await visitor.timed(key))
                await asyncio.sleep(max(0.0, 1 - took))

        people = self.visitors[: int(len(self.visitors) * share)]
        await asyncio.gather(*(one(visitor, at, len(people)) for at, visitor in enumerate(people)))
        return key_times

    async def leave(self, pause: float = 3) -> None:
        """All go home."""
        await asyncio.gather(*(visitor.go() for visitor in self.visitors))
        self.visitors.clear()
        await asyncio.sleep(pause)
