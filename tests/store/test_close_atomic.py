"""Opening, closing and discarding touch two files: killed anywhere, each is finished or undone.

Real processes on real files. A child does one of the three and is killed: before each call that
changes anything on the disk, in the middle of each write, and at random instants.
"""

import os
import random
import shutil
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest
from stories import (
    GROUP,
    HARD,
    KIND,
    Calendar,
    fast_environment,
    five_partners,
    key_of,
    opened,
    rated,
)

from peerreview.domain.round.box import Box
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import RoundState
from peerreview.domain.tally.release import Release
from peerreview.errors import RuleError
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound
from peerreview.store import folder_risks
from peerreview.store.box.box_file import BoxFile
from peerreview.store.disk import durable
from peerreview.store.doctor.doctor import FileDoctor
from peerreview.store.vault import FileVault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

FILE, BOX = "gulf.group.json", "gulf.round-1.box.json"
CALLS = ("open", "write", "pwrite", "fsync", "fdatasync", "link", "unlink", "replace", "rename")
RANDOM_KILLS = 12
Act = Callable[[Path], object]
LONGEST = 20
"""Seconds until a child that hangs is ended."""


@dataclass(frozen=True)
class Story:
    """What a group looked like before anybody was killed, and what should come of it."""

    folder: Path
    key: str
    box: Box
    release: Release


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A group with four ballots in an open box, and the result that its close gives."""
    folder, closed = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("closed")
    services = services_in(folder)
    five_partners(services)
    key = key_of(opened(services))
    rated(services, KIND, KIND, HARD, KIND)
    shutil.copytree(folder, closed, dirs_exist_ok=True)
    release = services_in(closed).rounds.close(key, 4)
    return Story(folder, key, FileVault(folder / FILE).box(1).read(), release)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PreparedRound]:
    """A group in which nothing is open yet, and an opening that is ready."""
    folder = tmp_path_factory.mktemp("planned")
    services = five_partners(services_in(folder))
    plan = Plan(dict.fromkeys(partner.id for partner in services.rounds.ready_partners()), 4)
    return folder, services.rounds.prepare(plan)


@pytest.fixture(autouse=True)
def no_folder_risks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_risks, "find_folder_risks", lambda folder: ())


def services_in(folder: Path) -> GroupServices:
    return GroupServices(FileVault(folder / FILE), fast_environment(Calendar()))


class KillingCalls:
    """Counts the calls that change a disk, and kills its own process at one of them.

    Args:
        kill_at: the number of the call before which the process is killed, from 1; 0 for none.
        in_the_middle: kill it when half of the bytes are written, instead of before the call.
    """

    def __init__(self, kill_at: int = 0, *, in_the_middle: bool = False) -> None:
        self.calls: list[str] = []
        self._kill_at, self._in_the_middle = kill_at, in_the_middle
        self._real = {name: getattr(os, name) for name in CALLS}

    def __enter__(self) -> Self:
        for name in CALLS:
            setattr(os, name, partial(self._call, name))
        return self

    def __exit__(self, *error: object) -> None:
        for name in CALLS:
            setattr(os, name, self._real[name])

    def _call(self, name: str, *arguments: Any, **more: Any) -> object:
        self.calls.append(name)
        if len(self.calls) == self._kill_at:
            if self._in_the_middle:
                file, data, *where = arguments
                self._real[name](file, bytes(data)[: len(data) // 2], *where)
            os.kill(os.getpid(), signal.SIGKILL)
        return self._real[name](*arguments, **more)


def start_child(act: Callable[[], object]) -> int:
    """Start a process that does `act` and nothing else; return its id."""
    pid = os.fork()
    if not pid:
        signal.alarm(LONGEST)
        try:
            act()
        finally:
            os._exit(0)
    return pid


def kill_everywhere(act: Act, before: Path, scratch: Path) -> Iterator[Path]:
    """Yield folders in which `act` was killed: before each call, in each write, anywhere."""
    with KillingCalls() as counter:
        started = time.perf_counter()
        act(Path(shutil.copytree(before, scratch / "whole")))
    length = time.perf_counter() - started
    kills = [(step, False) for step in range(1, len(counter.calls) + 1)]
    kills += [(step, True) for step, name in enumerate(counter.calls, 1) if "write" in name]
    for step, in_the_middle in kills:
        folder = Path(shutil.copytree(before, scratch / f"{step}{'-half' * in_the_middle}"))

        def killed(
            folder: Path = folder, step: int = step, in_the_middle: bool = in_the_middle
        ) -> None:
            with KillingCalls(step, in_the_middle=in_the_middle):
                act(folder)

        _, status = os.waitpid(start_child(killed), 0)
        assert os.WIFSIGNALED(status), f"nobody was killed at step {step}"
        assert os.WTERMSIG(status) == signal.SIGKILL
        yield folder
    dice = random.Random(7)
    for number in range(RANDOM_KILLS):
        folder = Path(shutil.copytree(before, scratch / f"random-{number}"))
        pid = start_child(partial(act, folder))
        killer = threading.Timer(dice.uniform(0, length), os.kill, (pid, signal.SIGKILL))
        killer.start()
        killer.join()
        os.waitpid(pid, 0)
        yield folder


def file_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def check_and_clean_up(folder: Path, *, by_doctor: bool) -> FileVault:
    """Let the doctor look, then recover: what is found is named, mended and said; then all is well.

    Nobody but the owner may read anything, not even what is half written.
    """
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {0o600}
    vault = FileVault(folder / FILE)
    doctor = FileDoctor(vault)
    codes = [finding.code for finding in doctor.examine().findings]
    assert set(codes) <= {"orphan", "leftover"}
    sentences = doctor.repair() if by_doctor else vault.clean_up_after_crash()
    assert len(sentences) == len(codes), "each thing found is mended, and each is said"
    assert doctor.examine().findings == ()
    assert vault.clean_up_after_crash() == ()
    return vault


def check_close(story: Story, folder: Path, *, by_doctor: bool) -> bool:
    """Release or box, never both, never neither. Returns whether the close went through."""
    vault = check_and_clean_up(folder, by_doctor=by_doctor)
    group = vault.group.read()
    if group.rounds[0].state is RoundState.CLOSED:
        assert group.find_release(1) == story.release
        assert file_names(folder) == {FILE}
        return True
    assert group.releases == ()
    assert vault.box(1).read() == story.box
    assert file_names(folder) == {FILE, BOX}
    assert services_in(folder).rounds.close(story.key, 4) == story.release
    return False


def close(story: Story, folder: Path) -> None:
    services_in(folder).rounds.close(story.key, 4)


def test_a_close_is_finished_or_undone(story: Story, tmp_path: Path) -> None:
    folders = kill_everywhere(partial(close, story), story.folder, tmp_path)
    outcomes = [
        check_close(story, folder, by_doctor=number % 2 == 0)
        for number, folder in enumerate(folders)
    ]
    assert set(outcomes) == {False, True}, "some came too early, some too late"


def test_the_check_notices_a_close_that_removes_the_box_first(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the order turned round the same look has to find a loss."""

    def empty(box: BoxFile, use: Callable[[Box], Any]) -> object:
        whole = box.read()
        box.remove()
        return use(whole)

    monkeypatch.setattr(BoxFile, "read_and_remove", empty)
    lost = 0
    for folder in kill_everywhere(partial(close, story), story.folder, tmp_path):
        if "missing" in [
            finding.code for finding in FileDoctor(FileVault(folder / FILE)).examine().findings
        ]:
            lost += 1
    assert lost > 5


