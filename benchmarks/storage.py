"""Measure how fast a ballot is written durably: our store, sqlite, stock TinyDB and two limits.

    python -m benchmarks.storage [--quick] [--folder FOLDER]

Every round measures every engine, so that other load on the machine slows all of them. Figures are
medians over the rounds of the p50, p95 and p99 of a round, in milliseconds; ratios are taken within
a round. The folder has to be on a real disk, not in memory.
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
    random_text,
    sample_box,
)
from peerreview.store.vault import FileVault

SIZES = 840, 10_000, 100_000
WRITERS = 4, 8
TOGETHER: tuple[type[Engine], ...] = Ours, Blind, Sqlite
ROWS = [random_text(Random(number), 112) for number in range(256)]

Times = list[float]
Samples = dict[tuple[str, str], list[Times]]


def time_call(use: Callable[[], object]) -> float:
    """Return how long a call takes, in ms."""
    start = time.perf_counter()
    use()
    return (time.perf_counter() - start) * 1e3


def percentile(times: Times, share: float) -> float:
    """Return the percentile of some times for a share between 0 and 1."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def median_percentile(rounds: list[Times], share: float) -> float:
    """Return the median over the rounds of a percentile."""
    return statistics.median(percentile(round_, share) for round_ in rounds)


def ratio(samples: Samples, over: tuple[str, str], under: tuple[str, str]) -> float:
    """Return the median over the rounds of the ratio of two p50."""
    pairs = zip(samples[over], samples[under], strict=True)
    return statistics.median(percentile(a, 0.5) / percentile(b, 0.5) for a, b in pairs)


def measure_alone(folder: Path, slots: int, rounds: int, samples_a_round: int) -> Samples:
    """Measure one writer with every engine, round after round."""
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
            count = 3 if isinstance(engine, Stock) else samples_a_round
            samples[engine.name, "one"].append(
                [time_call(lambda e=engine: e.write_row(random.choice(ROWS))) for _ in range(count)]
            )
            samples[engine.name, "cast"].append(list(time_casts(engine, random, count)))
            if isinstance(engine, Limit):
                samples["two flushes", "cast"].append(
                    [time_call(lambda e=engine: e.two_flushes(ROWS[0])) for _ in range(count)]
                )
    return samples


def stock_rounds(slots: int) -> int:
    """Return how many rounds stock TinyDB takes part in: it takes seconds for 100,000 documents."""
    return 1 if slots > 10_000 else 2


def time_casts(engine: Engine, random: Random, count: int) -> Iterator[float]:
    """Yield how long each of some casts takes, in ms."""
    for _ in range(count):
        engine.prepare(random.choices(ROWS, k=60))
        yield time_call(engine.cast)


def measure_together(
    folder: Path, engine: type[Engine], writers: int, what: str, seconds: float
) -> Times:
    """Let several processes write at once; return the calls a second, then all times."""
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(writers), context.SimpleQueue()
    arguments = [(folder, engine, rater, what, seconds, ready, results) for rater in range(writers)]
    running = [context.Process(target=_write, args=argument) for argument in arguments]
    for process in running:
        process.start()
    times = [time for _ in running for time in results.get()]
    for process in running:
        process.join()
    return [len(times) / seconds, *times]


def _write(  # noqa: PLR0913
    folder: Path, engine: type[Engine], rater: int, what: str, seconds: float, ready, results
):
    """Write again and again in a process of its own; put the times into `results`."""
    writer, random, times = engine(folder, rater), Random(rater), Times()
    ready.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        if what == "one":
            times.append(time_call(lambda: writer.write_row(random.choice(ROWS))))
        else:
            times += time_casts(writer, random, 1)
    results.put(times)


def print_line(name: str, rounds: list[Times], extra: str = "") -> None:
    """Print the percentiles of one engine or call."""
    p50, p95, p99 = (median_percentile(rounds, share) for share in (0.5, 0.95, 0.99))
    print(f"  {name:34} {p50:9.3f} {p95:9.3f} {p99:9.3f}  {extra}", flush=True)


def print_goal(words: str, value: float, most: float) -> None:
    """Print a figure and whether it is at most its goal."""
    print(f"  {'HOLDS ' if value <= most else 'MISSED'} {words}: {value:.2f} (at most {most:g})")


