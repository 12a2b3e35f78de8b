"""The options that the app starts with: workspace, group, settings and first screen."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from peerreview.config import SettingChanges, Settings, UserFolders
from peerreview.services.group_services import GroupServices

FirstScreen = Literal["board", "turn", "room", "welcome"]


@dataclass(frozen=True)
class Demo:
    """A copy of the sample group, and the key of its box, which the board shows."""

    services: GroupServices
    key: str


@dataclass(frozen=True)
class Workspace:
    """What the app can open; the composition root supplies the functions.

    Attributes:
        find_groups: returns the group files in the current folder, then others opened lately.
        open_group: returns the services of the group in a file.
        create_group: creates a group of this name in the current folder; returns its services.
        create_demo: returns a fresh copy of the sample group.
        save_settings: changes some settings in their file; the others stay as they are.
    """

    find_groups: Callable[[], list[Path]]
    open_group: Callable[[Path], GroupServices]
    create_group: Callable[[str], GroupServices]
    create_demo: Callable[[], Demo]
    save_settings: Callable[[SettingChanges], None] = lambda changes: None


@dataclass(frozen=True)
class AppOptions:
    """What the app needs to start.

    Attributes:
        workspace: the groups and settings that the app can reach.
        services: of the group to open; None shows the welcome screen.
        first_screen: the screen to show first.
        is_readonly: whether the board offers no command that changes the group.
        demo_key: the key of the demo's box; empty if the group isn't the demo.
        read_join_notice: returns how others can join the open round, for the room; may read a file.
        themes_folder: the folder of the themes that come with the program.
        state_folder: the folder for reports on defects; None keeps none.
        settings: the user's settings.
        is_light: whether the terminal has a light background.
        needs_ascii: whether the terminal lacks the signs.
        setting_problems: sentences about settings that can't be used.
        folders: the user's folders for settings and themes.
    """

    workspace: Workspace
    services: GroupServices | None = None
    first_screen: FirstScreen = "board"
    is_readonly: bool = False
    demo_key: str = ""
    read_join_notice: Callable[[], str] = str
    themes_folder: Path = field(default_factory=lambda: Path("themes"))
    state_folder: Path | None = None
    settings: Settings = field(default_factory=Settings)
    is_light: bool = False
    needs_ascii: bool = False
    setting_problems: tuple[str, ...] = ()
    folders: UserFolders | None = None


def resume_garbage_collection() -> None:
    """Turn garbage collection on if the start turned it off, and leave out what was imported.

    A host never turns it off: nothing of a session that ended may stay in its memory.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
