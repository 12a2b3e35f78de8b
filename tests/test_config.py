"""The settings file: what is right in it is used, and nothing in it is lost when it is written."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.bootstrap import save_settings
from peerreview.config import (
    SettingChanges,
    Settings,
    UserFolders,
    change_settings_text,
    read_settings,
)
from peerreview.errors import FileError

NAMES = st.text("abc-xyz_019", min_size=1)
CHANGES = st.fixed_dictionaries(
    {}, optional={"theme": NAMES, "ascii": st.booleans(), "animations": st.booleans()}
)
OTHER_LINES = st.lists(
    st.sampled_from(
        ["# theme = 'x'", "", "  theme = 'was'  # mine", "ascii=true", "animations = false"]
    ),
    unique_by=lambda line: line.strip()[:3],
)
TABLE = '\n[keys]\nundo = "z"\ntheme = "t"  # no theme at all\n'


def read(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_missing_settings_mean_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == (Settings(), [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "colour: there is no such setting"),
        ("ascii = 'perhaps'", "ascii: write true or false"),
        ("theme = 3", "theme: write it in quotes"),
        ("keys = 'u'", "keys: write it as a table, [keys]"),
        ("keys = {undo = 3}", "keys: write it in quotes"),
    ],
)
def test_wrong_settings_are_named_and_the_others_are_used(
    tmp_path: Path, text: str, words: str
) -> None:
    settings, faults = read(tmp_path, f"animations = false\n{text}\n")
    assert faults == [f"config.toml: {words}"]
    assert settings == Settings(animations=False)


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe\x00", b'theme = "a"\ntheme = "b"'])
def test_invalid_toml_is_one_fault(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(data)
    settings, faults = read_settings(tmp_path / "config.toml")
    assert settings == Settings()
    assert len(faults) == 1 and faults[0].startswith("config.toml: ")


def test_a_folder_in_place_of_the_settings_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert len(read_settings(tmp_path / "config.toml")[1]) == 1


def test_a_file_from_an_editor_that_marks_utf_8_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufefftheme = "room"\n') == (Settings(theme="room"), [])


@given(OTHER_LINES, st.booleans(), CHANGES)
def test_saving_a_setting_changes_nothing_else(
    lines: list[str], table: bool, changes: SettingChanges
) -> None:
    before = "\n".join(lines) + TABLE * table
    after = change_settings_text(before, changes)
    assert tomllib.loads(after) == tomllib.loads(before) | dict(changes)
    for line in before.splitlines():
        assert line in after or line.split("=")[0].strip() in changes
    assert change_settings_text(after, changes) == after


def test_a_last_line_without_an_end_stays_a_line() -> None:
    assert change_settings_text("# mine", {"theme": "room"}) == '# mine\ntheme = "room"\n'


def test_a_file_that_would_lose_something_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for text in (
        "theme = ",
        'theme.x = "y"\n',
        'theme = "room"\ntheme = "dark"\n',
        '[keys]\nundo = "z"\nundo = "x"\n',
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(FileError, match="change it by hand"):
            save_settings(file, {"theme": "light"})
        assert file.read_text(encoding="utf-8") == text


def test_saving_makes_the_folder_and_follows_links(tmp_path: Path) -> None:
    file, link = tmp_path / "dotfiles" / "peerreview.toml", tmp_path / "config.toml"
    save_settings(file, {"theme": "room"})
    link.symlink_to(file)
    save_settings(link, {"ascii": True})
    assert link.is_symlink()
    assert read_settings(file) == (Settings(theme="room", ascii=True), [])
    assert list(file.parent.iterdir()) == [file]


def test_a_failed_write_is_reported_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, where a folder should be")
    with pytest.raises(FileError, match=r"config\.toml"):
        save_settings(tmp_path / "config" / "config.toml", {"theme": "room"})


def test_own_themes_and_settings_lie_in_the_config_folder(tmp_path: Path) -> None:
    places = UserFolders.locate({"PEERREVIEW_CONFIG_DIR": str(tmp_path)})
    assert places.settings_file == tmp_path / "config.toml"
    assert places.themes == tmp_path / "themes"
