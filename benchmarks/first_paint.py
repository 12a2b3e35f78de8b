"""Time the start of the demo beside an empty Textual app: `python -m benchmarks.first_paint`.

The time runs from the start of a process to the first frame in its terminal that shows everything.
The empty app has only a header, a table without rows and a footer. Both are started in turn; the
promise is a ratio of at most 1.5. A third app is the empty one that also loads the libraries we
can't do without, click and pydantic: no start of ours can be faster.
"""

import argparse
import sys
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.timed_terminal import TimedTerminal, plain_environment

AT_MOST = 1.5
OURS = (sys.executable, "-m", "peerreview", "demo")
EVERYTHING = ("q quit", "Alder Security:", "Next:")
PEER = (sys.executable, "-m", "benchmarks.stages", "empty")
LEAST = (sys.executable, "-m", "benchmarks.stages", "libraries")
READY = ("palette",)


def time_start(command: tuple[str, ...], words: tuple[str, ...]) -> float:
    """Return the seconds until the screen of a command shows these words."""
    with TemporaryDirectory() as folder:  # the demo is killed, so it can't delete its own folder
        terminal = TimedTerminal(command, plain_environment() | {"TMPDIR": folder})
        try:
            return terminal.wait_for(*words) - terminal.started_at
        finally:
            terminal.end()


def main() -> None:
    """Measure all three and print the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    commands = (OURS, EVERYTHING), (PEER, READY), (LEAST, READY)
    rounds = [[time_start(*command) for command in commands] for _ in range(runs + 1)][1:]
    ours, peer, least = (median(times) for times in zip(*rounds, strict=True))
    verdict = "holds" if ours / peer <= AT_MOST else "does not hold"
    print(f"peerreview demo     {ours * 1000:6.0f} ms   median of {runs}")
    print(f"an empty app        {peer * 1000:6.0f} ms")
    print(f"with our libraries  {least * 1000:6.0f} ms   {least / peer:.2f} times")
    print(f"ratio               {ours / peer:6.2f}      at most {AT_MOST:g}: {verdict}")


if __name__ == "__main__":
    main()
