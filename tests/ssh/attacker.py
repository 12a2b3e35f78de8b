"""A process that attacks a host; each line of its input names an attack.

`python -m ssh.attacker PORT CODE`, then the names of attacks; it answers every one with `done`.
"""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable

import asyncssh

from ssh.guest import Screen, connect

LARGEST_WINDOW = 2**31 - 1


class SilentSession(asyncssh.SSHClientSession[bytes]):
    """Drops everything that arrives."""

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Drop the data."""


async def open_terminal(
    port: int, code: str, **options: object
) -> tuple[asyncssh.SSHClientConnection, asyncssh.SSHClientChannel[bytes]]:
    connection = await connect(port, code)
    settings = {"term_type": "xterm", "term_size": (80, 24), "encoding": None, **options}
    channel, _ = await connection.create_session(SilentSession, **settings)
    await asyncio.sleep(0.3)
    return connection, channel


async def pour(channel: asyncssh.SSHClientChannel[bytes], data: bytes, seconds: float = 1) -> None:
    """Send as much of the data as the host takes in some seconds."""
    channel.write(data)
    end = asyncio.get_running_loop().time() + seconds
    while channel.get_write_buffer_size() and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(0.02)


async def sizes(port: int, code: str) -> None:
    connection, channel = await open_terminal(port, code, term_size=(65535, 65535))
    for number in range(150):
        channel.change_terminal_size(65535 - number, 4_000_000_000, 0, 0)
        await asyncio.sleep(0.003)
    channel.write(b"\x1b[48;65535;65535;65535;65535t" * 20)
    channel.write(b"\x1b[48;0;0;0;0t\x1b[<0;5;5M\x1b[<0;5;5m" * 20)
    await asyncio.sleep(0.5)
    connection.abort()


def typing(data: bytes) -> Callable[[int, str], Awaitable[None]]:
    async def attack(port: int, code: str) -> None:
        connection, channel = await open_terminal(port, code)
        await pour(channel, data)
        connection.abort()

    return attack


async def stalled(port: int, code: str) -> None:
    """Make the host draw, and read nothing: neither the channel nor the socket."""
    connection, channel = await open_terminal(port, code, window=LARGEST_WINDOW)
    connection._transport.pause_reading()
    for number in range(100):
        channel.change_terminal_size(200 + number % 2, 90, 0, 0)
        if number % 20 == 0:
            channel.write(b"?\x1b")
        await asyncio.sleep(0.01)
    connection.abort()


async def channels(port: int, code: str) -> None:
    connection, _ = await open_terminal(port, code)
    refused = 0
    for _ in range(30):
        try:
            await connection.create_session(SilentSession, term_type="xterm", encoding=None)
        except asyncssh.ChannelOpenError:
            refused += 1
    assert refused == 30
    connection.abort()


async def environment(port: int, code: str) -> None:
    connection = await connect(port, code)
    variables = {f"NAME_{number}": "x" * 20_000 for number in range(200)}
    with contextlib.suppress(asyncssh.Error):
        await connection.create_session(
            SilentSession, term_type="xterm", env=variables, encoding=None
        )
    await asyncio.sleep(0.3)
    connection.abort()


async def idle(port: int, code: str) -> None:
    """Open three hundred connections and send nothing."""
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
    await asyncio.sleep(0.5)
    for _, writer in connections:
        writer.close()


async def guessing(port: int, code: str) -> None:
    async def guess(number: int) -> None:
        with contextlib.suppress(asyncssh.Error, OSError):
            await connect(port, f"{number:06}")

    tries = [asyncio.create_task(guess(number)) for number in range(20)]
    await asyncio.wait(tries, timeout=1)
    for attempt in tries:
        attempt.cancel()


async def storm(port: int, code: str) -> None:
    """Join and leave at once, again and again."""

    async def one() -> None:
        with contextlib.suppress(asyncssh.Error, OSError):
            (await connect(port, code)).abort()

    for _ in range(4):
        await asyncio.gather(*(one() for _ in range(5)))


async def sessions(port: int, code: str) -> None:
    """Open and close a session, twenty times."""
    for _ in range(20):
        connection = await connect(port, code)
        await connection.create_session(
            lambda: Screen(80, 24), term_type="xterm", term_size=(80, 24), encoding=None
        )
        await asyncio.sleep(0.05)
        connection.abort()


PASTE = b"\x1b[200~" + b"all work and no play \r\n" * 50_000
ATTACKS = {
    "sizes": sizes,
    "kitty": typing(b"\x1b[99999999999;5u\x1b[55296;1u\x1b[97;1;1114112:55296u" * 2_000),
    "utf8": typing(b"\xff\xfe\xc3\x28\xe2\x82\xf0\x9f" * 20_000),
    "keys": typing(b"?\x1bj\x1b[Bk" * 14_000),
    "mouse": typing(b"\x1b[<32;10;10M\x1b[<35;11;10M" * 25_000),
    "paste": typing(PASTE * 17 + b"\x1b[201~"),
    "open paste": typing(b"m" + PASTE),
    "stalled": stalled,
    "channels": channels,
    "environment": environment,
    "idle": idle,
    "storm": storm,
    "sessions": sessions,
    "guessing": guessing,  # the last: who guesses wrong waits longer at the door for a minute
}


async def main(port: int, code: str) -> None:
    for line in sys.stdin:
        await ATTACKS[line.strip()](port, code)
        await asyncio.sleep(0.05)  # until what was cut off is cut off
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
