"""Writers killed without warning, at any instant: what was acknowledged is in the box, whole.

    python -m benchmarks.kills [--trials 300] [--control]

Three programs draw, cast and change ballots, and say so when each is done. Then all are killed
(SIGKILL) and the box is opened with the keeper's key. `--control` lets them say so before the
flag is up, which has to be found. Needs fork.
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

from benchmarks.evening import Evening, handed_in, values_of
from peerreview.domain.errors import RuleError
from peerreview.services import casting

WRITERS, HEADS, PARTNERS = 3, 60, 12
LATEST = 0.25
"""Seconds until the kill, at most."""


@dataclass
class Found:
    """What came out."""

    trials: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    doubled: int = 0
    half: int = 0

    def bad(self) -> int:
        """How many ballots aren't as they should be."""
        return self.lost + self.torn + self.doubled + self.half


@dataclass
class Told:
    """What one code's rater was told: the last value and receipt, and the value under way."""

    value: int = 0
    receipt: str = ""
    trying: int = 0


def write(folder: Path, seed: int, out: int, early: bool) -> None:
    """Draw and cast until killed. Every line is one write, so a pipe holds it whole or not."""
    random, evening = Random(seed), Evening(folder)

    def say(*words: object) -> None:
        os.write(out, (" ".join(map(str, words)) + "\n").encode())

    if early:
        _acknowledge_early(say)
    while True:
        try:
            seat = evening.services.rating.draw_code(spare=True)
        except RuleError:  # everybody has drawn
            signal.pause()
        code = "-".join(seat.code or ())
        for _ in range(random.randrange(1, 4)):
            value = random.randrange(1, 6)
            say("casting", code, value)
            receipt = evening.cast(seat, value)
            say("cast", code, value, receipt.replace(" ", "-"))


def _acknowledge_early(say: Callable[..., None]) -> None:
    """The control: sealed, so it is told; holes and flag come later."""
    real = casting.hand_in

    def hand_in(*arguments: object, **named: object) -> None:
        say("early")
        real(*arguments, **named)  # pyright: ignore

    casting.hand_in = hand_in


@contextmanager
def writers(folder: Path, seed: int, early: bool) -> Iterator[list[int]]:
    """Start the writers; yield the ends of their pipes; kill them all at the end of the block."""
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


def trial(folder: Path, seed: int, found: Found, early: bool = False) -> None:
    """Let them write, kill them, and look."""
    random = Random(seed)
    evening = Evening(folder).found(PARTNERS)
    key = evening.open_round(HEADS, spares=6)
    with writers(folder, seed, early) as ends:
        first = [os.read(end, 1) for end in ends]  # everybody is at it
        time.sleep(random.uniform(0, LATEST))
    told: dict[str, Told] = {}
    for end, start in zip(ends, first, strict=True):
        with os.fdopen(end, "rb") as lines:
            _listen((start + lines.read()).decode(), told)
    _look(evening, folder, key, told, found)


def _listen(text: str, told: dict[str, Told]) -> None:
    trying = ""
    for line in text.splitlines():
        match line.split():
            case ["casting", code, value]:
                told.setdefault(code, Told()).trying = int(value)
                trying = code
            case ["cast", code, value, receipt]:
                told[code].value, told[code].receipt = int(value), receipt
                told[code].trying = 0
            case _:  # the control: what is being tried is told to be in
                told[trying].value, told[trying].trying = told[trying].trying, 0
                told[trying].receipt = ""


def _look(evening: Evening, folder: Path, key: str, told: dict[str, Told], found: Found) -> None:
    (path,) = folder.glob("*.box.json")
    with TinyDB(path) as stock:
        assert len(stock.table("turns")) == HEADS + 6
    box = evening.vault.box(1).read()
    counted = 0
    for code, each in told.items():
        flag, receipt = handed_in(box, code.replace("-", " "))
        values = values_of(box, key, code.replace("-", " "))
        counted += flag
        found.acknowledged += each.value > 0
        if each.value and not flag and not each.trying:
            found.lost += 1
        if flag and len(values) != 1:
            found.half += 1
        elif flag and not values <= {each.value, each.trying}:
            found.torn += 1
        elif flag and each.receipt and not each.trying:
            found.torn += receipt.replace(" ", "-") != each.receipt
    found.doubled += max(0, box.ballots_in - counted)
    found.trials += 1


def run(trials: int, early: bool = False, seed: int = 1) -> Found:
    """Play some trials, each with a fresh group."""
    found = Found()
    for number in range(trials):
        with tempfile.TemporaryDirectory() as folder:
            trial(Path(folder), seed + number, found, early)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--control", action="store_true")
    options = parser.parse_args()
    found = run(options.trials, options.control)
    print(found)
    raise SystemExit((found.bad() == 0) == options.control)


if __name__ == "__main__":
    main()
