"""Files of the last version open, and writing the same values again gives the same bytes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from peerreview.cli import main
from peerreview.config import change_settings_text, read_settings
from peerreview.domain.summary.reading import read_summary
from peerreview.domain.summary.summary import summary_to_json
from peerreview.store.box.box_checks import sort_and_check_box
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.vault import FileVault
from peerreview.tui.app.keymap import keymap_problems

FILES = Path(__file__).with_name("files")
GROUP = "gulf-coast-peers.group.json"
BOX = "gulf-coast-peers.round-4.box.json"
OUTPUTS = Path(__file__).with_name("outputs.json")
COMMANDS = Path(__file__).with_name("commands.json")


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    for name in (GROUP, BOX):
        shutil.copy(FILES / name, tmp_path)
    return FileVault(tmp_path / GROUP)


def test_a_group_is_written_as_it_was(vault: FileVault, tmp_path: Path) -> None:
    group = vault.group.read()
    assert [round_.number for round_ in group.rounds] == [1, 2, 3, 4]
    vault.group.update(lambda group: group, trusted=True)
    assert (tmp_path / GROUP).read_bytes() == (FILES / GROUP).read_bytes()


def test_a_box_is_laid_out_as_it_was(vault: FileVault) -> None:
    box = vault.box(4).read()
    assert (box.codes_drawn, box.ballots_in) == (11, 11)
    text = BoxLayout.for_box(box).file_bytes(sort_and_check_box(box))
    assert text == (FILES / BOX).read_bytes()


@pytest.mark.parametrize("name", ["group-1", "group-5"])
def test_a_summary_is_written_as_it_was(name: str) -> None:
    file = FILES / f"{name}.summary.json"
    assert summary_to_json(read_summary(file.read_bytes(), file)).encode() == file.read_bytes()


def test_settings_keep_comments_order_and_keys() -> None:
    file = FILES / "config.toml"
    settings, problems = read_settings(file)
    assert problems == []
    assert settings.model_dump() == {
        "theme": "light",
        "ascii": False,
        "animations": True,
        "keys": {"undo": "z", "answer.1": "1,a"},
    }
    text = file.read_text(encoding="utf-8")
    assert (
        change_settings_text(text, {"theme": "light", "ascii": False, "animations": True}) == text
    )
    assert change_settings_text(text, {"animations": False}) == text.replace("= true", "= false")


def test_every_command_has_the_id_that_keymaps_use() -> None:
    ids = json.loads(COMMANDS.read_text(encoding="utf-8"))
    unknown = [line for line in keymap_problems(dict.fromkeys(ids, "f12")) if "no command" in line]
    assert unknown == []


def key_paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every key in a JSON value, with `[]` for the items of a list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{path}.{name}"
            yield from key_paths(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from key_paths(inner, f"{path}[]")


@pytest.mark.parametrize("command", json.loads(OUTPUTS.read_text(encoding="utf-8")))
def test_json_output_has_the_keys_it_had(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in FILES.iterdir():
        shutil.copy(file, tmp_path)
    (tmp_path / "list.csv").write_text("name,kind\nAmberjack,vendor\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEERREVIEW_CONFIG_DIR", str(tmp_path))
    result = CliRunner().invoke(main, command.split())
    keys = sorted(set(key_paths(json.loads(result.stdout))))
    assert keys == json.loads(OUTPUTS.read_text(encoding="utf-8"))[command]


def resolved(value: object, definitions: dict[str, object]) -> object:
    """Return part of a JSON schema with references replaced by what they name, and no titles."""
    if isinstance(value, dict):
        if "$ref" in value:
            return resolved(definitions[value["$ref"].removeprefix("#/$defs/")], definitions)
        return {
            key: resolved(inner, definitions)
            for key, inner in value.items()
            if key != "$defs" and not (key == "title" and isinstance(inner, str))
        }
    return [resolved(inner, definitions) for inner in value] if isinstance(value, list) else value


def test_the_schema_asks_for_what_it_asked_for() -> None:
    before = json.loads((FILES / "schema.json").read_text(encoding="utf-8"))
    now = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert resolved(now, now["$defs"]) == resolved(before, before["$defs"])
