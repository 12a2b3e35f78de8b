"""Press random keys on every screen: `python -m benchmarks.monkey --keys 10000 --seed 1`.

Nothing may crash, no ballot may be cast without the check, and the curtain must leave nothing of a
turn behind. The tests press a few hundred of the same keys; this takes an hour on two cores.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent / "tests"


def press_keys(stop: str, keys: int, seed: int) -> tuple[float, Counter[str]]:
    """Press keys on one screen; return the seconds it took, and the counts of what happened."""
    sys.path.append(str(TESTS))
    from tui.monkey import play
    from tui.stage import Crew
    from tui.watch import Watch

    began, crew = time.monotonic(), Crew()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("asyncio.to_thread", crew.to_thread)
        patch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 500)
        patch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)
        watch = Watch(patch)
        asyncio.run(play(stop, keys, crew, watch, seed))
    return time.monotonic() - began, watch.seen


def screen_names() -> list[str]:
    """Return the names of all screens."""
    sys.path.append(str(TESTS))
    from tui.tour import TOUR

    return list(TOUR)


def main() -> int:
    """Press keys on every screen, or on the named ones; return 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=10_000, help="keys a screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="screens at the same time")
    parser.add_argument("screens", nargs="*", metavar="SCREEN")
    options = parser.parse_args()
    broken, total = 0, Counter[str]()
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=1) as monkeys:
        screens = {
            monkeys.submit(press_keys, stop, options.keys, options.seed): stop
            for stop in options.screens or screen_names()
        }
        for future in as_completed(screens):
            if error := future.exception():
                broken += 1
                notes = " ".join(getattr(error, "__notes__", []))
                print(f"BROKEN  {screens[future]}: {error!r} {notes}", flush=True)
                continue
            seconds, counts = future.result()
            total += counts + Counter(keys=options.keys)
            print(
                f"HOLDS   {screens[future]}: {options.keys} keys, {seconds:.0f} s, {dict(counts)}",
                flush=True,
            )
    print(f"{len(screens)} screens, {broken} broken; {dict(total)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
