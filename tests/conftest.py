"""What most tests need: a fast world with a calendar of its own, and groups in it."""

import gc
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from memory import MemoryVault
from stories import Calendar, fast_environment, five_partners

from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault


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
