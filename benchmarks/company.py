"""Eight programs on one group at once: opening, drawing, casting, changing, reading, closing.

    python -m benchmarks.company [--seconds 20] [--control]

Afterwards every acknowledged ballot must have been counted at its round's close, or be in the
box; one refused because the box was closed must not. A reader must never see half a change.
`--control` acknowledges what was refused, which has to be found.

Nobody may wait for the others longer than 250 ms at the 99th percentile. That is the time until
the lock is held. What a whole call takes is printed beside it: eight programs that never rest, on
as many cores as there are, wait for a core too.
"""

import argparse
import contextlib
import json
import multiprocessing
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from benchmarks.evening import Evening, filled, handed_in
from peerreview.domain.errors import RuleError
from peerreview.domain.round.round import FEWEST_BALLOTS
from peerreview.errors import BoxGoneError, BusyError, CountError
from peerreview.services import casting
from peerreview.services.rating import Seat
from peerreview.store.disk.lock import Lock

PROGRAMS, HEADS, PARTNERS = 8, 14, 20
KEY, LOCK = "key of round {}", "lock"


@dataclass
class Heard:
    """What one program did: everything acknowledged, refused and seen, and how long it took."""

    acknowledged: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    unsure: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    closed: dict[int, int] = field(default_factory=dict[int, int])
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    mixed: int = 0
    busy: int = 0


class Program:
    """One of the eight: does something at random, again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._random = folder, Random(seed)
        self._evening, self.heard = Evening(folder), Heard()
        self._seats: list[Seat] = []

    def run(self, seconds: float) -> None:
        """Go on for some time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._one_thing()
            except BusyError:
                self.heard.busy += 1
            except RuleError:  # no round is open, no code is left, the count doesn't add up
                continue

    def _one_thing(self) -> None:
        round_ = self._evening.open
        if round_ is None:
            self._open()
            return
        self._seats = [seat for seat in self._seats if seat.round.id == round_.id]
        chance = self._random.random()
        if chance < 0.30:
            self._timed("draw", self._draw)
        elif chance < 0.75 and self._seats:
            self._cast(self._random.choice(self._seats))
        elif chance < 0.85:
            self._timed("glance", self._evening.services.rounds.progress)
        elif chance < 0.95:
            self._timed("read", lambda: self._look(round_.number))
        else:
            self._timed("close", lambda: self._close(round_.number))

    def _timed(self, what: str, do: Callable[[], object]) -> None:
        start = time.perf_counter()
        try:
            do()
        finally:
            self.heard.waits[what].append((time.perf_counter() - start) * 1e3)

    def _open(self) -> None:
        group = self._evening.vault.group.read()
        key = self._evening.open_round(HEADS)
        (self._folder / KEY.format(len(group.rounds) + 1)).write_text(key)

    def _draw(self) -> None:
        self._seats.append(self._evening.services.rating.draw_code())

    def _cast(self, seat: Seat) -> None:
        ballot = (seat.round.number, " ".join(seat.code or ()))
        draft = filled(seat, self._random.randrange(1, 6))
        try:
            self._timed("cast", lambda: self._evening.services.rating.cast(seat, draft))
            self.heard.acknowledged.append(ballot)
        except BoxGoneError:  # an earlier one may have been taken down for this one
            self.heard.unsure.append(ballot)

    def _look(self, number: int) -> None:
        """No reader may see a change half done: places are claimed all together."""
        box = self._evening.vault.box(number).read()
        claimed = sum(1 for hole in box.slots if hole.tag)
        self.heard.mixed += claimed != box.codes_drawn * len(box.head.partners)

    def _close(self, number: int) -> None:
        with contextlib.suppress(FileNotFoundError, CountError):
            box = self._evening.vault.box(number).read_without_slots()
            if box.ballots_in >= FEWEST_BALLOTS:
                key = (self._folder / KEY.format(number)).read_text()
                release = self._evening.close(key, box.ballots_in)
                self.heard.closed[number] = release.ballots


