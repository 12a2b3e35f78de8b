"""The habits of every command: help with an example, exit codes, one line for what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from peerreview import __version__
from peerreview.cli import main

from .conftest import FILE, Run


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, as it is typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = sorted(commands(main))
TAKE_A_GROUP = (
    ("open",),
    ("rate",),
    ("show",),
    ("export",),
    ("import", "FILE", "-"),
    ("round", "status"),
    ("round", "open", "--heads", "4"),
    ("round", "close", "--hands", "4"),
    ("round", "discard"),
)


def test_the_version_option_prints_the_version(run: Run) -> None:
    assert run("--version").stdout == f"peerreview {__version__}\n"


def test_the_help_lists_every_command(run: Run) -> None:
    text = run("--help").stdout
    assert all(f"  {path[0]} " in text for path in ALL)
    assert "..." not in text.split("Commands:")[1]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, path: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        result = run(*path, option)
        assert result.exit_code == 0
        assert f"Usage: peerreview {' '.join(path)}" in result.stdout
        assert "Example" in result.stdout and f"    peerreview {path[0]}" in result.stdout


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_wrong_option_is_wrong_use_in_one_line(run: Run, path: tuple[str, ...]) -> None:
    result = run(*path, "--nonsense\x1b[2J")
    assert result.exit_code == 2 and result.stdout == ""
    assert f"see peerreview {' '.join(path)} --help" in result.stderr


@pytest.mark.parametrize("arguments", [("nonsense",), ("round", "nonsense"), ("--nonsense",)])
def test_a_wrong_command_is_wrong_use_too(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and result.stderr.startswith("peerreview: No such ")


def test_a_command_group_without_a_command_shows_its_help(run: Run) -> None:
    result = run("round", "--help")
    assert "discard" in result.stdout


def with_file(arguments: tuple[str, ...], path: str) -> list[str]:
    if "FILE" in arguments:
        return [path if argument == "FILE" else argument for argument in arguments]
    place = 2 if arguments[0] == "round" else 1
    return [*arguments[:place], path, *arguments[place:]]


@pytest.mark.parametrize("arguments", TAKE_A_GROUP, ids=" ".join)
@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("missing.group.json", "isn't there"),
        (".", "this is a folder"),
        ("folder.group.json", "this is a folder"),
        ("empty.group.json", "empty"),
        ("text.group.json", "text.group.json"),
        ("\x1b[2J.group.json", "\\x1b[2J.group.json"),
        ("x" * 300 + ".group.json", "too long"),
    ],
    ids=["missing", "here", "folder", "empty", "text", "control", "long"],
)
def test_a_path_that_is_no_group_is_bad_input(
    run: Run, arguments: tuple[str, ...], path: str, what: str, terminal: object
) -> None:
    Path("folder.group.json").mkdir()
    Path("empty.group.json").touch()
    Path("text.group.json").write_text("hello", encoding="utf-8")
    result = run(*with_file(arguments, path), stdin="Alder\n")
    assert result.exit_code == 3 and what in result.stderr, result.output
    assert result.stderr.startswith("peerreview: ")


@pytest.mark.parametrize(
    "arguments", [arguments for arguments in TAKE_A_GROUP if arguments[0] != "show"], ids=" ".join
)
def test_a_file_without_the_ending_of_a_group_is_bad_input(
    run: Run, arguments: tuple[str, ...], terminal: object
) -> None:
    Path("notes.txt").write_text("hello", encoding="utf-8")
    result = run(*with_file(arguments, "notes.txt"), stdin="Alder\n")
    assert result.exit_code == 3 and "those end in .group.json" in result.stderr


def test_a_folder_names_the_group_in_it(run: Run, group: Path) -> None:
    assert f"name the group file in it ({FILE})" in run("show", ".").stderr
    Path("bare").mkdir()
    assert "there is no group in it" in run("show", "bare").stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "nix.json"), 3),
        (("show", FILE, "--round", "9"), 1),
        (("show", "--nonsense"), 2),
        (("round", "status", "nix"), 3),
        (("verify", "nix"), 3),
        (("import", FILE, "nix", "--dry-run"), 3),
        (("paths", "extra"), 2),
    ],
    ids=str,
)
def test_with_json_an_error_is_one_json_line(
    run: Run, group: Path, arguments: tuple[str, ...], code: int
) -> None:
    result = run(*arguments, "--json")
    error = json.loads(result.stderr)
    assert set(error) == {"error", "title", "exit_code"}
    assert error["exit_code"] == result.exit_code == code and result.stdout == ""


def test_the_group_of_a_newer_program_is_left_alone(run: Run, group: Path) -> None:
    text = group.read_text("utf-8")
    group.write_text(text.replace('"schema": 1', '"schema": 999'), encoding="utf-8")
    changed = group.read_bytes()
    assert changed != text.encode(), "the schema number isn't where this test looks for it"
    for arguments in (
        ("show", group),
        ("import", group, "-"),
        ("round", "open", group, "--heads", 4),
    ):
        result = run(*arguments, stdin="Alder\n")
        assert result.exit_code == 3 and "newer" in result.stderr
    assert group.read_bytes() == changed


def test_paths_say_where_things_live(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERREVIEW_CONFIG_DIR", "/stick/config")
    paths = json.loads(run("paths", "--json").stdout)
    assert paths["config"] == "/stick/config" and paths["recent"] == "/stick/config/recent.json"
    assert Path(paths["sample data"]).is_dir()
    assert "themes          /stick/config/themes\n" in run("paths").stdout
    monkeypatch.delenv("PEERREVIEW_CONFIG_DIR")
    assert "peerreview" in json.loads(run("paths", "--json").stdout)["config"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_exist_for_every_shell(run: Run, shell: str) -> None:
    assert "_PEERREVIEW_COMPLETE" in run("completion", shell).stdout
