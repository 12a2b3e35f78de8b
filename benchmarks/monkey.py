"""A monkey on the keys of every screen: `python -m benchmarks.monkey --keys 10000 --seed 1`.

Nothing may crash, no ballot may be cast past the check, nothing of a turn may be left behind the
curtain. The tests press a few hundred of the same keys; this takes an hour on two cores.
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


def played(stop: str, keys: int, seed: int) -> tuple[float, Counter[str]]:
    """Return how many seconds the keys took, and what came of them."""
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


def screens() -> list[str]:
    """Return the names of all screens."""
    sys.path.append(str(TESTS))
    from tui.tour import TOUR

    return list(TOUR)


def main() -> int:
    """Play on every screen, or on those named; return 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=10_000, help="keys a screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="screens at the same time")
    parser.add_argument("screens", nargs="*", metavar="SCREEN")
    told = parser.parse_args()
    broken, all_ = 0, Counter[str]()
    with ProcessPoolExecutor(told.jobs, max_tasks_per_child=1) as monkeys:
        found = {
            monkeys.submit(played, stop, told.keys, told.seed): stop
            for stop in told.screens or screens()
        }
        for each in as_completed(found):
            if error := each.exception():
                broken += 1
                notes = " ".join(getattr(error, "__notes__", []))
                print(f"BROKEN  {found[each]}: {error!r} {notes}", flush=True)
                continue
            seconds, seen = each.result()
            all_ += seen + Counter(keys=told.keys)
            print(
                f"HOLDS   {found[each]}: {told.keys} keys, {seconds:.0f} s, {dict(seen)}",
                flush=True,
            )
    print(f"{len(found)} screens, {broken} broken; {dict(all_)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
