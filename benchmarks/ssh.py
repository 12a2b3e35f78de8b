"""What a host costs and how quick it is: `python -m benchmarks.ssh`, or with `--quick`.

Beside it, in the same run and under the same load: the same screens, one process a session (an
SSH server that starts `peerreview open` in a pty for everybody). Host, peer and load run in
processes of their own; the load decrypts and looks for words, nobody draws. Linux only: memory
and CPU are read from /proc. Goals are those of the design; a busy machine misses them.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.big_group import make_big_group
from benchmarks.ssh_hosts import OneProcess, ProcessEach, Serving
from benchmarks.ssh_load import Crowd, Visitor

QUICK = {200: 18, 500: 25}
"""Milliseconds at so many sessions: 0.4 and 0.3 of what wish, in Go, took for the same."""
STORM = 10
"""Seconds in which as many people join as are there."""
UP, DOWN = b"\x1b[A", b"\x1b[B"


def ms(times: Sequence[float]) -> str:
    """Return median and 95th percentile in milliseconds."""
    return f"{median(times) * 1000:7.1f} {p95(times) * 1000:7.1f}"


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def tell(what: str, figure: str, goal: str = "", held: bool | None = None) -> None:
    """Print a line."""
    verdict = "" if held is None else "holds" if held else "DOES NOT HOLD"
    print(f"{what:<58}{figure:>22}   {goal:<14}{verdict}", flush=True)


async def joining(serving: Serving, times: int) -> list[float]:
    """Join alone, again and again; return the seconds from the shell to the first picture."""
    paint_times: list[float] = []
    for _ in range(times):
        visitor = await Visitor.come(serving)
        paint_times.append(await visitor.paint(b"q leave", b"q quit"))
        await visitor.go()
    return paint_times


async def storm(serving: Serving, crowd: Crowd, joins: int, seconds: float) -> list[float]:
    """Let people join over some seconds while the others press keys."""

    async def one(at: float) -> float:
        await asyncio.sleep(at)
        visitor = await Visitor.come(serving)
        took = await visitor.paint(b"q leave", b"q quit")
        crowd.visitors.append(visitor)
        return took

    keys = asyncio.create_task(crowd.keys(seconds, (DOWN, UP)))
    took = await asyncio.gather(*(one(number * seconds / joins) for number in range(joins)))
    crowd.during = await keys
    return list(took)


async def measure(serving: Serving, name: str, counts: Sequence[int], seconds: float) -> None:
    """Measure one way of hosting."""
    ours = isinstance(serving, OneProcess)
    print(f"\n{name}")
    alone = await joining(serving, 5)
    tell("first paint, alone, ms: p50, p95", ms(alone), "<= 60", median(alone) <= 0.06)
    before, crowd = serving.memory(), Crowd(serving)
    cpu = serving.cpu()
    await crowd.grow(counts[0])
    tell(f"CPU per join, ms ({counts[0]} joins, 4 at a time)",
         f"{(serving.cpu() - cpu) / counts[0] * 1000:.0f}")  # fmt: skip
    for count in counts:
        await crowd.grow(count - len(crowd.visitors))
        per_session = (serving.memory() - before) / count
        tell(
            f"memory per session on the board, MB, N = {count}",
            f"{per_session:.2f}",
            "<= 1.0",
            per_session <= 1,
        )
        await asyncio.sleep(5)  # what joining left is tidied up
        share = 0.3 if count >= 500 else 1
        cpu, waited = serving.cpu(), serving.waited()
        times = await crowd.keys(seconds, (DOWN, UP), share)
        cpu = (serving.cpu() - cpu) / len(times) * 1000
        waited = (serving.waited() - waited) / seconds * 100
        active = f"{count} x 1 key a second{', 30 % active' if share < 1 else ''}"
        goal = QUICK.get(count)
        tell(f"key to paint, {active}, ms: p50, p95", ms(times), f"<= {goal} p95" if goal else "",
             p95(times) <= goal / 1000 if goal else None)  # fmt: skip
        tell("CPU per key, ms; a busy machine kept it waiting, %", f"{cpu:.1f} {waited:7.0f}")
        await asyncio.sleep(4)  # what the keys left is tidied up
        cpu = serving.cpu()
        await asyncio.sleep(seconds / 2)
        idle = (serving.cpu() - cpu) / (seconds / 2) * 100
        tell(f"idle CPU, {count} sessions, % of a core", f"{idle:.1f}", "<= 1", idle <= 1)
        if count == counts[0]:
            took = await storm(serving, crowd, count, STORM)
            tell(f"first paint, {count} joining in {STORM} s, ms: p50, p95", ms(took),
                 "<= 300 p95", p95(took) <= 0.3)  # fmt: skip
            tell("key to paint of the others meanwhile, ms: p50, p95", ms(crowd.during),
                 "<= 60 p95", p95(crowd.during) <= 0.06)  # fmt: skip
    await crowd.leave()
    if ours:
        await changes(serving, counts[0])


async def changes(serving: OneProcess, count: int) -> None:
    """Measure what a change of the counters costs each viewer, and a session that rates."""
    serving.open_round()
    await asyncio.sleep(2)
    crowd = Crowd(serving)
    await crowd.grow(count, b"codes drawn")
    await asyncio.sleep(6)  # what joining left is tidied up
    quiet = serving.cpu()
    await asyncio.sleep(3)
    quiet, cpu, size = (serving.cpu() - quiet) / 3, serving.cpu(), crowd.bytes
    drawn = 6
    for _ in range(drawn):
        await asyncio.to_thread(serving.draw)
        await asyncio.sleep(0.5)
    await asyncio.sleep(0.5)
    spent = (serving.cpu() - cpu - quiet * (drawn + 1) / 2) / drawn / count * 1000
    tell("CPU of a change per viewer, ms", f"{spent:.2f}", "<= 0.7", spent <= 0.7)
    sent = (crowd.bytes - size) / drawn / count
    tell("bytes of a change per viewer", f"{sent:.0f}", "<= 200", sent <= 200)
    raters = crowd.visitors[:8]
    before = serving.memory()
    for rater in raters:
        rater.press(b"\r")
        await rater.sees(b"I have it")
        rater.press(b"y")
        await rater.sees(b"check & cast")
    more = (serving.memory() - before) / len(raters)
    tell("memory on the rating screen, on top of the lobby, MB", f"{more:.2f}", "<= 1.5",
         more <= 1.5)  # fmt: skip
    await crowd.leave()


async def run(quick: bool) -> None:
    """Measure ours and the peer."""
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        for folder, make, name, counts in (
            (
                one,
                OneProcess,
                "one process, one app a channel (ours)",
                (20,) if quick else (50, 200, 500),
            ),
            (other, ProcessEach, "one process a session (the peer)", (8,) if quick else (20, 50)),
        ):
            group = make_big_group(Path(folder), ballots=6)
            group.services().rounds.close(group.key, 6)
            serving = make(group.path)
            try:
                await measure(serving, name, counts, 5 if quick else 15)
            finally:
                serving.end()


def main() -> None:
    """Read the wish and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer sessions, about a minute")
    if sys.platform != "linux":
        parser.error("this reads /proc: Linux only")
    asyncio.run(run(parser.parse_args().quick))


if __name__ == "__main__":
    main()
