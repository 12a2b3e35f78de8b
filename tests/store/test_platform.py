"""What other operating systems get, as far as it can be played here."""

import errno
import os
from pathlib import Path

import pytest
from store_samples import sample_group

from peerreview.store.disk import platform
from peerreview.store.vault import FileVault


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_an_overwrite_changes_only_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"-" * 20)
    monkeypatch.setattr(platform.sys, "platform", system)
    file = platform.open_existing(path, write=True)
    platform.overwrite(file, [(7, b"here"), (0, b"first")])
    assert platform.read_at(file, 5, 6) == b"--here"
    assert platform.read_at(file, 18, 6) == b"--"
    assert platform.contains(file, [(7, b"here"), (0, b"first--")])
    assert not platform.contains(file, [(0, b"first"), (18, b"---")])
    os.close(file)
    assert path.read_bytes() == b"first--here---------"


@pytest.mark.skipif(not hasattr(os, "pwrite"), reason="no positioned writes here")
def test_a_short_write_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, data, offset: real(file, data[:3], offset))
    path = tmp_path / "file"
    path.write_bytes(b"-" * 12)
    file = platform.open_existing(path, write=True)
    platform.overwrite(file, [(1, b"overwrite")])
    os.close(file)
    assert path.read_bytes() == b"-overwrite--"


def test_a_taken_name_is_refused_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*paths: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    new, taken = tmp_path / "new", tmp_path / "taken"
    new.write_text("new")
    taken.write_text("old")
    with pytest.raises(FileExistsError):
        platform.rename_without_replacing(new, taken)
    assert (new.read_text(), taken.read_text()) == ("new", "old")


def test_where_readers_block_renames_they_take_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = FileVault(str(tmp_path / "gulf.group.json"))
    vault.group.create(sample_group())
    monkeypatch.setattr(platform, "READERS_BLOCK_RENAMES", True)
    assert vault.group.update(lambda group: vault.group.read()) == vault.group.read()
