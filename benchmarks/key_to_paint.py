"""From a key to the frames it changed: `python -m benchmarks.key_to_paint`.

Measured from outside, in a pty, with 60 partners: on the ballot, in the grid, on the board, and
beside each the same content in stock widgets of Textual's, whose keys do the same. For each the
95th percentile of the time until the very last byte (all that follows is there too, such as the
next question), the processor time a key, and the bytes a key.
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
"""Up and down a list; most of it has to be scrolled into view."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What keys cost: 95th percentile until the last byte and CPU, in ms, and bytes."""

    p95: float
    cpu: float
    size: float


@contextmanager
def running(*arguments: str) -> Iterator[TimedTerminal]:
    """Run a module in a terminal, and end it."""
    terminal = TimedTerminal((sys.executable, "-m", *arguments), plain_environment())
    try:
        yield terminal
    finally:
        terminal.end()


def pressed(terminal: TimedTerminal, keys: Iterable[str], count: int) -> Cost:
    """Press keys in turn; return what a key costs."""
    turn = cycle(keys)
    for key in islice(turn, 5):
        terminal.press(key)
    cpu, size = terminal.seconds, terminal.received
    times = [terminal.press(key)[1] for key in islice(turn, count)]
    cpu, size = terminal.seconds - cpu, terminal.received - size
    return Cost(quantiles(times, n=20)[-1] * 1000, cpu / count * 1000, size / count)


def on_the_ballot(group: BigGroup, count: int) -> dict[str, Cost]:
    """Take a turn: answer and move on the ballot, then in the grid."""
    with running("peerreview", "rate", str(group.path)) as terminal:
        terminal.wait_for("codes drawn")
        terminal.press("\r")
        terminal.wait_for("I have it")
        terminal.press("y")
        terminal.wait_for("check & cast")
        found = {"ballot: answers": pressed(terminal, "43x", count)}
        terminal.press("\r")
        terminal.wait_for("Your street so far")
        found["grid: answers"] = pressed(terminal, ("4", "3", UP, "2", "5", UP), count)
        return found


def on_the_board(group: BigGroup, count: int) -> Cost:
    """Move over a board of 60 partners."""
    with running("peerreview", "open", str(group.path)) as terminal:
        terminal.wait_for("q quit", "Next:")
        return pressed(terminal, WALK, count)


def in_stock(stage: str, keys: Iterable[str], count: int) -> Cost:
    """Press keys in the same content made of Textual's own widgets."""
    with running("benchmarks.stages", stage) as terminal:
        terminal.wait_for("the last line")
        return pressed(terminal, keys, count)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=120, help="keys a place")
    count = min(parser.parse_args().keys, 165)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        rating, closed = make_big_group(Path(one)), make_big_group(Path(other), ballots=6)
        closed.services().rounds.close(closed.key, 6)
        ours = on_the_ballot(rating, count) | {"board: cursor": on_the_board(closed, count)}
    stock = {
        "ballot: answers": in_stock("answers", "43", count),
        "grid: answers": in_stock("form", ("\t", DOWN, " "), count),
        "board: cursor": in_stock("table", WALK, count),
    }
    most = {"board: cursor": 10}
    print(f"{f'{count} keys':<18}{'p95':>8}{'CPU a key':>11}{'bytes a key':>13}")
    for name, cost in ours.items():
        beside = stock[name]
        print(f"{name:<18}{cost.p95:5.1f} ms{cost.cpu:8.1f} ms{cost.size:13.0f}")
        print(f"{'  stock widgets':<18}{beside.p95:5.1f} ms{beside.cpu:8.1f} ms{beside.size:13.0f}")
        told = (
            ("p95, ms", cost.p95, cost.p95 <= most.get(name, 8), f"at most {most.get(name, 8)}"),
            ("less CPU", beside.cpu / cost.cpu, beside.cpu >= LESS_CPU * cost.cpu, "at least 4"),
            ("fewer bytes", beside.size / cost.size, beside.size >= FEWER_BYTES * cost.size,
             "at least 3"),
        )  # fmt: skip
        for what, figure, holds, goal in told:
            print(f"  {'HOLDS ' if holds else 'MISSED'}  {what}: {figure:.1f} ({goal})")


if __name__ == "__main__":
    main()
