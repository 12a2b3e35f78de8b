"""How soon a board of 60 partners is open: `python -m benchmarks.board`.

In a pty, from the key that opens it to the frame that shows everything; the group is read from
its file on the way. Beside it stands Textual's own table of as many rows. Both apps wait on
another screen before. The promise is 100 ms.
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
def stage(ready: str, *arguments: str) -> Iterator[TimedTerminal]:
    """Start one of the small apps, wait until it is `ready`, and end it."""
    command = (sys.executable, "-m", "benchmarks.stages", *arguments)
    terminal = TimedTerminal(command, plain_environment())
    try:
        terminal.wait_for(ready)
        yield terminal
    finally:
        terminal.end()


def seconds(ready: str, words: tuple[str, ...], *arguments: str) -> float:
    """Return how long it takes from the key to these words."""
    with stage(ready, *arguments) as terminal:
        terminal.settle()
        return terminal.press_for("b", *words)


def main() -> None:
    """Measure both and print them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with TemporaryDirectory() as folder:
        group = make_big_group(Path(folder), ballots=8)
        group.services().rounds.close(group.key, 8)
        pairs = [
            (
                seconds("q quit", ("Next:", BOARD), "board", str(group.path)),
                seconds(READY, (OPENED, "Partner 01"), "opens-table"),
            )
            for _ in range(runs)
        ]
    ours, peer = (median(each) for each in zip(*pairs, strict=True))
    held = "holds" if ours <= AT_MOST else "does not hold"
    print(f"our board, {PARTNERS} partners     {ours * 1000:6.1f} ms   at most 100 ms: {held}")
    print(f"a table of {PARTNERS} rows         {peer * 1000:6.1f} ms   median of {runs}")
    print(f"ratio                      {ours / peer:6.2f}")


if __name__ == "__main__":
    main()
