"""A guest with an SSH client, whose terminal pyte draws."""

import asyncio
import re
import time
from collections.abc import Mapping

import asyncssh
import pyte

PATIENCE = 60.0
"""Seconds until a test gives up waiting; only a very busy machine takes so long."""
KEYS = {"enter": "\r", "esc": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "left": "\x1b[D"}


class Screen(asyncssh.SSHClientSession[bytes]):
    """What comes out of a channel, drawn."""

    def __init__(self, columns: int, lines: int) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw, self.errors = b"", b""
        self.ended = asyncio.Event()
        self.news = asyncio.Event()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if datatype:
            self.errors += data
        else:
            self.raw += data
            self.stream.feed(data)
        self.news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        self.news.set()


class Door(asyncssh.SSHClient):
    """Answers the question for the door code."""

    def __init__(self, code: str) -> None:
        self.code, self.asked = code, 0

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(self, name, instructions, lang, prompts):
        self.asked += 1
        return [self.code] * len(prompts)


async def connect(
    port: int, code: str = "", account: str = "review", **options: object
) -> asyncssh.SSHClientConnection:
    """Connect with a door code; asyncssh raises an error if the host refuses it."""
    return await asyncssh.connect(
        "127.0.0.1",
        port,
        username=account,
        known_hosts=None,
        config=None,
        agent_path=None,
        client_keys=options.pop("client_keys", None),
        client_factory=lambda: Door(code),
        **options,
    )


class Guest:
    """One person in one terminal."""

    def __init__(self, connection: asyncssh.SSHClientConnection) -> None:
        self.connection = connection

    @classmethod
    async def joined(
        cls,
        port: int,
        code: str,
        *,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        env: Mapping[str, str] | None = None,
        command: str | None = None,
        **options: object,
    ) -> "Guest":
        guest = cls(await connect(port, code, **options))
        guest.channel, guest.session = await guest.connection.create_session(
            lambda: Screen(*size),
            command,
            term_type=term or None,
            term_size=size,
            env=env or {},
            encoding=None,
        )
        return guest

    # What is on the screen.

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.session.screen.display)

    async def until(self, condition, what: object, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not condition():
            self.session.news.clear()
            left = end - time.monotonic()
            assert left > 0, f"waited for {what}; the screen:\n{self.text}"
            assert not self.session.ended.is_set(), (
                f"ended before {what}: {self.error_text}\n{self.text}"
            )
            try:
                await asyncio.wait_for(self.session.news.wait(), min(left, 0.5))
            except TimeoutError:
                continue

    async def sees(self, *parts: str, patience: float = PATIENCE) -> str:
        """Wait until all these texts are on the screen; return the screen."""
        await self.until(lambda: all(part in self.text for part in parts), parts, patience)
        return self.text

    async def reads(self, pattern: str) -> str:
        """Wait for a line that matches a pattern, and return its first group."""
        await self.until(lambda: re.search(pattern, self.text, re.MULTILINE), pattern)
        return re.search(pattern, self.text, re.MULTILINE)[1]

    @property
    def error_text(self) -> str:
        """The text that arrived on standard error."""
        return self.session.errors.decode()

    async def ends(self, patience: float = PATIENCE) -> int | None:
        """Wait for the end; return the exit code."""
        await asyncio.wait_for(self.session.ended.wait(), patience)
        return self.channel.get_exit_status()

    # Keys.

    def press(self, *keys: str) -> None:
        for key in keys:
            self.channel.write(KEYS.get(key, key).encode())

    async def draws(self) -> str:
        """Draw a code, and go on to the ballot."""
        await self.sees("codes drawn", "take my turn")
        self.press("enter")
        await self.sees("I have it")
        code = " ".join((await self.reads(r"^ *([a-z]+(?: {3}[a-z]+){3})$")).split())
        self.press("y")
        await self.sees("BALLOT", "0/")
        return code

    async def casts(self) -> str:
        """Check and cast from the ballot; return the receipt."""
        self.press("c")
        await self.sees("CHECK AND CAST")
        self.press("c", "enter")
        return await self.reads(r"Receipt: ([a-z]+ [a-z]+)\.")

    async def takes_turn(self, partners: int = 5) -> str:
        """Draw, rate everybody, cast, and wait; return the code."""
        code = await self.draws()
        self.press("44x" * partners)
        await self.sees(f"{partners}/{partners}")
        await self.casts()
        self.press(" ")
        await self.sees("Your ballot is in")
        return code

    async def leave(self) -> None:
        self.connection.abort()
        await self.connection.wait_closed()
