"""How soon the demo is all there, beside an empty Textual app: `python -m benchmarks.first_paint`.

From the moment a process is started to the moment its terminal has the first frame that shows
everything. The empty app has a header, a table without rows and a footer, and nothing else. Both
are started in turn; the promise is a ratio of at most 1.5. A third one is the empty app with the
libraries loaded that we can't do without, click and pydantic: the least there can be.
"""

import argparse
import sys
from statistics import median

from benchmarks.timed_terminal import TimedTerminal, plain_environment

AT_MOST = 1.5
OURS = (sys.executable, "-m", "peerreview", "demo")
EVERYTHING = ("q quit", "Alder Security:", "Next:")
PEER = (sys.executable, "-m", "benchmarks.stages", "empty")
LEAST = (sys.executable, "-m", "benchmarks.stages", "libraries")
READY = ("palette",)


def seconds(command: tuple[str, ...], words: tuple[str, ...]) -> float:
    """Return how long a command takes until its screen shows these words."""
    terminal = TimedTerminal(command, plain_environment())
    try:
        return terminal.wait_for(*words) - terminal.started_at
    finally:
        terminal.end()


def main() -> None:
    """Measure both and print the ratio of their medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    commands = (OURS, EVERYTHING), (PEER, READY), (LEAST, READY)
    rounds = [[seconds(*command) for command in commands] for _ in range(runs + 1)][1:]
    ours, peer, least = (median(each) for each in zip(*rounds, strict=True))
    verdict = "holds" if ours / peer <= AT_MOST else "does not hold"
    print(f"peerreview demo     {ours * 1000:6.0f} ms   median of {runs}")
    print(f"an empty app        {peer * 1000:6.0f} ms")
    print(f"with our libraries  {least * 1000:6.0f} ms   {least / peer:.2f} times")
    print(f"ratio               {ours / peer:6.2f}      at most {AT_MOST:g}: {verdict}")


if __name__ == "__main__":
    main()
