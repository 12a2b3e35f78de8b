"""What the app is started with: a desk or none, and the doors through which it gets others."""

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
    """A sample group to try things on: its keeper's key lies open, on purpose."""

    services: GroupServices
    key: str


@dataclass(frozen=True)
class Workspace:
    """How the app reaches groups; the composition root fills these in.

    Attributes:
        find: group files in the current folder, then those opened lately elsewhere.
        open: a desk at a file, if there is a group in it.
        create: a new group of this name in the current folder, and its desk.
        demo: a fresh copy of the sample group.
        save_settings: changes the settings file; what else is in it stays.
    """

    find_groups: Callable[[], list[Path]]
    open_group: Callable[[Path], GroupServices]
    create_group: Callable[[str], GroupServices]
    create_demo: Callable[[], Demo]
    save_settings: Callable[[SettingChanges], None] = lambda changes: None


@dataclass(frozen=True)
class AppOptions:
    """What to show first, how, and where what ships and what is remembered lies.

    Attributes:
        join: tells how others join the round that is open, for the room to see; may read a file.
        light: whether the terminal's ground is light.
        ascii: whether the terminal lacks our signs.
        faults: sentences about settings that can't be used.
        places: where settings and the user's own themes lie.
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
    """Collect garbage from now on; what was imported until here is never garbage.

    Only if the start put it off: a host of many has turns of others in memory, which must go.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
