"""From a key to the frames it changed: `python -m benchmarks.key_to_paint`.

Measured from outside, in a pty, with 60 partners: on the ballot, in the grid, on the board, and
beside them Textual's own table with 60 rows, whose cursor moves. Two figures each, at the 95th
percentile: the first whole frame (what the key did is seen) and the very last byte (all that
follows is there too, such as the next question). The promise is 16 ms, one frame of a screen that
shows 60 a second.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.big_group import BigGroup, big_group
from benchmarks.timed_terminal import TimedTerminal, plain_environment

AT_MOST = 0.016
Times = tuple[float, float]
UP, DOWN = "\x1b[A", "\x1b[B"
PEER = "a table of Textual's: cursor"
WALK = (*[DOWN] * 40, *[UP] * 40)
"""Up and down a list; most of it has to be scrolled into view."""


@contextmanager
def running(*arguments: str) -> Iterator[TimedTerminal]:
    """Run a module in a terminal, and end it."""
    terminal = TimedTerminal((sys.executable, "-m", *arguments), plain_environment())
    try:
        yield terminal
    finally:
        terminal.end()


def pressed(terminal: TimedTerminal, keys: Iterable[str], count: int) -> list[Times]:
    """Press keys in turn; return how long each took."""
    return [terminal.press(key) for key in islice(cycle(keys), count + 5)][5:]


def p95(times: Iterable[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1]


def on_the_ballot(group: BigGroup, count: int) -> dict[str, list[Times]]:
    """Take a turn: answer and move on the ballot, then in the grid."""
    with running("peerreview", "rate", str(group.path)) as terminal:
        terminal.wait_for("codes drawn")
        terminal.press("\r")
        terminal.wait_for("I have it")
        terminal.press("y")
        terminal.wait_for("check & cast")
        found = {"ballot: answers": pressed(terminal, "43x", count)}
        found["ballot: cursor"] = pressed(terminal, (*[UP] * 40, *[DOWN] * 40), count)
        terminal.press("\r")
        terminal.wait_for("Your street so far")
        found["grid: answers and cursor"] = pressed(terminal, ("4", "3", UP, "2", "5", UP), count)
        return found


def on_the_board(group: BigGroup, count: int) -> dict[str, list[Times]]:
    """Move over a board of 60 partners."""
    with running("peerreview", "open", str(group.path)) as terminal:
        terminal.wait_for("q quit", "Next:")
        return {"board: cursor": pressed(terminal, WALK, count)}


def on_a_table(count: int) -> dict[str, list[Times]]:
    """Move over Textual's table."""
    with running("benchmarks.stages", "table") as terminal:
        terminal.wait_for("the last line")
        return {PEER: pressed(terminal, WALK, count)}


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=120, help="keys a place")
    count = min(parser.parse_args().keys, 165)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        rating, closed = big_group(Path(one)), big_group(Path(other), ballots=6)
        closed.desk().rounds.close(closed.key, 6)
        peer = on_a_table(count)
        found = on_the_ballot(rating, count) | on_the_board(closed, count) | peer
    told = {name: tuple(map(p95, zip(*times, strict=True))) for name, times in found.items()}
    beside = told[PEER]
    print(f"{'95th percentile of ' + str(count) + ' keys':<30}{'first frame':>20}{'last byte':>20}")
    for name, figures in told.items():
        pairs = zip(figures, beside, strict=True)
        cells = [f"{ours * 1000:8.1f} ms {ours / peer:5.2f} x" for ours, peer in pairs]
        held = ["holds" if each <= AT_MOST else "does not hold" for each in figures]
        verdict = "" if name == PEER else f"   at most {AT_MOST * 1000:.0f} ms: {', '.join(held)}"
        print(f"{name:<30}{cells[0]:>20}{cells[1]:>20}{verdict}")


if __name__ == "__main__":
    main()
