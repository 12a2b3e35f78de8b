"""Where things live on this machine: frozen values, worked out once and passed in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peerreview import shipped

CONFIG_VARIABLE = "PEERREVIEW_CONFIG_DIR"
"""Names a folder to use instead of the system's, for tests and for sticks."""
_APP = "peerreview"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files outside any group. Nothing is made here; they may not exist.

    Attributes:
        config: the user's settings.
        state: what the program remembers, such as recent groups.
        shipped_themes: the themes that came with the program.
        sample_data: the sample groups that came with it; never written to.
    """

    config: Path
    state: Path
    shipped_themes: Path
    sample_data: Path

    @classmethod
    def found(cls, environ: Mapping[str, str] = os.environ) -> "Places":
        """Return the places of this machine, or under `PEERREVIEW_CONFIG_DIR` if it is set."""
        from platformdirs import PlatformDirs

        system = PlatformDirs(_APP, appauthor=False)
        own = environ.get(CONFIG_VARIABLE)
        return cls(
            Path(own) if own else system.user_config_path,
            Path(own) if own else system.user_state_path,
            shipped.folder("themes"),
            shipped.folder("sample_data"),
        )

    @property
    def themes(self) -> Path:
        """The user's own themes."""
        return self.config / "themes"

    @property
    def recent(self) -> Path:
        """The file that remembers which groups were opened lately."""
        return self.state / "recent.json"

    @property
    def named(self) -> Mapping[str, Path]:
        """Every place under the name people know it by."""
        return {
            "config": self.config,
            "themes": self.themes,
            "recent": self.recent,
            "shipped themes": self.shipped_themes,
            "sample data": self.sample_data,
        }
