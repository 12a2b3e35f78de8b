"""How right are the verdicts? Our estimate beside the plain mean and the median, same answers.

Every figure goes through the product's own reading, severity, estimate and verdict, on groups
whose true streets are known (simulation.py). Under each line stands what the design promises
(docs/design/statistics.md, "Measurements"); a star marks a figure more than two points,
or .02, away. With `--strict`, a star makes the exit code 1.

    python benchmarks/accuracy.py [--partners 4500] [--seed 1] [--processes 2] [--strict]
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean
from typing import Protocol, TypeVar

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.judging import (
    PARTNERS,
    RATERS,
    Cell,
    Harvest,
    Judged,
    harvest,
    pool_all,
    pool_shown,
    pool_with_fixed_cut,
    sabotage,
)
from peerreview.domain.tally.verdict import Certainty, Street

Figures = dict[str, float | None]
Promise = tuple[float | None, ...]
T = TypeVar("T")


class Run(Protocol):
    """Runs a job over the numbers 0, 1 … and joins the lists that come back."""

    def __call__(self, job: Callable[[int], list[T]], times: int) -> list[T]: ...


QUICK = {"full ballots": 0.0, "quick ballots": 1.0, "half and half": 0.5}
DESIGN: dict[str, dict[str, Promise]] = {
    "full ballots": {
        "RMSE of GET": (0.30, 0.27, 0.22, 0.19, 0.15),
        "plain mean": (0.35, 0.31, 0.25, 0.20, 0.16),
        "90 % covers": (93, 93, 93, 93, 95),
        "solid share": (32, 37, 48, 54, 62),
        "solid right": (95, 97, 96, 97, 98),
        "leans share": (22, 22, 18, 18, 14),
        "leans right": (82, 81, 79, 79, 77),
        "false mixed": (None, 4.8, 4.6, 5.1, 5.3),
        "camps found": (None, 77, 89, 94, 96),
    },
    "quick ballots": {
        "RMSE of GET": (0.42, 0.40, 0.36, 0.34, 0.33),
        "plain mean": (0.54, 0.49, 0.43, 0.38, 0.35),
        "90 % covers": (95, 94, 94, 94, 93),
        "solid share": (0, 0, 0, 0, 0),
        "leans share": (35, 39, 47, 52, 56),
        "leans right": (86, 87, 87, 88, 89),
        "false mixed": (None, 4.6, 4.7, 4.8, 6.1),
        "camps found": (None, 44, 59, 72, 81),
    },
    "half and half": {
        "RMSE of GET": (0.34, 0.32, 0.27, 0.23, 0.19),
        "plain mean": (0.44, 0.40, 0.32, 0.27, 0.23),
        "90 % covers": (94, 94, 94, 94, 95),
        "solid share": (18, 23, 31, 40, 47),
        "solid right": (95, 97, 96, 96, 97),
        "leans share": (29, 28, 28, 23, 22),
        "leans right": (85, 83, 83, 83, 84),
        "false mixed": (None, 5.3, 6.0, 6.6, 7.8),
        "camps found": (None, 58, 75, 85, 91),
    },
}
SAID = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1.01)


def rmse(errors: Iterable[float]) -> float:
    """Return the root of the mean square."""
    return math.sqrt(fmean(error * error for error in errors))


def percent(flags: Iterable[bool]) -> float | None:
    """Return how many of `flags` are up, in percent; None if there are none."""
    found = list(flags)
    return 100 * fmean(found) if found else None


def figures(judged: Sequence[Judged]) -> Figures:
    """Return every line of "Measurements" for one cell, but for the two camps."""
    found: Figures = {
        "RMSE of GET": rmse(each.get - each.true_get for each in judged),
        "plain mean": rmse(each.plain_mean - each.true_get for each in judged),
        "plain median": rmse(each.plain_median - each.true_get for each in judged),
        "90 % covers": percent(each.covered for each in judged),
    }
    for certainty in Certainty:
        sure = [each for each in judged if each.certainty is certainty]
        found[f"{certainty} share"] = percent(each.certainty is certainty for each in judged)
        found[f"{certainty} right"] = percent(each.right for each in sure)
    found["false mixed"] = percent(each.street is Street.MIXED for each in judged)
    return found


def calibration(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Return (said, seen, partners): of the streets called with 75 %, how many were right?"""
    settled = [each for each in judged if each.street is not Street.MIXED]
    found: list[tuple[float, float, int]] = []
    for low, high in pairwise(SAID):
        if inside := [each for each in settled if low <= each.said < high]:
            seen = fmean(each.likeliest is each.true_street for each in inside)
            found.append((fmean(each.said for each in inside), seen, len(inside)))
    return found


