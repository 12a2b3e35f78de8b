"""The bare command, `demo`, `open` and `rate`: screens at a terminal, text without one."""

import os
import shutil
from pathlib import Path

import pytest

from peerreview.shipped import find_folder

from .conftest import FILE, Run

Started = list[tuple[object, ...]]


def test_the_one_group_of_this_folder_opens(run: Run, group: Path, terminal: Started) -> None:
    assert run().exit_code == 0
    assert terminal == [(FILE, {"screen": "board", "readonly": False, "demo": False})]


@pytest.mark.parametrize("groups", [0, 2])
def test_the_welcome_screen_opens_without_a_single_group(
    run: Run, scratch: Path, kept: Path, terminal: Started, groups: int
) -> None:
    for number in range(groups):
        shutil.copy(kept / FILE, scratch / f"{number}.group.json")
    assert run().exit_code == 0
    assert terminal == [(None, {"screen": "welcome", "readonly": False, "demo": False})]


def test_without_a_terminal_the_bare_command_prints_the_board(run: Run, group: Path) -> None:
    assert run().stdout == run("show", group).stdout


def test_without_a_terminal_and_a_group_it_says_what_it_found(
    run: Run, scratch: Path, kept: Path
) -> None:
    alone = run()
    assert alone.exit_code == 0 and "No group in this folder." in alone.stdout
    for name in ("b", "a"):
        shutil.copy(kept / FILE, scratch / f"{name}.group.json")
    assert "  a.group.json\n  b.group.json\n" in run().stdout


def test_the_demo_is_a_copy_that_is_gone_afterwards(run: Run, terminal: Started) -> None:
    shipped = {path: path.read_bytes() for path in find_folder("sample_data").glob("gulf*")}
    assert run("demo").exit_code == 0
    assert terminal == [(FILE, {"screen": "board", "readonly": False, "demo": True})]
    assert {path: path.read_bytes() for path in find_folder("sample_data").glob("gulf*")} == shipped


def test_the_demo_without_a_terminal_is_its_board(
    run: Run, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    result = run("demo")
    assert result.exit_code == 0 and result.stdout.startswith(" BOARD   Gulf Coast Peers · round 3")
    assert list(scratch.iterdir()) == []


def test_open_rate_and_room_start_their_screens(run: Run, group: Path, terminal: Started) -> None:
    run("open", group)
    run("open", group, "--readonly")
    run("rate", group)
    run("room", group)
    assert [how for _, how in terminal] == [
        {"screen": "board", "readonly": False, "demo": False},
        {"screen": "board", "readonly": True, "demo": False},
        {"screen": "turn", "readonly": False, "demo": False},
        {"screen": "room", "readonly": True, "demo": False},
    ]


def test_without_a_terminal_the_room_says_what_to_do(run: Run, group: Path) -> None:
    result = run("room", group)
    assert result.exit_code == 2 and "there is no terminal here" in result.stderr


def test_a_damaged_group_is_reported_before_any_screen(
    run: Run, group: Path, terminal: Started
) -> None:
    group.write_bytes(group.read_bytes()[:-20])
    for arguments in ((), ("open", group), ("open", group, "--readonly"), ("rate", group),
                      ("room", group)):  # fmt: skip
        result = run(*arguments)
        assert result.exit_code == 3 and FILE in result.stderr
    assert terminal == []


def test_no_installed_plugin_may_watch_what_is_validated(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYDANTIC_DISABLE_PLUGINS", raising=False)
    run("--version")
    assert os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__"
