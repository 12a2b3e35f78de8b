"""The user's folders and settings, as immutable values.

This module reads the settings file; it must not write files.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from peerreview.domain.value import Value

CONFIG_VARIABLE = "PEERREVIEW_CONFIG_DIR"
"""Names a folder to use instead of the system's, for tests and for programs on a USB stick."""


@dataclass(frozen=True, slots=True)
class UserFolders:
    """The folders of the user's settings and of the program's state; they may not exist yet.

    Attributes:
        config: the folder of settings and themes.
        state: the folder of what the program remembers, such as recent groups.
    """

    config: Path
    state: Path

    @classmethod
    def locate(cls, environ: Mapping[str, str] = os.environ) -> "UserFolders":
        """Return the folders of this computer, or the one that `PEERREVIEW_CONFIG_DIR` names."""
        if folder := environ.get(CONFIG_VARIABLE):
            return cls(Path(folder), Path(folder))
        from platformdirs import PlatformDirs

        folders = PlatformDirs("peerreview", appauthor=False)
        return cls(folders.user_config_path, folders.user_state_path)

    @property
    def themes(self) -> Path:
        """The folder of the user's own themes."""
        return self.config / "themes"

    @property
    def settings_file(self) -> Path:
        """The file with the user's settings."""
        return self.config / "config.toml"

    @property
    def recent_file(self) -> Path:
        """The file that lists the groups that were opened lately."""
        return self.state / "recent.json"


class Settings(Value):
    """The user's settings.

    Attributes:
        theme: the name of a theme; if empty, light or dark, as the terminal is.
        ascii: whether signs are drawn in ASCII; None means only if the terminal lacks them.
        animations: whether anything on the screen may move by itself.
        keys: other keys for commands, by the id of the command: `{"undo": "z"}`.
    """

    theme: str = ""
    ascii: bool | None = None
    animations: bool = True
    keys: dict[str, str] = {}


SettingChanges = Mapping[str, str | bool]
"""New values of settings, by name."""
_ADVICE = {
    "extra_forbidden": "there is no such setting",
    "string_type": "write it in quotes",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "dict_type": "write it as a table, [keys]",
}
"""What to do about a setting that can't be used, by pydantic's type of the error."""


def read_settings(file: Path) -> tuple[Settings, list[str]]:
    """Return the settings in a file, and a sentence for each one that can't be used."""
    values: dict[str, object] = {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        return Settings.model_validate(values), []
    except FileNotFoundError:
        return Settings(), []
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    except (OSError, ValueError) as error:  # a file that isn't text or TOML is a ValueError too
        return Settings(), [f"{file.name}: {error}"]
    advice = {str(error["loc"][0]): _ADVICE.get(error["type"], error["msg"]) for error in errors}
    usable = {name: value for name, value in values.items() if name not in advice}
    problems = [f"{file.name}: {name}: {sentence}" for name, sentence in advice.items()]
    return Settings.model_validate(usable), problems


def change_settings_text(text: str, changes: SettingChanges) -> str:
    """Return the text of a settings file with some values changed and everything else kept.

    Raises:
        ValueError: The text isn't TOML, or has a table where a setting belongs.
    """
    import tomlkit

    before = tomllib.loads(text)  # not all errors of tomlkit are a ValueError
    document = tomlkit.parse(text)
    for name, value in changes.items():
        if isinstance(before.get(name), dict):
            raise ValueError(f"{name} is a table")
        document[name] = value
    return tomlkit.dumps(document)
