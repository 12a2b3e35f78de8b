"""`themes` and `config`: how things look here, and whether what people wrote about it holds."""

import json
from pathlib import Path

import pytest

from peerreview.shipped import find_folder

from .conftest import Run

SHIPPED = ["dark", "high-contrast", "light", "room"]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty config folder of one's own."""
    home = tmp_path / "config"
    (home / "themes").mkdir(parents=True)
    monkeypatch.setenv("PEERREVIEW_CONFIG_DIR", str(home))
    return home


def own_theme(config: Path, name: str, old: str = "", new: str = "") -> None:
    whole = (find_folder("themes") / "dark.toml").read_text(encoding="utf-8")
    (config / "themes" / f"{name}.toml").write_text(whole.replace(old, new), encoding="utf-8")


def test_themes_are_listed_with_what_they_are_for(run: Run, config: Path) -> None:
    own_theme(config, "mine")
    lines = run("themes").stdout.splitlines()
    assert [line.split()[0] for line in lines[:5]] == [*SHIPPED, "mine"]
    assert str(config / "themes" / "mine.toml") in lines[4]
    assert lines[5] == f"your own go into {config / 'themes'}"
    themes = json.loads(run("themes", "--json").stdout)
    assert [theme["name"] for theme in themes["themes"]] == [*SHIPPED, "mine"]
    assert themes["left_out"] == []


def test_a_theme_that_cannot_be_used_is_named(run: Run, config: Path) -> None:
    own_theme(config, "mine", '"#12161c"', '"very dark"')
    own_theme(config, "my theme\x1b[2J")
    result = run("themes")
    assert result.exit_code == 0
    assert "left out: mine.toml: background: 'very dark' is no color" in result.stderr
    assert "its name may hold letters" in result.stderr
    assert run("config", "--check").exit_code == 3


def test_config_prints_the_defaults_without_a_file(run: Run, config: Path) -> None:
    assert run("config", "--check").exit_code == 0
    assert "ascii       not set\n" in run("config").stdout
    document = json.loads(run("config", "--json").stdout)
    assert document["settings"].pop("file") == str(config / "config.toml")
    assert document["settings"] == {"theme": "", "ascii": None, "animations": True, "keys": {}}


def test_a_check_names_everything_that_is_wrong_in_one_line(run: Run, config: Path) -> None:
    file = config / "config.toml"
    file.write_text('theme = "mine"\nascii = "perhaps"\ncolour = 1\n[keys]\nundo = "z"\n')
    result = run("config", "--check")
    assert result.exit_code == 3 and result.stdout == ""
    for fault in ("ascii: write true or false", "colour: there is no such setting", "called mine"):
        assert fault in result.stderr
    assert json.loads(run("config", "--check", "--json").stderr)["exit_code"] == 3
    printed = run("config")
    assert printed.exit_code == 0
    assert 'keys        {"undo": "z"}' in printed.stdout
    own_theme(config, "mine")
    file.write_text('theme = "mine"\n')
    assert run("config", "--check").exit_code == 0


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b'theme = "a"\ntheme = "b"'])
def test_an_invalid_toml_file_is_reported_in_one_line(run: Run, config: Path, data: bytes) -> None:
    (config / "config.toml").write_bytes(data)
    result = run("config", "--check")
    assert result.exit_code == 3
    assert result.stderr.startswith("peerreview: config.toml: ")
    assert run("config").exit_code == 0
