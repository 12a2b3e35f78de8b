"""Eight programs use one group at once: they open, draw, cast, change, read and close.

    python -m benchmarks.company [--seconds 20] [--control]

Afterwards every acknowledged ballot must have been counted at the close of its round, or be in the
box; a ballot that was refused because the box was closed must not. A reader must never read half a
change. With `--control`, refused ballots are acknowledged; the check must notice that.

At the 99th percentile a program may wait at most 250 ms until it holds the lock. The times of whole
calls are printed too; they contain the wait for a core, because the programs never rest.
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

from benchmarks.evening import Evening, fill_draft, read_ticket
from peerreview.domain.errors import RuleError
from peerreview.domain.round.round import FEWEST_BALLOTS
from peerreview.errors import BoxGoneError, BusyError, CountError
from peerreview.services import casting
from peerreview.services.rating import Seat
from peerreview.store.disk.lock import Lock

PROGRAMS, HEADS, PARTNERS = 8, 14, 20
KEY, LOCK = "key of round {}", "lock"


@dataclass
class ProgramLog:
    """What one program did.

    Attributes:
        acknowledged: the number of the round and the code of every ballot handed in.
        unsure: the same of ballots that met a closed box: an earlier one may have been taken out.
        closed: the number of ballots by the number of the closed round.
        waits: times in ms, by the name of the call.
        mixed_reads: how often a box was read with half a change in it.
        busy: how often the group was busy for too long.
    """

    acknowledged: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    unsure: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    closed: dict[int, int] = field(default_factory=dict[int, int])
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    mixed_reads: int = 0
    busy: int = 0


class Program:
    """One of the eight programs; does random things again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._random = folder, Random(seed)
        self._evening, self.log = Evening(folder), ProgramLog()
        self._seats: list[Seat] = []

    def run(self, seconds: float) -> None:
        """Do random things for some seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._do_random_thing()
            except BusyError:
                self.log.busy += 1
            except RuleError:  # no round is open, no code is left, the count doesn't add up
                continue

    def _do_random_thing(self) -> None:
        round_ = self._evening.current_round
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

    def _timed(self, name: str, call: Callable[[], object]) -> None:
        start = time.perf_counter()
        try:
            call()
        finally:
            self.log.waits[name].append((time.perf_counter() - start) * 1e3)

    def _open(self) -> None:
        group = self._evening.vault.group.read()
        key = self._evening.open_round(HEADS)
        (self._folder / KEY.format(len(group.rounds) + 1)).write_text(key)

    def _draw(self) -> None:
        self._seats.append(self._evening.services.rating.draw_code())

    def _cast(self, seat: Seat) -> None:
        ballot = (seat.round.number, " ".join(seat.code or ()))
        draft = fill_draft(seat, self._random.randrange(1, 6))
        try:
            self._timed("cast", lambda: self._evening.services.rating.cast(seat, draft))
            self.log.acknowledged.append(ballot)
        except BoxGoneError:  # an earlier ballot may have been taken out for this one
            self.log.unsure.append(ballot)

    def _look(self, number: int) -> None:
        """Check that the slots of a code are claimed all at once."""
        box = self._evening.vault.box(number).read()
        claimed = sum(1 for slot in box.slots if slot.tag)
        self.log.mixed_reads += claimed != box.codes_drawn * len(box.head.partners)

    def _close(self, number: int) -> None:
        with contextlib.suppress(FileNotFoundError, CountError):
            box = self._evening.vault.box(number).read_without_slots()
            if box.ballots_in >= FEWEST_BALLOTS:
                key = (self._folder / KEY.format(number)).read_text()
                release = self._evening.close(key, box.ballots_in)
                self.log.closed[number] = release.ballots


def _program(folder: Path, seed: int, seconds: float, control: bool, queue: Any) -> None:
    program = Program(folder, seed)
    with contextlib.ExitStack() as leaks:
        if control:
            leaks.enter_context(acknowledging_early())
        leaks.enter_context(timing_locks(program.log.waits[LOCK]))
        program.run(seconds)
    queue.put(program.log)


@contextlib.contextmanager
def timing_locks(times: list[float]) -> Iterator[None]:
    """Add to `times` how long it takes to get the lock, in ms."""
    original = Lock._acquire

    def timed_acquire(lock: Lock) -> int:
        start = time.perf_counter()
        try:
            return original(lock)
        finally:
            times.append((time.perf_counter() - start) * 1e3)

    Lock._acquire = timed_acquire
    yield
    Lock._acquire = original


@contextlib.contextmanager
def acknowledging_early() -> Iterator[None]:
    """Make the control: acknowledge ballots although the box was closed before."""
    original = casting.hand_in

    def hand_in(*arguments: Any) -> None:
        with contextlib.suppress(BoxGoneError):
            original(*arguments)

    casting.hand_in = hand_in
    yield
    casting.hand_in = original


@dataclass
class Verdict:
    """The outcome for all programs together.

    Attributes:
        acknowledged: how many codes have an acknowledged ballot.
        rounds: how many rounds were opened.
        wrong: what contradicts the promises, one sentence for each.
        waits: times in ms, by the name of the call.
        busy: how often the group was busy for too long.
    """

    acknowledged: int
    rounds: int
    wrong: list[str]
    waits: dict[str, list[float]]
    busy: int


def play(seconds: float, control: bool = False, seed: int = 1, programs: int = PROGRAMS) -> Verdict:
    """Let all programs work at once, then compare their logs with the group."""
    with tempfile.TemporaryDirectory() as name:
        folder, context = Path(name), multiprocessing.get_context("fork")
        Evening(folder).create_group(PARTNERS)
        queue = context.SimpleQueue()
        running = [
            context.Process(target=_program, args=(folder, seed + number, seconds, control, queue))
            for number in range(programs)
        ]
        for process in running:
            process.start()
        logs: list[ProgramLog] = [queue.get() for _ in running]
        for process in running:
            process.join()
        return _settle(Evening(folder), logs)


def _settle(evening: Evening, logs: list[ProgramLog]) -> Verdict:
    sure, unsure = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    waits = defaultdict[str, list[float]](list)
    for log in logs:
        for number, code in log.unsure:
            unsure[number].add(code)
        for number, code in log.acknowledged:
            sure[number].add(code)
        for what, times in log.waits.items():
            waits[what] += times
    mixed_reads = sum(log.mixed_reads for log in logs)
    wrong = [f"{mixed_reads} mixed reads"] if mixed_reads else []
    group = evening.vault.group.read()
    for round_ in group.rounds:
        number = round_.number
        least, most = len(sure[number] - unsure[number]), len(sure[number] | unsure[number])
        counted = _counted(evening, number, sure[number])
        if not least <= counted <= most:
            wrong.append(f"round {number}: {counted} counted, {least} to {most} acknowledged")
    acknowledged = sum(len(codes) for codes in sure.values())
    return Verdict(acknowledged, len(group.rounds), wrong, waits, sum(log.busy for log in logs))


def _counted(evening: Evening, number: int, codes: set[str]) -> int:
    """Return how many ballots a round had at its close, or has in its box."""
    release = evening.vault.group.read().find_release(number)
    if release:
        return release.ballots
    box = evening.vault.box(number).read()
    return sum(read_ticket(box, code)[0] for code in codes)


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
