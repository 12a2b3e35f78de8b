"""Kill writers at any instant: every acknowledged ballot has to be in the box, whole.

    python -m benchmarks.kills [--trials 300] [--control]

Three programs draw codes, cast and change ballots, and report every ballot once it is handed in.
Then all are killed (SIGKILL) and the box is opened with the keeper's key. With `--control` they
report a ballot before its ticket is marked as handed in; the check must notice that. The operating
system has to support fork.
"""

import argparse
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tinydb import TinyDB

from benchmarks.evening import Evening, read_ticket, read_values
from peerreview.domain.errors import RuleError
from peerreview.services import casting

WRITERS, HEADS, PARTNERS = 3, 60, 12
LATEST = 0.25
"""The longest time until the kill, in seconds."""


@dataclass
class Outcome:
    """The counts of all trials.

    Attributes:
        trials: how many trials were played.
        acknowledged: how many ballots were acknowledged.
        lost: ballots that were acknowledged and aren't handed in.
        torn: ballots with another value or receipt than acknowledged.
        doubled: ballots in the box that belong to no known code.
        half: ballots whose rows don't all have the same value.
    """

    trials: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    doubled: int = 0
    half: int = 0

    def count_errors(self) -> int:
        """Return how many ballots aren't as they should be."""
        return self.lost + self.torn + self.doubled + self.half


@dataclass
class RaterMemory:
    """What the rater of one code knows.

    Attributes:
        value: the value of the last acknowledged ballot; 0 for none.
        receipt: the receipt of that ballot, joined by hyphens.
        trying: the value of a ballot that isn't acknowledged yet; 0 for none.
    """

    value: int = 0
    receipt: str = ""
    trying: int = 0


def write(folder: Path, seed: int, out: int, early: bool) -> None:
    """Draw and cast until killed; report every step in one write, so that no line is cut off."""
    random, evening = Random(seed), Evening(folder)

    def report(*words: object) -> None:
        os.write(out, (" ".join(map(str, words)) + "\n").encode())

    if early:
        _acknowledge_early(report)
    while True:
        try:
            seat = evening.services.rating.draw_code(spare=True)
        except RuleError:  # everybody has drawn
            signal.pause()
        code = "-".join(seat.code or ())
        for _ in range(random.randrange(1, 4)):
            value = random.randrange(1, 6)
            report("casting", code, value)
            receipt = evening.cast(seat, value)
            report("cast", code, value, receipt.replace(" ", "-"))


def _acknowledge_early(report: Callable[..., None]) -> None:
    """Make the control: report every ballot before its slots and its ticket are written."""
    original = casting.hand_in

    def hand_in(*arguments: object, **options: object) -> None:
        report("early")
        original(*arguments, **options)  # pyright: ignore

    casting.hand_in = hand_in


@contextmanager
def running_writers(folder: Path, seed: int, early: bool) -> Iterator[list[int]]:
    """Start the writers; yield the read ends of their pipes; kill all at the end of the block."""
    context = multiprocessing.get_context("fork")
    ends, running = list[int](), []
    for number in range(WRITERS):
        end, out = os.pipe()
        process = context.Process(target=write, args=(folder, seed * 100 + number, out, early))
        process.start()
        os.close(out)
        ends.append(end)
        running.append(process)
    try:
        yield ends
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.join()


def play_trial(folder: Path, seed: int, outcome: Outcome, early: bool = False) -> None:
    """Start writers, kill them, and check the box."""
    random = Random(seed)
    evening = Evening(folder).create_group(PARTNERS)
    key = evening.open_round(HEADS, spares=6)
    with running_writers(folder, seed, early) as ends:
        first = [os.read(end, 1) for end in ends]  # all writers have begun
        time.sleep(random.uniform(0, LATEST))
    memories: dict[str, RaterMemory] = {}
    for end, start in zip(ends, first, strict=True):
        with os.fdopen(end, "rb") as lines:
            _read_reports((start + lines.read()).decode(), memories)
    _check_box(evening, folder, key, memories, outcome)


def _read_reports(text: str, memories: dict[str, RaterMemory]) -> None:
    """Update what the raters know from the reports of one writer."""
    trying = ""
    for line in text.splitlines():
        match line.split():
            case ["casting", code, value]:
                memories.setdefault(code, RaterMemory()).trying = int(value)
                trying = code
            case ["cast", code, value, receipt]:
                memories[code] = RaterMemory(int(value), receipt)
            case _:  # the control acknowledges a ballot too early
                memories[trying] = RaterMemory(memories[trying].trying)


def _check_box(
    evening: Evening, folder: Path, key: str, memories: dict[str, RaterMemory], outcome: Outcome
) -> None:
    """Compare the box with what the raters know, and add the differences to the outcome."""
    (path,) = folder.glob("*.box.json")
    with TinyDB(path) as stock:
        assert len(stock.table("turns")) == HEADS + 6
    box = evening.vault.box(1).read()
    counted = 0
    for code, memory in memories.items():
        flag, receipt = read_ticket(box, code.replace("-", " "))
        values = read_values(box, key, code.replace("-", " "))
        counted += flag
        outcome.acknowledged += memory.value > 0
        if memory.value and not flag and not memory.trying:
            outcome.lost += 1
        if flag and len(values) != 1:
            outcome.half += 1
        elif flag and not values <= {memory.value, memory.trying}:
            outcome.torn += 1
        elif flag and memory.receipt and not memory.trying:
            outcome.torn += receipt.replace(" ", "-") != memory.receipt
    outcome.doubled += max(0, box.ballots_in - counted)
    outcome.trials += 1


def run(trials: int, early: bool = False, seed: int = 1) -> Outcome:
    """Play some trials, each with a fresh group."""
    outcome = Outcome()
    for number in range(trials):
        with tempfile.TemporaryDirectory() as folder:
            play_trial(Path(folder), seed + number, outcome, early)
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--control", action="store_true")
    options = parser.parse_args()
    outcome = run(options.trials, options.control)
    print(outcome)
    raise SystemExit((outcome.count_errors() == 0) == options.control)


if __name__ == "__main__":
    main()