def _program(folder: Path, seed: int, seconds: float, control: bool, queue: Any) -> None:
    program = Program(folder, seed)
    with contextlib.ExitStack() as wrong:
        if control:
            wrong.enter_context(early())
        wrong.enter_context(waiting(program.heard.waits[LOCK]))
        program.run(seconds)
    queue.put(program.heard)


@contextlib.contextmanager
def waiting(times: list[float]) -> Iterator[None]:
    """Take note of how long it takes to get the lock, in ms."""
    real = Lock._acquire

    def taken(lock: Lock) -> int:
        start = time.perf_counter()
        try:
            return real(lock)
        finally:
            times.append((time.perf_counter() - start) * 1e3)

    Lock._acquire = taken
    yield
    Lock._acquire = real


@contextlib.contextmanager
def early() -> Iterator[None]:
    """Control: a ballot is acknowledged although its flag never went up."""
    real = casting.hand_in

    def hand_in(*arguments: Any) -> None:
        with contextlib.suppress(BoxGoneError):
            real(*arguments)

    casting.hand_in = hand_in
    yield
    casting.hand_in = real


@dataclass
class Verdict:
    """What came out of it all."""

    acknowledged: int
    rounds: int
    wrong: list[str]
    waits: dict[str, list[float]]
    busy: int


def play(seconds: float, control: bool = False, seed: int = 1, programs: int = PROGRAMS) -> Verdict:
    """Let all programs work at once, then settle the accounts."""
    with tempfile.TemporaryDirectory() as name:
        folder, context = Path(name), multiprocessing.get_context("fork")
        Evening(folder).found(PARTNERS)
        queue = context.SimpleQueue()
        running = [
            context.Process(target=_program, args=(folder, seed + number, seconds, control, queue))
            for number in range(programs)
        ]
        for process in running:
            process.start()
        heard: list[Heard] = [queue.get() for _ in running]
        for process in running:
            process.join()
        return _settle(Evening(folder), heard)


def _settle(evening: Evening, heard: list[Heard]) -> Verdict:
    sure, unsure = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    waits = defaultdict[str, list[float]](list)
    for each in heard:
        for number, code in each.unsure:
            unsure[number].add(code)
        for number, code in each.acknowledged:
            sure[number].add(code)
        for what, times in each.waits.items():
            waits[what] += times
    wrong = [f"{sum(each.mixed for each in heard)} mixed reads"] * any(e.mixed for e in heard)
    group = evening.vault.group.read()
    for round_ in group.rounds:
        number = round_.number
        least, most = len(sure[number] - unsure[number]), len(sure[number] | unsure[number])
        counted = _counted(evening, number, sure[number])
        if not least <= counted <= most:
            wrong.append(f"round {number}: {counted} counted, {least} to {most} acknowledged")
    acknowledged = sum(len(codes) for codes in sure.values())
    return Verdict(acknowledged, len(group.rounds), wrong, waits, sum(e.busy for e in heard))


def _counted(evening: Evening, number: int, codes: set[str]) -> int:
    """How many ballots a round had at its close, or has in its box."""
    release = evening.vault.group.read().find_release(number)
    if release:
        return release.ballots
    box = evening.vault.box(number).read()
    return sum(handed_in(box, code)[0] for code in codes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--control", action="store_true")
    options = parser.parse_args()
    verdict = play(options.seconds, options.control)
    print(f"{verdict.acknowledged} ballots in {verdict.rounds} rounds, busy {verdict.busy}")
    for what, times in sorted(verdict.waits.items()):
        times.sort()
        p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
        line = f"  {what:7} {len(times):7} times, p50 {p50:7.1f} p95 {p95:7.1f} p99 {p99:7.1f}"
        print(f"{line} longest {times[-1]:.1f} ms")
    p99 = quantiles(verdict.waits[LOCK], n=100)[-1]
    print(f"  {'HOLDS' if p99 <= 250 else 'MISSED'} nobody waits longer than 250 ms: {p99:.0f}")
    print(json.dumps(verdict.wrong))
    raise SystemExit(bool(verdict.wrong) != options.control)


if __name__ == "__main__":
    main()
