"""Vaults of both kinds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from memory import MemoryVault

from peerreview.store.vault import FileVault

WORKER = Path(__file__).with_name("store_worker.py")


@pytest.fixture
def group_path(tmp_path: Path) -> Path:
    return tmp_path / "gulf.group.json"


@pytest.fixture
def file_vault(group_path: Path) -> FileVault:
    return FileVault(group_path)


@pytest.fixture(params=["file", "memory"])
def vault(request: pytest.FixtureRequest, group_path: Path) -> FileVault | MemoryVault:
    return FileVault(group_path) if request.param == "file" else MemoryVault()


@pytest.fixture
def worker() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a second program (see `store_worker.py`); what still runs afterwards is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, WORKER, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