@pytest.mark.parametrize("act", ["close", "discard"])
def test_nobody_can_cast_after_the_round_has_ended(story: Story, tmp_path: Path, act: str) -> None:
    """A session may go on when the one that closed was killed with the box still there."""
    folder = Path(shutil.copytree(story.folder, tmp_path / "live"))
    services = services_in(folder)
    seat, other = services.rating.draw_code(spare=True), services.rating.draw_code(spare=True)
    services.rating.cast(other, KIND.fill(other))
    services.rating.withdraw(other)

    def killed() -> None:
        durable.erase = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        close(story, folder) if act == "close" else services_in(folder).rounds.discard(GROUP)

    _, status = os.waitpid(start_child(killed), 0)
    assert os.WIFSIGNALED(status)
    assert file_names(folder) == {FILE, BOX}
    for late_action in (
        lambda: services.rating.cast(seat, KIND.fill(seat)),
        lambda: services.rating.withdraw(other),
        lambda: services.rating.draw_code(spare=True),
    ):
        with pytest.raises(RuleError, match=r"closed or discarded|no round is open"):
            late_action()
    counted = [ticket.handed_in for ticket in FileVault(folder / FILE).box(1).read().tickets]
    assert counted.count(True) == 4


def test_a_discard_is_finished_or_undone(story: Story, tmp_path: Path) -> None:
    states: set[RoundState] = set()

    def discard(folder: Path) -> None:
        services_in(folder).rounds.discard(GROUP)

    for number, folder in enumerate(kill_everywhere(discard, story.folder, tmp_path)):
        vault = check_and_clean_up(folder, by_doctor=number % 2 == 0)
        (round_,) = vault.group.read().rounds
        states.add(round_.state)
        if round_.state is RoundState.DISCARDED:
            assert file_names(folder) == {FILE}
        else:
            assert vault.box(1).read() == story.box
            assert file_names(folder) == {FILE, BOX}
    assert states == {RoundState.OPEN, RoundState.DISCARDED}


def test_an_opening_is_finished_or_undone(
    planned: tuple[Path, PreparedRound], tmp_path: Path
) -> None:
    before, opening = planned
    outcomes: set[bool] = set()

    def open_round(folder: Path) -> None:
        services_in(folder).rounds.open(opening)

    for number, folder in enumerate(kill_everywhere(open_round, before, tmp_path)):
        vault = check_and_clean_up(folder, by_doctor=number % 2 == 0)
        is_open = vault.group.read().open_round is not None
        outcomes.add(is_open)
        assert file_names(folder) == ({FILE, BOX} if is_open else {FILE})
        if is_open:
            assert vault.box(1).read().codes_drawn == 0
        else:
            open_round(folder)
        assert services_in(folder).rating.draw_code().code
    assert outcomes == {False, True}


def test_a_new_group_is_complete_or_absent(tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()

    def create(folder: Path) -> None:
        services_in(folder).setting_up.create(GROUP)

    outcomes: set[bool] = set()
    for number, folder in enumerate(kill_everywhere(create, before, tmp_path)):
        outcomes.add((folder / FILE).exists())
        if not (folder / FILE).exists():
            create(folder)
        vault = check_and_clean_up(folder, by_doctor=number % 2 == 0)
        assert vault.group.read().name == GROUP
    assert outcomes == {False, True}
