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
from benchmarks.ssh_hosts import OneProcess, ProcessPerSession, RunningHost
from benchmarks.ssh_load import Crowd, Visitor

KEY_GOALS = {200: 18, 500: 25}
"""Milliseconds at so many sessions: 0.4 and 0.3 of what wish, in Go, took for the same."""
STORM = 10
"""Seconds in which as many people join as are there."""
UP, DOWN = b"\x1b[A", b"\x1b[B"


def format_milliseconds(times: Sequence[float]) -> str:
    """Return median and 95th percentile in milliseconds."""
    return f"{median(times) * 1000:7.1f} {p95(times) * 1000:7.1f}"


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def print_figure(what: str, figure: str, goal: str = "", is_met: bool | None = None) -> None:
    """Print a figure beside its goal, and whether the goal is met; None: there is no goal."""
    verdict = {None: "", True: "holds", False: "DOES NOT HOLD"}[is_met]
    print(f"{what:<58}{figure:>22}   {goal:<14}{verdict}", flush=True)


async def time_joins(host: RunningHost, times: int) -> list[float]:
    """Join several times, alone; return the seconds from the shell to each first picture."""
    paint_times: list[float] = []
    for _ in range(times):
        visitor = await Visitor.join(host)
        paint_times.append(await visitor.open_terminal(b"q leave", b"q quit"))
        await visitor.leave()
    return paint_times


async def join_in_storm(host: RunningHost, crowd: Crowd, joins: int, seconds: float) -> list[float]:
    """Let people join over some seconds while the others press keys."""

    async def join_at(at: float) -> float:
        await asyncio.sleep(at)
        visitor = await Visitor.join(host)
        took = await visitor.open_terminal(b"q leave", b"q quit")
        crowd.visitors.append(visitor)
        return took

    keys = asyncio.create_task(crowd.press_keys(seconds, (DOWN, UP)))
    paint_times = await asyncio.gather(
        *(join_at(number * seconds / joins) for number in range(joins))
    )
    crowd.storm_key_times = await keys
    return list(paint_times)


async def measure(host: RunningHost, name: str, counts: Sequence[int], seconds: float) -> None:
    """Measure one way of hosting."""
    print(f"\n{name}")
    alone = await time_joins(host, 5)
    print_figure(
        "first paint, alone, ms: p50, p95",
        format_milliseconds(alone),
        "<= 60",
        median(alone) <= 0.06,
    )
    before, crowd = host.read_memory(), Crowd(host)
    cpu = host.read_cpu_time()
    await crowd.grow(counts[0])
    cpu = (host.read_cpu_time() - cpu) / counts[0] * 1000
    print_figure(f"CPU per join, ms ({counts[0]} joins, 4 at a time)", f"{cpu:.0f}")
    for count in counts:
        await crowd.grow(count - len(crowd.visitors))
        per_session = (host.read_memory() - before) / count
        print_figure(
            f"memory per session on the board, MB, N = {count}",
            f"{per_session:.2f}",
            "<= 1.0",
            per_session <= 1,
        )
        await asyncio.sleep(5)  # what joining left is collected
        share = 0.3 if count >= 500 else 1
        cpu, waited = host.read_cpu_time(), host.read_waiting_time()
        times = await crowd.press_keys(seconds, (DOWN, UP), share)
        cpu = (host.read_cpu_time() - cpu) / len(times) * 1000
        waited = (host.read_waiting_time() - waited) / seconds * 100
        active = f"{count} x 1 key a second{', 30 % active' if share < 1 else ''}"
        goal = KEY_GOALS.get(count)
        print_figure(
            f"key to paint, {active}, ms: p50, p95",
            format_milliseconds(times),
            f"<= {goal} p95" if goal else "",
            p95(times) <= goal / 1000 if goal else None,
        )
        print_figure(
            "CPU per key, ms; a busy machine kept it waiting, %", f"{cpu:.1f} {waited:7.0f}"
        )
        await asyncio.sleep(4)  # what the keys left is collected
        cpu = host.read_cpu_time()
        await asyncio.sleep(seconds / 2)
        idle = (host.read_cpu_time() - cpu) / (seconds / 2) * 100
        print_figure(f"idle CPU, {count} sessions, % of a core", f"{idle:.1f}", "<= 1", idle <= 1)
        if count == counts[0]:
            paint_times = await join_in_storm(host, crowd, count, STORM)
            print_figure(
                f"first paint, {count} joining in {STORM} s, ms: p50, p95",
                format_milliseconds(paint_times),
                "<= 300 p95",
                p95(paint_times) <= 0.3,
            )
            print_figure(
                "key to paint of the others meanwhile, ms: p50, p95",
                format_milliseconds(crowd.storm_key_times),
                "<= 60 p95",
                p95(crowd.storm_key_times) <= 0.06,
            )
    await crowd.leave()
    if isinstance(host, OneProcess):
        await measure_changes(host, counts[0])


async def measure_changes(host: OneProcess, count: int) -> None:
    """Measure what a change of the counters costs each viewer, and a session that rates."""
    host.open_round()
    await asyncio.sleep(2)
    crowd = Crowd(host)
    await crowd.grow(count, b"codes drawn")
    await asyncio.sleep(6)  # what joining left is collected
    quiet = host.read_cpu_time()
    await asyncio.sleep(3)
    quiet, cpu, size = (
        (host.read_cpu_time() - quiet) / 3,
        host.read_cpu_time(),
        crowd.received_bytes,
    )
    drawn = 6
    for _ in range(drawn):
        await asyncio.to_thread(host.draw_code)
        await asyncio.sleep(0.5)
    await asyncio.sleep(0.5)
    spent = (host.read_cpu_time() - cpu - quiet * (drawn + 1) / 2) / drawn / count * 1000
    print_figure("CPU of a change per viewer, ms", f"{spent:.2f}", "<= 0.7", spent <= 0.7)
    sent = (crowd.received_bytes - size) / drawn / count
    print_figure("bytes of a change per viewer", f"{sent:.0f}", "<= 200", sent <= 200)
    raters = crowd.visitors[:8]
    before = host.read_memory()
    for rater in raters:
        rater.press(b"\r")
        await rater.wait_for(b"I have it")
        rater.press(b"y")
        await rater.wait_for(b"check & cast")
    more = (host.read_memory() - before) / len(raters)
    print_figure(
        "memory on the rating screen, on top of the lobby, MB", f"{more:.2f}", "<= 1.5", more <= 1.5
    )
    await crowd.leave()


async def run(quick: bool) -> None:
    """Measure our host and the peer."""
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        for folder, make, name, counts in (
            (
                one,
                OneProcess,
                "one process, one app a channel (ours)",
                (20,) if quick else (60, 200, 500),
            ),
            (
                other,
                ProcessPerSession,
                "one process a session (the peer)",
                (8,) if quick else (20, 50),
            ),
        ):
            group = make_big_group(Path(folder), ballots=6)
            group.services().rounds.close(group.key, 6)
            host = make(group.path)
            try:
                await measure(host, name, counts, 5 if quick else 15)
            finally:
                host.stop()


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer sessions, about a minute")
    if sys.platform != "linux":
        parser.error("this reads /proc: Linux only")
    asyncio.run(run(parser.parse_args().quick))


if __name__ == "__main__":
    main()
