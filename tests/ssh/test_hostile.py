"""Hostile clients: they barely slow the keys of another guest, and take little memory."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from statistics import quantiles

import pytest

from .attacker import ATTACKS
from .guest import Guest
from .running import Running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc"),
]
MOST_SLOWER, MOST_MORE = 0.05, 8
"""How much an attack may move the canary's 95th percentile, in seconds, and memory, in MB."""
TRIES = 6
"""A busy machine makes everything slower at times: an attack that once stays within is harmless."""


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


class Canary:
    """A guest who types letters into a field and times until they show."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest

    async def types(self, until: Callable[[], bool], least: int = 12) -> float:
        """Type for a while; return the 95th percentile of the seconds until a letter is there."""
        times: list[float] = []
        while len(times) < least or not until():
            self.guest.session.news.clear()
            start = time.perf_counter()
            self.guest.press("a")
            await asyncio.wait_for(self.guest.session.news.wait(), 20)
            times.append(time.perf_counter() - start)
            await asyncio.sleep(0.02)
        return p95(times)


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[tuple[Running, Canary]]:
    """A host in a process of its own, and a canary in it."""
    running = await asyncio.to_thread(Running, tmp_path / "gulf.group.json")
    guest = await Guest.joined(running.port, running.code)
    await guest.sees("codes drawn")
    guest.press("m")
    await guest.sees("Your code: four words")
    yield running, Canary(guest)
    await guest.leave()
    assert await asyncio.to_thread(running.end) == 0


async def test_attacks_barely_slow_others_and_leave_nothing_behind(
    hosted: tuple[Running, Canary],
) -> None:
    running, canary = hosted
    attacker = subprocess.Popen(
        [sys.executable, "-m", "ssh.attacker", str(running.port), running.code],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert attacker.stdin
    assert attacker.stdout

    async def attacked(name: str) -> tuple[float, float]:
        """Return by how much the canary slowed down, and by how much memory grew."""
        before, memory = await canary.types(lambda: True), running.memory
        attacker.stdin.write(f"{name}\n")
        answer = asyncio.create_task(asyncio.to_thread(attacker.stdout.readline))
        during = await canary.types(answer.done)
        assert await answer == "done\n"
        return during - before, running.memory - memory

    harm: dict[str, tuple[float, float]] = {}
    for name in ATTACKS:
        for _ in range(TRIES):
            slower, more = await attacked(name)
            best = harm.get(name, (9.0, 999.0))
            harm[name] = min(best[0], slower), min(best[1], more)
            if harm[name][0] < MOST_SLOWER and harm[name][1] < MOST_MORE:
                break
    attacker.communicate()  # its input ends, and so does it
    assert {name: times for name, times in harm.items() if times[0] >= MOST_SLOWER} == {}
    assert {name: growth for name, growth in harm.items() if growth[1] >= MOST_MORE} == {}
    end = time.monotonic() + 8
    while running.files > 9 and time.monotonic() < end:
        await asyncio.sleep(0.1)
    assert running.files <= 9
    assert not [line for line in running.lines() if "defect" in line]


async def test_nothing_handed_in_is_lost_when_the_host_is_cut_off(tmp_path: Path) -> None:
    running = await asyncio.to_thread(Running, tmp_path / "gulf.group.json")
    guest, other = [await Guest.joined(running.port, running.code) for _ in range(2)]
    await guest.takes_turn()
    await other.draws()
    other.press("44x")
    running.kill()
    await guest.leave()
    await other.leave()
    assert running.services.rounds.recover() == ()
    progress = running.services.rounds.progress()
    assert progress
    assert (progress.drawn, progress.handed_in) == (2, 1)


async def test_sessions_that_ended_leave_no_memory_and_no_files_behind(tmp_path: Path) -> None:
    running = await asyncio.to_thread(Running, tmp_path / "gulf.group.json")

    async def visit() -> None:
        guest = await Guest.joined(running.port, running.code)
        await guest.sees("codes drawn")
        await guest.leave()

    async def visits(count: int) -> tuple[float, int]:
        for _ in range(count // 4):
            await asyncio.gather(*(visit() for _ in range(4)))
        await asyncio.sleep(3)  # until the host has tidied up
        return running.memory, running.files

    memory, files = await visits(20)
    after, files_after = await visits(40)
    assert after - memory < 10
    assert files_after <= files
    assert await asyncio.to_thread(running.end) == 0


async def test_a_log_without_a_reader_ends_no_session(tmp_path: Path) -> None:
    running = await asyncio.to_thread(Running, tmp_path / "gulf.group.json")
    running.stop_reading()
    guest = await Guest.joined(running.port, running.code)
    await guest.takes_turn()
    await guest.leave()
    assert await asyncio.to_thread(running.end) in (0, 141), "141: nobody listens"