def compare_sizes(rounds: int, samples_a_round: int) -> None:
    """Compare the engines in boxes of all sizes, with one writer."""
    cast50: dict[tuple[int, str], float] = {}
    for slots in SIZES:
        with temporary_folder() as folder:
            samples = measure_alone(folder, slots, rounds, samples_a_round)
        print(f"\n{slots:,} slots, 1 writer{'':16} p50       p95       p99  ms")
        for (name, what), rounds_of_times in sorted(samples.items(), key=lambda item: item[0][1]):
            print_line(f"{what}: {name}", rounds_of_times)
            cast50[slots, f"{name} {what}"] = median_percentile(rounds_of_times, 0.5)
        print_goal("a cast, in sqlite's", ratio(samples, ("ours", "cast"), ("sqlite", "cast")), 1.5)
        print_goal(
            "in two bare flushes", ratio(samples, ("ours", "cast"), ("two flushes", "cast")), 3
        )
        for least in ("blind", "limit"):
            peers = [(engine, "cast") for engine in ("sqlite", "two flushes")]
            times = (ratio(samples, (least, "cast"), peer) for peer in peers)
            print(f"  the {least}'s cast, in the same two:", *(f"{time:.2f}" for time in times))
        if slots == SIZES[-1]:
            for what in ("one", "cast"):
                faster = cast50[slots, f"stock TinyDB {what}"] / cast50[slots, f"ours {what}"]
                print_goal(f"1,000 × of stock's speed, {what}", 1000 / faster, 1)
    for what in ("one", "cast"):
        ours, limit = (cast50[SIZES[-1], f"{name} {what}"] / cast50[SIZES[0], f"{name} {what}"]
                       for name in ("ours", "limit"))  # fmt: skip
        print_goal(
            f"growth of {what} from {SIZES[0]} to {SIZES[-1]:,} slots, in the limit's",
            ours / limit,
            1,
        )


def compare_writers(seconds: float, rounds: int) -> None:
    """Compare the engines in boxes of all sizes, with several writers at once."""
    for slots in SIZES:
        with temporary_folder() as folder:
            box = sample_box(slots)
            for engine in TOGETHER:
                engine.lay_out(folder, box)
            for writers in WRITERS:
                for what in ("one", "cast"):
                    _compare(folder, slots, writers, what, seconds, rounds)


def _compare(
    folder: Path, slots: int, writers: int, what: str, seconds: float, rounds: int
) -> None:
    """Compare the engines with so many writers at once; `what` is "one" or "cast"."""
    measured: dict[str, list[Times]] = {engine.name: [] for engine in TOGETHER}
    for _ in range(rounds):
        for engine in TOGETHER:
            measured[engine.name].append(measure_together(folder, engine, writers, what, seconds))
    print(f"\n{slots:,} slots, {writers} writers, {what}{'':10} p50       p95       p99  ms")
    for name, runs in measured.items():
        rate = statistics.median(times[0] for times in runs)
        most = max(max(times[1:]) for times in runs)
        print_line(name, [times[1:] for times in runs], f"{rate:7.0f}/s, longest {most:.0f}")
    rates, least = (
        [b[0] / a[0] for a, b in zip(measured[name], measured["sqlite"], strict=True)]
        for name in ("ours", "blind")
    )
    longest = [max(times[1:]) for times in measured["sqlite"]]
    p99 = [percentile(times[1:], 0.99) for times in measured["ours"]]
    if writers == WRITERS[-1]:
        print_goal("sqlite's throughput, in ours", statistics.median(rates), 1)
        print(f"  the same in the blind's: {statistics.median(least):.2f}")
        shares = [a / b for a, b in zip(p99, longest, strict=True)]
        print_goal("p99, in sqlite's longest", statistics.median(shares), 0.25)


def measure_reading(count: int) -> None:
    """Measure how long it takes to open a box, and to read all of it."""
    with temporary_folder() as folder:
        Ours.lay_out(folder, sample_box(1_800))
        path = folder / "ours.group.json"
        opening = [
            time_call(lambda: FileVault(path).box(1).read_without_slots()) for _ in range(count)
        ]
        reading = [time_call(FileVault(path).box(1).read) for _ in range(count)]
        print(f"\n1,800 slots{'':28} p50       p95       p99  ms")
        print_line("opening, and who has handed in", [opening])
        print_line("reading everything", [reading])
        print_goal("opening, ms", percentile(opening, 0.5), 1)
        print_goal("reading, ms", percentile(reading, 0.5), 5)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder on the disk to measure."""
    with tempfile.TemporaryDirectory(dir=_options.folder) as folder:
        yield Path(folder)


_options = argparse.Namespace(folder=None, quick=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the samples")
    parser.add_argument("--folder", type=Path, help="where to work (a folder on a real disk)")
    parser.parse_args(arguments, _options)
    measure_reading(20 if _options.quick else 200)
    compare_sizes(*((5, 20) if _options.quick else (15, 60)))
    compare_writers(*((0.5, 1) if _options.quick else (2, 3)))


if __name__ == "__main__":
    main()