def columns(name: str, run: Run, seed: int, groups: int) -> tuple[list[Figures], list[Judged]]:
    """Return the design's columns for one way of filling ballots, and everything judged."""
    found: list[Figures] = []
    everything: list[Judged] = []
    for voices in RATERS:
        cell = Cell(voices, QUICK[name])
        judged: list[Judged] = run(partial(cell.judged, seed), groups)
        column = figures(judged)
        camps = run(partial(replace(cell, camp=1.3).judged, seed), groups // 3 or 1)
        column["camps found"] = percent(camp.street is Street.MIXED for camp in camps)
        if voices < 5:
            column["false mixed"] = column["camps found"] = None
        found.append(column)
        everything += judged
    return found, everything


def beside(name: str, ours: Sequence[float | None], design: Promise | None) -> str:
    """Return a line of figures and the promised ones under it, with a star where they part."""
    small = not name.endswith(("share", "right", "mixed", "found", "covers", "wrong"))
    margin, digits = (0.0201, 3) if small else (2.01, 1)
    first, second = f"  {name:<16}", f"  {'':<16}"
    for figure, promise in zip(ours, design or (None,) * len(ours), strict=True):
        off = None not in (figure, promise) and abs((figure or 0) - (promise or 0)) > margin
        first += f"{'–' if figure is None else f'{figure:.{digits}f}':>8}{'*' if off else ' '}"
        second += f"{'' if promise is None else f'{promise:.{digits - 1}f}':>8} "
    return f"{first}\n{second.rstrip()}" if design else first


def print_beside(name: str, ours: Sequence[float | None], design: Promise | None) -> int:
    """Print a line of figures and the promised ones; return how many got a star."""
    lines = beside(name, ours, design)
    print(lines)
    return lines.count("*")


def show_tables(run: Run, seed: int, groups: int) -> int:
    """Print the table of "Measurements" and how calibrated the words are; count the stars."""
    everything: list[Judged] = []
    stars = 0
    for name, promises in DESIGN.items():
        found, judged = columns(name, run, seed, groups)
        everything += judged
        print(f"{name:<18}" + "".join(f"{f'n = {voices}':>8} " for voices in RATERS))
        for line in found[0]:
            stars += print_beside(line, [column[line] for column in found], promises.get(line))
    print("said → seen: .46→.47 .55→.58 .65→.67 .75→.76 .83→.85 .88→.89 .97→.98 are promised")
    for said, seen, count in calibration(everything):
        print(f"  {said:.2f} → {seen:.2f}   {count} partners")
    return stars


def show_saboteurs(run: Run, seed: int, groups: int) -> int:
    """Print how far liars move a good partner and how often its street turns; count the stars."""
    estimate: list[float | None] = []
    plain: list[float | None] = []
    wrong: dict[int, list[float | None]] = {0: [], 1: [], 2: []}
    mixed: list[float | None] = []
    for voices in (4, 5, 8, 12):
        for liars in (1, 2):
            pairs: list[tuple[Judged, Judged]] = run(partial(sabotage, voices, liars, seed), groups)
            wrong[liars].append(percent(after.wrong for _, after in pairs))
            if liars == 2:
                mixed.append(percent(after.street is Street.MIXED for _, after in pairs))
            else:
                estimate.append(fmean(before.get - after.get for before, after in pairs))
                plain.append(fmean(b.plain_mean - a.plain_mean for b, a in pairs))
                wrong[0].append(percent(before.wrong for before, _ in pairs))
    print(f"{'liars':<18}" + "".join(f"{f'n = {voices}':>8} " for voices in (4, 5, 8, 12)))
    stars = print_beside("one moves ours by", estimate, (0.22, 0.17, 0.10, 0.06))
    stars += print_beside("the plain mean by", plain, (0.72, 0.58, 0.36, 0.24))
    stars += print_beside("none: wrong", wrong[0], None)
    stars += print_beside("one: wrong", wrong[1], (0.4, 0.4, 0.4, 0.4))
    stars += print_beside("two: wrong", wrong[2], (18, None, None, None))
    stars += print_beside("two: mixed", mixed, None)
    return stars


def show_boasting(run: Run, seed: int, groups: int) -> None:
    """Print how many streets are right where everybody thinks he gives a point more."""
    print("everybody overstates by one point what he gives: streets that are right, %")
    for voices in RATERS:
        line = f"  n = {voices:<3}"
        for name, pool in (("relative cut", pool_shown), ("fixed cut", pool_with_fixed_cut)):
            cell = Cell(voices, boast=1.0)
            judged: list[Judged] = run(partial(cell.judged, seed, pool=pool), groups)
            line += f"   {name} {percent(each.right for each in judged if each.certainty):.1f}"
        print(line)
    print("  promised: relative 88 to 91, fixed 71 to 74")


def show_groups(run: Run, seed: int, evenings: int) -> None:
    """Print what small groups get to know, with and without partners below the floor pooled."""
    print("12 partners known by half the group: reach 4 voices / get a street (right) / solid")
    for firms, quick, promise in (
        (12, 0.0, "11.2 / 6.6 (90 %) / 4.3"),
        (12, 1.0, "11.2 / 4.6 (85 %) / 0"),
        (8, 0.0, "7.5 / 4.3 / 2.6"),
    ):
        for pool in (pool_shown, pool_all):
            found: list[Harvest] = run(partial(harvest, firms, quick, pool, seed), evenings)
            streets = sum(each.streets for each in found)
            right = 100 * sum(each.right for each in found) / streets
            note = f"promised {promise}" if pool is pool_shown else "with those below the floor"
            print(
                f"  {firms:>2} firms{', quick' if quick else ', full '}: "
                f"{fmean(each.reached for each in found):.1f} / {streets / len(found):.1f} "
                f"({right:.0f} %) / {fmean(each.solid for each in found):.1f}   {note}"
            )


def main() -> int:
    """Print every table; return 1 if `--strict` is asked for and a figure got a star."""
    parser = argparse.ArgumentParser(description="How right are the verdicts?")
    parser.add_argument("--partners", type=int, default=4500, help="partners a cell")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there is a star")
    wanted = parser.parse_args()
    groups, started = math.ceil(wanted.partners / PARTNERS), time.perf_counter()
    with Pool(wanted.processes) as pool:

        def run(job: Callable[[int], list[T]], times: int) -> list[T]:
            return [each for found in pool.imap(job, range(times), chunksize=4) for each in found]

        stars = show_tables(run, wanted.seed, groups)
        stars += show_saboteurs(run, wanted.seed, groups * 6)
        show_boasting(run, wanted.seed, groups // 3 or 1)
        show_groups(run, wanted.seed, groups * 3)
    print(f"{groups * PARTNERS} partners a cell, {time.perf_counter() - started:.0f} s")
    return 1 if wanted.strict and stars else 0


if __name__ == "__main__":
    sys.exit(main())
