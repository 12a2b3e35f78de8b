"""What most tests need: a fast world with a calendar of its own, and groups in it."""

import gc
import os
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from memory import MemoryVault
from stories import Calendar, fast_environment, five_partners

from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

RARE = ("sweep", "slow", "anonymity", "statistics", "browser", "packaging")
"""The markers of tests that are not run every day, as in pyproject.toml."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--seconds",
        type=float,
        default=None,
        help="fail tests without a marker that take more seconds of processor time",
    )


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one worker more than there are cores, because tests often wait for something."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Make the garbage collector skip what lives as long as the tests: it takes a sixth off."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def processor_seconds() -> float:
    """Return the processor time this process and the programs it waited for have taken.

    A busy machine makes tests wait, but hardly takes more of it.
    """
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test of every day that takes too long, if `--seconds` says how long it may."""
    before = processor_seconds()
    result = yield
    limit: float | None = item.config.getoption("--seconds")
    if limit is not None and not any(item.get_closest_marker(name) for name in RARE):
        own_limit = item.get_closest_marker("seconds")
        limit = own_limit.args[0] if own_limit else limit
        if (taken := processor_seconds() - before) > limit:
            pytest.fail(
                f"It took {taken:.1f} s of processor time; tests that run every day may take "
                f"{limit:g} s. Make it faster, or mark it: {', '.join(RARE)}.",
                pytrace=False,
            )
    return result


@pytest.fixture(autouse=True, scope="session")
def ctrl_c() -> None:
    """Have programs under test know ctrl+c, also when the tests run in the background."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Collect garbage again after a command has run within the tests."""
    yield
    gc.enable()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def environment(calendar: Calendar) -> Environment:
    return fast_environment(calendar)


@pytest.fixture
def empty_services(environment: Environment) -> GroupServices:
    """A desk in memory, with nothing on it."""
    return GroupServices(MemoryVault(), environment)


@pytest.fixture
def services(empty_services: GroupServices) -> GroupServices:
    """A desk in memory, with a group of five partners."""
    return five_partners(empty_services)


@pytest.fixture(params=["memory", "files"])
def any_vault(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryVault | FileVault:
    """Each kind of vault in turn, empty."""
    return MemoryVault() if request.param == "memory" else FileVault(tmp_path / "gulf.group.json")


@pytest.fixture
def any_services(any_vault: MemoryVault | FileVault, environment: Environment) -> GroupServices:
    """A desk over each kind of vault, with a group of five partners."""
    return five_partners(GroupServices(any_vault, environment))
