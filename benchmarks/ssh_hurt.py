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
from benchmarks.ssh import p95, print_figure
from benchmarks.ssh_hosts import OneProcess
from benchmarks.ssh_load import Crowd, Visitor
from peerreview.ballotbox.key import Strength

ATTACKS = ("sizes", "kitty", "utf8", "keys", "mouse", "paste", "open paste", "stalled", "channels",
           "environment", "idle", "storm", "sessions", "guessing")  # fmt: skip
ARGON2 = Strength().memory / 2**20
SESSIONS, PAUSE = 500, 0.02
TRIES, MOST_SLOWER, MOST_MORE = 3, 50, 8
"""Tries, of which the best counts: a busy machine is slow at times; milliseconds and MB allowed."""
LOBBY = b"codes drawn"


async def open_code_field(host: OneProcess) -> Visitor:
    """Let somebody join and open the field for a code."""
    visitor = await Visitor.join(host)
    await visitor.open_terminal(LOBBY)
    visitor.press(b"m")
    await visitor.wait_for(b"Your code")
    return visitor


async def time_letters(
    canary: Visitor, is_over: Callable[[], bool], least: int = 40
) -> list[float]:
    """Type a letter and delete it until a condition holds; return the seconds of every key."""
    times: list[float] = []
    while len(times) < least or not is_over():
        for key in (b"a", b"\x7f"):
            times.append(await canary.time_key(key))
            await asyncio.sleep(PAUSE)
    return times


async def join_in_lines(host: OneProcess) -> Visitor:
    """Let somebody join in plain lines and go to the turns."""
    visitor = await Visitor.join(host)
    await visitor.open_terminal(b"take a turn", term="dumb")
    visitor.press(b"t\n")
    await visitor.wait_for(LOBBY)
    return visitor


async def enter_wrong_code(visitor: Visitor) -> None:
    """Enter a code that nobody drew, which takes one Argon2id."""
    visitor.press(b"m\nabandon ability able about\n")
    await visitor.wait_for(b"doesn't open")


def read_peak_memory(host: OneProcess, is_reset: bool = False) -> float:
    """Return the most memory the host had since the last reset, in MB."""
    home = Path(f"/proc/{host.process}")
    if is_reset:
        (home / "clear_refs").write_text("5")
    match = re.search(r"VmHWM:\s+(\d+)", (home / "status").read_text())
    assert match
    return int(match[1]) / 1024


def is_harmless(measurement: tuple[float, float, float]) -> bool:
    """Return whether what an attack did is within what is allowed."""
    quiet, during, more = measurement
    return during - quiet < MOST_SLOWER and more < MOST_MORE


async def measure_attacks(host: OneProcess) -> None:
    """Measure what each attack does to the canary and to memory."""
    host.drain()
    canary, other = await open_code_field(host), await join_in_lines(host)
    attacker = subprocess.Popen(
        [sys.executable, "-m", "ssh.attacker", str(host.port), host.code.replace(" ", "")],
        cwd=Path("tests"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert attacker.stdin
    assert attacker.stdout
    await enter_wrong_code(other)
    await asyncio.sleep(2)
    most = read_peak_memory(host, is_reset=True) + ARGON2

    async def measure_attack(name: str) -> tuple[float, float, float]:
        """Return the 95th percentile before and meanwhile, and MB beyond start and Argon2id."""
        quiet = await time_letters(canary, lambda: True)
        read_peak_memory(host, is_reset=True)
        attacker.stdin.write(f"{name}\n")
        answer = asyncio.create_task(asyncio.to_thread(attacker.stdout.readline))
        entering = asyncio.create_task(enter_wrong_code(other))
        during = await time_letters(canary, lambda: answer.done() and entering.done())
        more = read_peak_memory(host) - most
        return p95(quiet) * 1000, p95(during) * 1000, more

    for name in ATTACKS:
        tries: list[tuple[float, float, float]] = []
        while len(tries) < TRIES and not any(map(is_harmless, tries)):
            tries.append(await measure_attack(name))
        quiet, during, more = best = min(tries, key=lambda times: times[1] - times[0])
        figures = f"{quiet:.0f} {during:6.0f} {more:7.1f}"
        print_figure(
            f"{name}: p95 before, during, ms; MB beyond Argon2id",
            figures,
            "< +50, < 8",
            is_harmless(best),
        )
    attacker.communicate()
    await asyncio.gather(canary.leave(), other.leave())


async def measure_what_stays(host: OneProcess) -> None:
    """Measure what 500 sessions leave behind."""
    crowd = Crowd(host)

    async def visit(count: int) -> tuple[float, int]:
        for _ in range(count // 4):
            await crowd.grow(4, LOBBY, pause=0)
            await crowd.leave(pause=0)
        await asyncio.sleep(4)  # until the host has tidied up
        files = len(list(Path(f"/proc/{host.process}/fd").iterdir()))
        return host.read_memory(), files

    memory, files = await visit(40)
    after, left = await visit(SESSIONS)
    more = after - memory
    print_figure(f"memory that {SESSIONS} sessions leave, MB", f"{more:.1f}", "< 10", more < 10)
    print_figure("descriptors they leave", f"{left - files}", "0", left <= files)


async def run() -> None:
    """Measure the attacks, then what many sessions leave behind."""
    with TemporaryDirectory() as folder:
        host = OneProcess(make_big_group(Path(folder)).path)
        try:
            start = perf_counter()
            await measure_attacks(host)
            await measure_what_stays(host)
            print(f"took {perf_counter() - start:.0f} s")
        finally:
            host.stop()


if __name__ == "__main__":
    asyncio.run(run())
