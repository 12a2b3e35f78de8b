"""Vaults of both kinds."""

from pathlib import Path

import pytest

from peerreview.store.memory import MemoryVault
from peerreview.store.vault import FileVault


@pytest.fixture
def group_path(tmp_path: Path) -> Path:
    return tmp_path / "gulf.group.json"


@pytest.fixture
def file_vault(group_path: Path) -> FileVault:
    return FileVault(group_path)


@pytest.fixture(params=["file", "memory"])
def vault(request: pytest.FixtureRequest, group_path: Path) -> FileVault | MemoryVault:
    return FileVault(group_path) if request.param == "file" else MemoryVault()
