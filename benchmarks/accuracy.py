"""How right are the verdicts? Our estimate beside the plain mean and the median, same answers.

Every figure comes from the product's own code for voices, severity, estimates and verdicts, on
groups whose true streets are known (simulation.py). The promised figures stand below the measured
ones (docs/design/statistics.md, "Measurements"). A star marks a figure that is more than two
points, or .02, away from its promise; with `--strict`, the exit code is then 1.

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
    """Runs a job with the numbers 0, 1 … and joins the lists that it returns."""

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
PROBABILITY_LIMITS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1.01)
"""The limits of the classes in which predicted probabilities are compared with shares."""


def rmse(errors: Iterable[float]) -> float:
    """Return the root mean square of the errors."""
    return math.sqrt(fmean(error * error for error in errors))


def percent(flags: Iterable[bool]) -> float | None:
    """Return the share of true flags, in percent; None if there are no flags."""
    values = list(flags)
    return 100 * fmean(values) if values else None


def figures(judged: Sequence[Judged]) -> Figures:
    """Return every line of "Measurements" for one cell, except "camps found"."""
    lines: Figures = {
        "RMSE of GET": rmse(partner.get - partner.true_get for partner in judged),
        "plain mean": rmse(partner.plain_mean - partner.true_get for partner in judged),
        "plain median": rmse(partner.plain_median - partner.true_get for partner in judged),
        "90 % covers": percent(partner.is_covered for partner in judged),
    }
    for certainty in Certainty:
        sure = [partner for partner in judged if partner.certainty is certainty]
        lines[f"{certainty} share"] = percent(partner.certainty is certainty for partner in judged)
        lines[f"{certainty} right"] = percent(partner.is_right for partner in sure)
    lines["false mixed"] = percent(partner.street is Street.MIXED for partner in judged)
    return lines


def calibration(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Compare the probability of the likeliest street with how often that street is the true one.

    Returns:
        For each class of probabilities, if it has partners: the mean probability, the share of
        partners whose likeliest street is true (both 0 to 1), and the number of partners. Mixed
        partners are left out.
    """
    settled = [partner for partner in judged if partner.street is not Street.MIXED]
    classes: list[tuple[float, float, int]] = []
    for low, high in pairwise(PROBABILITY_LIMITS):
        if inside := [partner for partner in settled if low <= partner.probability < high]:
            predicted = fmean(partner.probability for partner in inside)
            share = fmean(partner.likeliest is partner.true_street for partner in inside)
            classes.append((predicted, share, len(inside)))
    return classes


