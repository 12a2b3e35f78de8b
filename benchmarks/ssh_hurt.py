"""What clients that mean harm do to others, beside a real code: `python -m benchmarks.ssh_hurt`.

Somebody types letters and sees each of them, while the attacks of the tests run one after the
other, and somebody else enters a code, which takes one Argon2id. Then 500 sessions come and go.
Linux only: memory and descriptors are read from /proc. A busy machine makes everything slower, so
beside each attack stands the same typing just before it.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.big_group import make_big_group
from benchmarks.ssh import p95, tell
from benchmarks.ssh_hosts import OneProcess
from benchmarks.ssh_load import Crowd, Visitor
from peerreview.ballotbox.key import Strength

ATTACKS = ("sizes", "kitty", "utf8", "keys", "mouse", "paste", "open paste", "stalled", "channels",
           "environment", "idle", "storm", "sessions", "guessing")  # fmt: skip
ARGON2 = Strength().memory / 2**20
SESSIONS, PAUSE = 500, 0.02
AGAIN, SLOWER, MORE = 3, 50, 8
"""Tries, of which the best counts: a busy machine is slow at times; milliseconds and MB allowed."""
LOBBY = b"codes drawn"


async def field(serving: OneProcess) -> Visitor:
    """Let somebody join and go to the field of a code."""
    visitor = await Visitor.come(serving)
    await visitor.paint(LOBBY)
    visitor.press(b"m")
    await visitor.sees(b"Your code")
    return visitor


async def typing(canary: Visitor, until: Callable[[], bool], least: int = 40) -> list[float]:
    """Type, and take it back, until something is over; return what each key took."""
    times: list[float] = []
    while len(times) < least or not until():
        for key in (b"a", b"\x7f"):
            times.append(await canary.timed(key))
            await asyncio.sleep(PAUSE)
    return times


async def talking(serving: OneProcess) -> Visitor:
    """Let somebody join in plain lines, and go to the turns."""
    visitor = await Visitor.come(serving)
    await visitor.paint(b"take a turn", term="dumb")
    visitor.press(b"t\n")
    await visitor.sees(LOBBY)
    return visitor


async def enter(visitor: Visitor) -> None:
    """Enter a code that nobody drew: one Argon2id."""
    visitor.press(b"m\nabandon ability able about\n")
    await visitor.sees(b"doesn't open")


def peak(serving: OneProcess, anew: bool = False) -> float:
    """Return the most memory the host had since the last time it was set back, in MB."""
    home = Path(f"/proc/{serving.process}")
    if anew:
        (home / "clear_refs").write_text("5")
    match = re.search(r"VmHWM:\s+(\d+)", (home / "status").read_text())
    assert match
    return int(match[1]) / 1024


def is_harmless(measurement: tuple[float, float, float]) -> bool:
    """Return whether what an attack did is within what is allowed."""
    quiet, during, more = measurement
    return during - quiet < SLOWER and more < MORE


async def attacks(serving: OneProcess) -> None:
    """Measure what each attack does to the canary and to memory."""
    serving.drain()
    canary, other = await field(serving), await talking(serving)
    attacker = subprocess.Popen(
        [sys.executable, "-m", "ssh.attacker", str(serving.port), serving.code.replace(" ", "")],
        cwd=Path("tests"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert attacker.stdin
    assert attacker.stdout
    await enter(other)
    await asyncio.sleep(2)
    most = peak(serving, anew=True) + ARGON2

    async def attacked(name: str) -> tuple[float, float, float]:
        """Return the 95th percentile before and meanwhile, and MB beyond start and Argon2id."""
        quiet = await typing(canary, lambda: True)
        peak(serving, anew=True)
        attacker.stdin.write(f"{name}\n")
        answer = asyncio.create_task(asyncio.to_thread(attacker.stdout.readline))
        entering = asyncio.create_task(enter(other))
        during = await typing(canary, lambda: answer.done() and entering.done())
        more = peak(serving) - most
        return p95(quiet) * 1000, p95(during) * 1000, more

    for name in ATTACKS:
        tries: list[tuple[float, float, float]] = []
        while len(tries) < AGAIN and not any(map(is_harmless, tries)):
            tries.append(await attacked(name))
        quiet, during, more = best = min(tries, key=lambda times: times[1] - times[0])
        figures = f"{quiet:.0f} {during:6.0f} {more:7.1f}"
        tell(f"{name}: p95 before, during, ms; MB beyond Argon2id", figures, "< +50, < 8",
             is_harmless(best))  # fmt: skip
    attacker.communicate()
    await asyncio.gather(canary.go(), other.go())


async def coming_and_going(serving: OneProcess) -> None:
    """Measure what 500 sessions leave behind."""
    crowd = Crowd(serving)

    async def visit(count: int) -> tuple[float, int]:
        for _ in range(count // 4):
            await crowd.grow(4, LOBBY, pause=0)
            await crowd.leave(pause=0)
        await asyncio.sleep(4)  # until the host has tidied up
        files = len(list(Path(f"/proc/{serving.process}/fd").iterdir()))
        return serving.memory(), files

    memory, files = await visit(40)
    after, left = await visit(SESSIONS)
    more = after - memory
    tell(f"memory that {SESSIONS} sessions leave, MB", f"{more:.1f}", "< 10", more < 10)
    tell("descriptors they leave", f"{left - files}", "0", left <= files)


async def run() -> None:
    """Do harm, then come and go."""
    with TemporaryDirectory() as folder:
        serving = OneProcess(make_big_group(Path(folder)).path)
        try:
            start = perf_counter()
            await attacks(serving)
            await coming_and_going(serving)
            print(f"took {perf_counter() - start:.0f} s")
        finally:
            serving.end()


if __name__ == "__main__":
    asyncio.run(run())
