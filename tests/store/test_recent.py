"""Recent groups: remembered in one small file, and never worth an error."""

import json
import os
from pathlib import Path

import pytest

from peerreview.bootstrap import read_recent_groups, remember_group


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "peerreview" / "recent.json"


def group(folder: Path, name: str) -> Path:
    path = folder / f"{name}.group.json"
    path.write_text("{}", encoding="utf-8")
    return path


def test_the_list_is_empty_at_first(file: Path) -> None:
    assert read_recent_groups(file) == []
    assert not file.parent.exists(), "looking makes nothing"


def test_the_last_opened_group_comes_first_and_only_once(file: Path, tmp_path: Path) -> None:
    one, two = group(tmp_path, "one"), group(tmp_path, "two")
    for path in (one, two, one):
        remember_group(file, path)
    assert read_recent_groups(file) == [one, two]


def test_only_the_last_nine_are_kept(file: Path, tmp_path: Path) -> None:
    groups = [group(tmp_path, f"g{number}") for number in range(12)]
    for path in groups:
        remember_group(file, path)
    assert read_recent_groups(file) == groups[:2:-1]


def test_missing_groups_are_left_out_until_they_come_back(file: Path, tmp_path: Path) -> None:
    one, two = group(tmp_path, "one"), group(tmp_path, "two")
    remember_group(file, one)
    remember_group(file, two)
    one.unlink()
    assert read_recent_groups(file) == [two]
    one.mkdir()
    assert read_recent_groups(file) == [two]


def test_a_relative_path_is_remembered_as_absolute(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = group(tmp_path, "one")
    monkeypatch.chdir(tmp_path)
    remember_group(file, Path("one.group.json"))
    (tmp_path / "link.group.json").symlink_to(one)
    remember_group(file, Path("link.group.json"))
    assert read_recent_groups(file) == [one]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "7", '{"a": 1}', "[1, null]", '["a\\u0000b"]', '[["x"]]', "\udcff",
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_list_is_an_empty_list(file: Path, tmp_path: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_recent_groups(file) == []
    one = group(tmp_path, "one")
    remember_group(file, one)
    assert read_recent_groups(file) == [one]


def test_any_name_is_remembered_unless_it_isnt_unicode(file: Path, tmp_path: Path) -> None:
    crab = group(tmp_path, "株式会社 🦀 “Crab”\nSons")
    remember_group(file, crab)
    remember_group(file, Path(os.fsdecode(b"\xff.group.json")))
    assert read_recent_groups(file) == [crab]


def test_only_the_owner_may_read_the_list(file: Path, tmp_path: Path) -> None:
    one = group(tmp_path, "one")
    remember_group(file, one)
    assert json.loads(file.read_text("utf-8")) == [str(one)]
    assert [path.name for path in file.parent.iterdir()] == ["recent.json"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_list_that_cant_be_written_is_skipped(tmp_path: Path) -> None:
    """A home folder nobody may write to fails as this does: a file where a folder should be."""
    home = group(tmp_path, "home")
    remember_group(home / "state" / "recent.json", home)
    assert read_recent_groups(home / "state" / "recent.json") == []
    (tmp_path / "recent.json").mkdir()
    remember_group(tmp_path / "recent.json", home)
    assert read_recent_groups(tmp_path / "recent.json") == []
