"""Where things live on this machine, and what people set: frozen values, passed in.

Knows the settings file and how to read it; must not know how it is written, or what asks.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from peerreview.domain.value import Value

CONFIG_VARIABLE = "PEERREVIEW_CONFIG_DIR"
"""Names a folder to use instead of the system's, for tests and for sticks."""


@dataclass(frozen=True, slots=True)
class UserFolders:
    """The folders and files outside any group. Nothing is made here; they may not exist.

    Attributes:
        config: the user's settings.
        state: what the program remembers, such as recent groups.
    """

    config: Path
    state: Path

    @classmethod
    def locate(cls, environ: Mapping[str, str] = os.environ) -> "UserFolders":
        """Return the places of this machine, or under `PEERREVIEW_CONFIG_DIR` if it is set."""
        if own := environ.get(CONFIG_VARIABLE):
            return cls(Path(own), Path(own))
        from platformdirs import PlatformDirs

        system = PlatformDirs("peerreview", appauthor=False)
        return cls(system.user_config_path, system.user_state_path)

    @property
    def themes(self) -> Path:
        """The user's own themes."""
        return self.config / "themes"

    @property
    def settings_file(self) -> Path:
        """The file with the user's settings."""
        return self.config / "config.toml"

    @property
    def recent_file(self) -> Path:
        """The file that remembers which groups were opened lately."""
        return self.state / "recent.json"


class Settings(Value):
    """What people set; every field has a default.

    Attributes:
        theme: a theme's name; empty: light or dark, as the terminal is.
        ascii: whether signs are drawn in ASCII; None: if the terminal lacks them.
        animations: whether anything on the screen may move by itself.
        keys: other keys for commands, by the command's id: `{"undo": "z"}`.
    """

    theme: str = ""
    ascii: bool | None = None
    animations: bool = True
    keys: dict[str, str] = {}


SettingChanges = Mapping[str, str | bool]
"""Settings to be changed, by name."""
_EXPECTED = {"extra_forbidden": "there is no such setting", "string_type": "write it in quotes",
             "bool_parsing": "write true or false", "bool_type": "write true or false",
             "dict_type": "write it as a table, [keys]"}  # fmt: skip


def read_settings(file: Path) -> tuple[Settings, list[str]]:
    """Return what a settings file says, and a sentence for each thing in it that can't be used."""
    given: dict[str, object] = {}
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        return Settings.model_validate(given), []
    except FileNotFoundError:
        return Settings(), []
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    except (OSError, ValueError) as error:  # also what is no text or no TOML
        return Settings(), [f"{file.name}: {error}"]
    bad = {str(fault["loc"][0]): _EXPECTED.get(fault["type"], fault["msg"]) for fault in faults}
    good = {name: value for name, value in given.items() if name not in bad}
    return Settings.model_validate(good), [f"{file.name}: {n}: {bad[n]}" for n in bad]


def change_settings_text(text: str, changes: SettingChanges) -> str:
    """Return the text of a settings file with some values changed, all else in it as it was.

    Raises:
        ValueError: The text is not TOML, or has a table where a setting belongs.
    """
    import tomlkit

    before = tomllib.loads(text)  # not all errors of tomlkit are a ValueError
    document = tomlkit.parse(text)
    for name, value in changes.items():
        if isinstance(before.get(name), dict):
            raise ValueError(f"{name} is a table")
        document[name] = value
    return tomlkit.dumps(document)
