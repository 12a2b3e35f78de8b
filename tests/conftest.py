"""What most tests need: a fast world with a calendar of its own, and groups in it."""

import gc
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from memory import MemoryVault
from stories import Calendar, fast_world, five_partners

from peerreview.services.environment import World
from peerreview.services.group_services import Desk
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
def world(calendar: Calendar) -> World:
    return fast_world(calendar)


@pytest.fixture
def empty_desk(world: World) -> Desk:
    """A desk in memory, with nothing on it."""
    return Desk(MemoryVault(), world)


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk in memory, with a group of five partners."""
    return five_partners(empty_desk)


@pytest.fixture(params=["memory", "files"])
def any_vault(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryVault | FileVault:
    """Each kind of vault in turn, empty."""
    return MemoryVault() if request.param == "memory" else FileVault(tmp_path / "gulf.group.json")


@pytest.fixture
def any_desk(any_vault: MemoryVault | FileVault, world: World) -> Desk:
    """A desk over each kind of vault, with a group of five partners."""
    return five_partners(Desk(any_vault, world))