def columns(name: str, run: Run, seed: int, groups: int) -> tuple[list[Figures], list[Judged]]:
    """Return the design's columns for one way of filling ballots, and all judged partners."""
    table: list[Figures] = []
    everything: list[Judged] = []
    for voices in RATERS:
        cell = Cell(voices, QUICK[name])
        judged: list[Judged] = run(partial(cell.judge_group, seed), groups)
        column = figures(judged)
        camps = run(partial(replace(cell, camp=1.3).judge_group, seed), groups // 3 or 1)
        column["camps found"] = percent(camp.street is Street.MIXED for camp in camps)
        if voices < 5:
            column["false mixed"] = column["camps found"] = None
        table.append(column)
        everything += judged
    return table, everything


def beside(name: str, ours: Sequence[float | None], design: Promise | None) -> str:
    """Return a line of figures, with a star at each that differs, and a line of the promises."""
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
    """Print the table of "Measurements" and the calibration; return the number of stars."""
    everything: list[Judged] = []
    stars = 0
    for name, promises in DESIGN.items():
        table, judged = columns(name, run, seed, groups)
        everything += judged
        print(f"{name:<18}" + "".join(f"{f'n = {voices}':>8} " for voices in RATERS))
        for line in table[0]:
            stars += print_beside(line, [column[line] for column in table], promises.get(line))
    print("probability of a street → share that is true; these are promised:")
    print("  .46→.47 .55→.58 .65→.67 .75→.76 .83→.85 .88→.89 .97→.98")
    for predicted, share, count in calibration(everything):
        print(f"  {predicted:.2f} → {share:.2f}   {count} partners")
    return stars


def show_saboteurs(run: Run, seed: int, groups: int) -> int:
    """Print how far liars move a good partner, and how often its street changes.

    Returns:
        The number of stars.
    """
    estimate: list[float | None] = []
    plain: list[float | None] = []
    wrong: dict[int, list[float | None]] = {0: [], 1: [], 2: []}
    mixed: list[float | None] = []
    for voices in (4, 5, 8, 12):
        for liars in (1, 2):
            pairs: list[tuple[Judged, Judged]] = run(partial(sabotage, voices, liars, seed), groups)
            wrong[liars].append(percent(after.is_wrong for _, after in pairs))
            if liars == 2:
                mixed.append(percent(after.street is Street.MIXED for _, after in pairs))
            else:
                estimate.append(fmean(before.get - after.get for before, after in pairs))
                plain.append(fmean(b.plain_mean - a.plain_mean for b, a in pairs))
                wrong[0].append(percent(before.is_wrong for before, _ in pairs))
    print(f"{'liars':<18}" + "".join(f"{f'n = {voices}':>8} " for voices in (4, 5, 8, 12)))
    stars = print_beside("one moves ours by", estimate, (0.22, 0.17, 0.10, 0.06))
    stars += print_beside("the plain mean by", plain, (0.72, 0.58, 0.36, 0.24))
    stars += print_beside("none: wrong", wrong[0], None)
    stars += print_beside("one: wrong", wrong[1], (0.4, 0.4, 0.4, 0.4))
    stars += print_beside("two: wrong", wrong[2], (18, None, None, None))
    stars += print_beside("two: mixed", mixed, None)
    return stars


def show_boasting(run: Run, seed: int, groups: int) -> None:
    """Print how many streets are right if every rater overstates his giving by one point."""
    print("everybody overstates by one point what he gives: streets that are right, %")
    for voices in RATERS:
        line = f"  n = {voices:<3}"
        for name, pool in (("relative cut", pool_shown), ("fixed cut", pool_with_fixed_cut)):
            cell = Cell(voices, boast=1.0)
            judged: list[Judged] = run(partial(cell.judge_group, seed, pool=pool), groups)
            right = percent(partner.is_right for partner in judged if partner.certainty)
            line += f"   {name} {right:.1f}"
        print(line)
    print("  promised: relative 88 to 91, fixed 71 to 74")


def show_groups(run: Run, seed: int, evenings: int) -> None:
    """Print the results of small groups, with and without pooling partners below the floor."""
    print("12 partners known by half the group: reach 4 voices / get a street (right) / solid")
    for firms, quick, promise in (
        (12, 0.0, "11.2 / 6.6 (90 %) / 4.3"),
        (12, 1.0, "11.2 / 4.6 (85 %) / 0"),
        (8, 0.0, "7.5 / 4.3 / 2.6"),
    ):
        for pool in (pool_shown, pool_all):
            harvests: list[Harvest] = run(partial(harvest, firms, quick, pool, seed), evenings)
            reached = fmean(evening.reached for evening in harvests)
            streets = sum(evening.streets for evening in harvests)
            right = 100 * sum(evening.right for evening in harvests) / streets
            solid = fmean(evening.solid for evening in harvests)
            note = f"promised {promise}" if pool is pool_shown else "with those below the floor"
            print(
                f"  {firms:>2} firms{', quick' if quick else ', full '}: "
                f"{reached:.1f} / {streets / len(harvests):.1f} "
                f"({right:.0f} %) / {solid:.1f}   {note}"
            )


def main() -> int:
    """Print every table; return 1 with `--strict` if a figure has a star."""
    parser = argparse.ArgumentParser(description="How right are the verdicts?")
    parser.add_argument("--partners", type=int, default=4500, help="partners a cell")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there is a star")
    options = parser.parse_args()
    groups, started = math.ceil(options.partners / PARTNERS), time.perf_counter()
    with Pool(options.processes) as pool:

        def run(job: Callable[[int], list[T]], times: int) -> list[T]:
            batches = pool.imap(job, range(times), chunksize=4)
            return [result for batch in batches for result in batch]

        stars = show_tables(run, options.seed, groups)
        stars += show_saboteurs(run, options.seed, groups * 6)
        show_boasting(run, options.seed, groups // 3 or 1)
        show_groups(run, options.seed, groups * 3)
    print(f"{groups * PARTNERS} partners a cell, {time.perf_counter() - started:.0f} s")
    return 1 if options.strict and stars else 0


if __name__ == "__main__":
    sys.exit(main())
