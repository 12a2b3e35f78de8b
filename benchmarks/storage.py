"""How fast a ballot gets into its box, durably: ours, sqlite, stock TinyDB, and what is possible.

    python -m benchmarks.storage [--quick] [--folder FOLDER]

Runs are interleaved: each round measures every engine once, so that whatever else the machine
does meets all of them. Figures are the median over the rounds of each round's p50, p95, p99, in
milliseconds; ratios are taken within a round. The folder has to be on a real disk, not in memory.
"""

import argparse
import contextlib
import multiprocessing
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.storage_engines import (
    ENGINES,
    Blind,
    Engine,
    Limit,
    Ours,
    Sqlite,
    Stock,
    sample_box,
    text,
)
from peerreview.store.vault import FileVault

SIZES = 840, 10_000, 100_000
WRITERS = 4, 8
TOGETHER: tuple[type[Engine], ...] = Ours, Blind, Sqlite
ROWS = [text(Random(number), 112) for number in range(256)]

Times = list[float]
Samples = dict[tuple[str, str], list[Times]]


def timed(use: Callable[[], object]) -> float:
    start = time.perf_counter()
    use()
    return (time.perf_counter() - start) * 1e3


def at(times: Times, share: float) -> float:
    """A percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def typical(rounds: list[Times], share: float) -> float:
    return statistics.median(at(round_, share) for round_ in rounds)


def ratio(samples: Samples, over: tuple[str, str], under: tuple[str, str]) -> float:
    """The median over the rounds of how many times as long one takes as the other, at p50."""
    pairs = zip(samples[over], samples[under], strict=True)
    return statistics.median(at(a, 0.5) / at(b, 0.5) for a, b in pairs)


def alone(folder: Path, slots: int, rounds: int, each: int) -> Samples:
    """One writer, every engine, round after round."""
    box = sample_box(slots)
    for engine in ENGINES:
        engine.lay_out(folder, box)
    opened = [engine(folder, 0) for engine in ENGINES]
    samples: Samples = defaultdict(list)
    random = Random(slots)
    for number in range(rounds):
        for engine in opened:
            if isinstance(engine, Stock) and number >= stock_rounds(slots):
                continue
            count = 3 if isinstance(engine, Stock) else each
            samples[engine.name, "one"].append(
                [timed(lambda e=engine: e.one(random.choice(ROWS))) for _ in range(count)]
            )
            samples[engine.name, "cast"].append(list(casts(engine, random, count)))
            if isinstance(engine, Limit):
                samples["two flushes", "cast"].append(
                    [timed(lambda e=engine: e.two_flushes(ROWS[0])) for _ in range(count)]
                )
    return samples


def stock_rounds(slots: int) -> int:
    """Stock TinyDB takes a second for one document of 100,000: once is enough."""
    return 1 if slots > 10_000 else 2


def casts(engine: Engine, random: Random, count: int) -> Iterator[float]:
    for _ in range(count):
        engine.prepare(random.choices(ROWS, k=60))
        yield timed(engine.cast)


def together(folder: Path, engine: type[Engine], writers: int, what: str, seconds: float) -> Times:
    """Several processes at once; return the times of all, and start with how many a second."""
    context = multiprocessing.get_context("spawn")
    ready, found = context.Barrier(writers), context.SimpleQueue()
    arguments = [(folder, engine, rater, what, seconds, ready, found) for rater in range(writers)]
    running = [context.Process(target=_write, args=argument) for argument in arguments]
    for each in running:
        each.start()
    times = [time for _ in running for time in found.get()]
    for each in running:
        each.join()
    return [len(times) / seconds, *times]


def _write(folder: Path, engine: type[Engine], rater: int, what: str, seconds: float, ready, found):  # noqa: PLR0913
    mine, random, times = engine(folder, rater), Random(rater), Times()
    ready.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        if what == "one":
            times.append(timed(lambda: mine.one(random.choice(ROWS))))
        else:
            times += casts(mine, random, 1)
    found.put(times)


def line(name: str, rounds: list[Times], extra: str = "") -> None:
    p50, p95, p99 = (typical(rounds, share) for share in (0.5, 0.95, 0.99))
    print(f"  {name:34} {p50:9.3f} {p95:9.3f} {p99:9.3f}  {extra}", flush=True)


def goal(words: str, value: float, most: float) -> None:
    print(f"  {'HOLDS ' if value <= most else 'MISSED'} {words}: {value:.2f} (at most {most:g})")


def sizes(rounds: int, each: int) -> None:
    cast50: dict[tuple[int, str], float] = {}
    for slots in SIZES:
        with room() as folder:
            samples = alone(folder, slots, rounds, each)
        print(f"\n{slots:,} holes, 1 writer{'':16} p50       p95       p99  ms")
        for (name, what), found in sorted(samples.items(), key=lambda item: item[0][1]):
            line(f"{what}: {name}", found)
            cast50[slots, f"{name} {what}"] = typical(found, 0.5)
        goal("a cast, in sqlite's", ratio(samples, ("ours", "cast"), ("sqlite", "cast")), 1.5)
        goal("in two bare flushes", ratio(samples, ("ours", "cast"), ("two flushes", "cast")), 3)
        for least in ("blind", "limit"):
            peers = [(e, "cast") for e in ("sqlite", "two flushes")]
            times = (ratio(samples, (least, "cast"), peer) for peer in peers)
            print(f"  the {least}'s cast, in the same two:", *(f"{each:.2f}" for each in times))
        if slots == SIZES[-1]:
            for what in ("one", "cast"):
                faster = cast50[slots, f"stock TinyDB {what}"] / cast50[slots, f"ours {what}"]
                goal(f"1,000 × of stock's speed, {what}", 1000 / faster, 1)
    for what in ("one", "cast"):
        ours, limit = (cast50[SIZES[-1], f"{name} {what}"] / cast50[SIZES[0], f"{name} {what}"]
                       for name in ("ours", "limit"))  # fmt: skip
        goal(
            f"growth of {what} from {SIZES[0]} to {SIZES[-1]:,} holes, in the limit's",
            ours / limit,
            1,
        )


def company(seconds: float, rounds: int) -> None:
    for slots in SIZES:
        with room() as folder:
            box = sample_box(slots)
            for engine in TOGETHER:
                engine.lay_out(folder, box)
            for writers in WRITERS:
                for what in ("one", "cast"):
                    _compare(folder, slots, writers, what, seconds, rounds)


def _compare(
    folder: Path, slots: int, writers: int, what: str, seconds: float, rounds: int
) -> None:
    found: dict[str, list[Times]] = {engine.name: [] for engine in TOGETHER}
    for _ in range(rounds):
        for engine in TOGETHER:
            found[engine.name].append(together(folder, engine, writers, what, seconds))
    print(f"\n{slots:,} holes, {writers} writers, {what}{'':10} p50       p95       p99  ms")
    for name, each in found.items():
        rate = statistics.median(times[0] for times in each)
        most = max(max(times[1:]) for times in each)
        line(name, [times[1:] for times in each], f"{rate:7.0f}/s, longest {most:.0f}")
    rates, least = (
        [b[0] / a[0] for a, b in zip(found[each], found["sqlite"], strict=True)]
        for each in ("ours", "blind")
    )
    longest = [max(times[1:]) for times in found["sqlite"]]
    p99 = [at(times[1:], 0.99) for times in found["ours"]]
    if writers == WRITERS[-1]:
        goal("sqlite's throughput, in ours", statistics.median(rates), 1)
        print(f"  the same in the blind's: {statistics.median(least):.2f}")
        shares = [a / b for a, b in zip(p99, longest, strict=True)]
        goal("p99, in sqlite's longest", statistics.median(shares), 0.25)


def looking(count: int) -> None:
    """Opening and reading."""
    with room() as folder:
        Ours.lay_out(folder, sample_box(1_800))
        path = folder / "ours.group.json"
        opening = [timed(lambda: FileVault(path).box(1).read_without_slots()) for _ in range(count)]
        reading = [timed(FileVault(path).box(1).read) for _ in range(count)]
        print(f"\n1,800 holes{'':28} p50       p95       p99  ms")
        line("opening, and who has handed in", [opening])
        line("reading everything", [reading])
        goal("opening, ms", at(opening, 0.5), 1)
        goal("reading, ms", at(reading, 0.5), 5)


@contextlib.contextmanager
def room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=_options.folder) as folder:
        yield Path(folder)


_options = argparse.Namespace(folder=None, quick=False)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the samples")
    parser.add_argument("--folder", type=Path, help="where to work (a folder on a real disk)")
    parser.parse_args(arguments, _options)
    looking(20 if _options.quick else 200)
    sizes(*((5, 20) if _options.quick else (15, 60)))
    company(*((0.5, 1) if _options.quick else (2, 3)))


if __name__ == "__main__":
    main()
