"""Time how soon a board of 60 partners is open: `python -m benchmarks.board`.

The time is measured in a pty, from the key that opens the board to the frame that shows all of it;
it contains reading the group from its file. Textual's own table with as many rows is measured
beside it. Both apps start on another screen. The promise is 100 ms.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.big_group import PARTNERS, make_big_group
from benchmarks.stages import OPENED, READY
from benchmarks.timed_terminal import TimedTerminal, plain_environment

AT_MOST = 0.1
BOARD = f"8 ballots · {PARTNERS} partners"


@contextmanager
def running_stage(ready: str, *arguments: str) -> Iterator[TimedTerminal]:
    """Start a small app, yield its terminal once the words `ready` are there, and end it."""
    command = (sys.executable, "-m", "benchmarks.stages", *arguments)
    terminal = TimedTerminal(command, plain_environment())
    try:
        terminal.wait_for(ready)
        yield terminal
    finally:
        terminal.end()


def time_opening(ready: str, words: tuple[str, ...], *arguments: str) -> float:
    """Return the seconds from the key to the frame with these words."""
    with running_stage(ready, *arguments) as terminal:
        terminal.settle()
        return terminal.press_for("b", *words)


def main() -> None:
    """Measure both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with TemporaryDirectory() as folder:
        group = make_big_group(Path(folder), ballots=8)
        group.services().rounds.close(group.key, 8)
        pairs = [
            (
                time_opening("q quit", ("Next:", BOARD), "board", str(group.path)),
                time_opening(READY, (OPENED, "Partner 01"), "opens-table"),
            )
            for _ in range(runs)
        ]
    ours, peer = (median(times) for times in zip(*pairs, strict=True))
    verdict = "holds" if ours <= AT_MOST else "does not hold"
    print(f"our board, {PARTNERS} partners     {ours * 1000:6.1f} ms   at most 100 ms: {verdict}")
    print(f"a table of {PARTNERS} rows         {peer * 1000:6.1f} ms   median of {runs}")
    print(f"ratio                      {ours / peer:6.2f}")


if __name__ == "__main__":
    main()
