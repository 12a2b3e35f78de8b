"""Time `peerreview --version` beside `python -c pass`: `python -m benchmarks.startup`.

Both are started in turn, many times; the promise is a ratio of at most 8.
"""

import subprocess
import sys
from statistics import median
from time import perf_counter

ROUNDS = 30
AT_MOST = 8.0
OURS = (sys.executable, "-c", "from peerreview.cli import main; main()", "--version")
PEER = (sys.executable, "-c", "pass")


def time_start(command: tuple[str, ...]) -> float:
    """Return the seconds that a command takes."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Measure both and print the ratio of their medians."""
    pairs = [(time_start(OURS), time_start(PEER)) for _ in range(ROUNDS + 2)][2:]
    ours, peer = (median(times) for times in zip(*pairs, strict=True))
    ratio = ours / peer
    print(f"peerreview --version   {ours * 1000:6.1f} ms   median of {ROUNDS}")
    print(f"python -c pass         {peer * 1000:6.1f} ms")
    verdict = "holds" if ratio <= AT_MOST else "does not hold"
    print(f"ratio                  {ratio:6.1f}      at most {AT_MOST:g}: {verdict}")


if __name__ == "__main__":
    main()
