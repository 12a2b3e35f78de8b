"""Time from a key to the last byte it causes: `python -m benchmarks.key_to_paint`.

The ballot, the grid and the board of 60 partners are measured from outside, in a pty. Beside them
the same content in Textual's own widgets is measured, with keys that do the same. The figures are
the 95th percentile of the time until the very last byte (also of what follows, such as the next
question), the processor time for a key, and the bytes for a key.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.big_group import BigGroup, make_big_group
from benchmarks.timed_terminal import TimedTerminal, plain_environment

LESS_CPU, FEWER_BYTES = 4, 3
UP, DOWN = "\x1b[A", "\x1b[B"
WALK = (*[DOWN] * 40, *[UP] * 40)
"""Keys that go down a list and up again; most of it has to be scrolled into view."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a key costs.

    Attributes:
        p95: the 95th percentile of the time until the last byte, in ms.
        cpu: the processor time, in ms.
        size: the bytes that are sent.
    """

    p95: float
    cpu: float
    size: float


@contextmanager
def running(*arguments: str) -> Iterator[TimedTerminal]:
    """Run a module in a terminal; end it after the block."""
    terminal = TimedTerminal((sys.executable, "-m", *arguments), plain_environment())
    try:
        yield terminal
    finally:
        terminal.end()


def press_keys(terminal: TimedTerminal, keys: Iterable[str], count: int) -> Cost:
    """Press `count` keys, the given ones again and again; return what a key costs."""
    endless_keys = cycle(keys)
    for key in islice(endless_keys, 5):
        terminal.press(key)
    cpu, size = terminal.seconds, terminal.received
    times = [terminal.press(key)[1] for key in islice(endless_keys, count)]
    cpu, size = terminal.seconds - cpu, terminal.received - size
    return Cost(quantiles(times, n=20)[-1] * 1000, cpu / count * 1000, size / count)


def measure_ballot(group: BigGroup, count: int) -> dict[str, Cost]:
    """Answer questions on the ballot, then in the grid; return what a key costs in both."""
    with running("peerreview", "rate", str(group.path)) as terminal:
        terminal.wait_for("codes drawn")
        terminal.press("\r")
        terminal.wait_for("I have it")
        terminal.press("y")
        terminal.wait_for("check & cast")
        costs = {"ballot: answers": press_keys(terminal, "43x", count)}
        terminal.press("\r")
        terminal.wait_for("Your street so far")
        costs["grid: answers"] = press_keys(terminal, ("4", "3", UP, "2", "5", UP), count)
        return costs


def measure_board(group: BigGroup, count: int) -> Cost:
    """Move the cursor on a board of 60 partners; return what a key costs."""
    with running("peerreview", "open", str(group.path)) as terminal:
        terminal.wait_for("q quit", "Next:")
        return press_keys(terminal, WALK, count)


def measure_stock_widgets(stage: str, keys: Iterable[str], count: int) -> Cost:
    """Press keys in the same content in Textual's own widgets; return what a key costs."""
    with running("benchmarks.stages", stage) as terminal:
        terminal.wait_for("the last line")
        return press_keys(terminal, keys, count)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=120, help="keys a place")
    count = min(parser.parse_args().keys, 165)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        rating, closed = make_big_group(Path(one)), make_big_group(Path(other), ballots=6)
        closed.services().rounds.close(closed.key, 6)
        ours = measure_ballot(rating, count) | {"board: cursor": measure_board(closed, count)}
    stock = {
        "ballot: answers": measure_stock_widgets("answers", "43", count),
        "grid: answers": measure_stock_widgets("form", ("\t", DOWN, " "), count),
        "board: cursor": measure_stock_widgets("table", WALK, count),
    }
    most = {"board: cursor": 10}
    print(f"{f'{count} keys':<18}{'p95':>8}{'CPU a key':>11}{'bytes a key':>13}")
    for name, cost in ours.items():
        beside = stock[name]
        print(f"{name:<18}{cost.p95:5.1f} ms{cost.cpu:8.1f} ms{cost.size:13.0f}")
        print(f"{'  stock widgets':<18}{beside.p95:5.1f} ms{beside.cpu:8.1f} ms{beside.size:13.0f}")
        comparisons = (
            ("p95, ms", cost.p95, cost.p95 <= most.get(name, 8), f"at most {most.get(name, 8)}"),
            ("less CPU", beside.cpu / cost.cpu, beside.cpu >= LESS_CPU * cost.cpu, "at least 4"),
            ("fewer bytes", beside.size / cost.size, beside.size >= FEWER_BYTES * cost.size,
             "at least 3"),
        )  # fmt: skip
        for name_of_figure, figure, holds, goal in comparisons:
            print(f"  {'HOLDS ' if holds else 'MISSED'}  {name_of_figure}: {figure:.1f} ({goal})")


if __name__ == "__main__":
    main()
