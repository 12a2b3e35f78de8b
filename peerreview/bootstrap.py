"""A composition root: puts the services of a group file together, and starts the screens."""

import os
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import TYPE_CHECKING

from peerreview import guards, shipped, terminal
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.config import SettingChanges, UserFolders, change_settings_text, read_settings
from peerreview.errors import FileError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.disk import durable
from peerreview.store.disk.naming import GROUP_SUFFIX, group_file_name, notice_path
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.recent_groups import read_recent_groups, remember_group
from peerreview.store.vault import FileVault

if TYPE_CHECKING:
    from peerreview.store.doctor.doctor import FileDoctor
    from peerreview.tui.app.options import FirstScreen, Workspace


_FRESH = 5
"""Seconds for which we believe a notice of how to join."""


def make_environment() -> Environment:
    """Return the product's world: shipped sets, full strength, today's date."""
    return Environment(shipped.load_criteria_sets(), Stretcher(Strength()))


def services_at(path: Path) -> GroupServices:
    """Return the services of the group file at `path`; nothing is read yet."""
    return GroupServices(FileVault(path), make_environment())


def doctor_at(path: Path) -> "FileDoctor":
    """Return the doctor of the group file at `path`; it doesn't wait long for a lock."""
    from peerreview.store.doctor.doctor import FileDoctor

    return FileDoctor(FileVault(path, wait=1))


def save_settings(file: Path, changes: SettingChanges) -> None:
    """Change settings in their file, all or nothing; what else is in it stays.

    Raises:
        FileError: It can't be read or written, or changed without losing something.
    """
    file = file.resolve()  # a link to where somebody keeps such files stays one
    with os_errors_as_file_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
            changed = change_settings_text(text, changes)
        except ValueError as error:
            raise FileError(f"{file.name}: {error}: change it by hand") from error
        durable.replace(file, changed.encode())


def _make_workspace(folders: ExitStack, places: UserFolders) -> "Workspace":
    """Return how the screens reach groups and settings; samples are gone with `folders`."""
    from peerreview.tui.app.options import Demo, Workspace

    def find() -> list[Path]:
        here = sorted(Path().glob(f"*{GROUP_SUFFIX}"))
        known = {each.resolve() for each in here}
        return [
            *here,
            *(each for each in read_recent_groups(places.recent_file) if each not in known),
        ]

    def open_(path: Path) -> GroupServices:
        services = services_at(path)
        services.rounds.group()
        remember_group(places.recent_file, path)
        return services

    def create(name: str) -> GroupServices:
        path = Path(group_file_name(name))
        services_at(path).setting_up.create(name)
        return open_(path)

    def try_demo() -> Demo:
        folder = folders.enter_context(TemporaryDirectory(prefix="peerreview-demo-"))
        group = shipped.copy_sample(Path(folder))
        return Demo(services_at(group), shipped.read_demo_key(group))

    return Workspace(
        find_groups=find,
        open_group=open_,
        create_group=create,
        create_demo=try_demo,
        save_settings=partial(save_settings, places.settings_file),
    )


def _read_join_notice(group: Path) -> str:
    """Return how to join by SSH, if a host said so in the last seconds; old notices are stale."""
    notice = notice_path(group)
    try:
        return notice.read_text("utf-8") if time() - notice.stat().st_mtime < _FRESH else ""
    except (OSError, ValueError):
        return ""


def run_tui(path: Path | None, *, screen: "FirstScreen", readonly: bool, demo: bool) -> int:
    """Run the screens until the person leaves; return the exit code.

    Args:
        path: the group to open, or None to start with the welcome screen.
        screen: which one comes first.
        readonly: look, change nothing.
        demo: the group is a copy of the sample; its key is shown on the board.

    Raises:
        UsageError: The environment would write down what people type.
    """
    guards.refuse_recording_variables()
    guards.disable_core_dumps()
    places = UserFolders.locate()
    settings, faults = read_settings(places.settings_file)
    with terminal.ask_for_background(os.environ, wanted=not settings.theme) as is_light:
        from peerreview.tui.app.app import PeerReviewApp
        from peerreview.tui.app.options import AppOptions

        light = is_light()

    with ExitStack() as folders:
        if path and not demo:
            folders.callback(
                remember_group, places.recent_file, path
            )  # no sooner: the first picture waits
        start = AppOptions(
            workspace=_make_workspace(folders, places),
            services=services_at(path) if path else None,
            first_screen=screen if path else "welcome",
            is_readonly=readonly,
            demo_key=shipped.read_demo_key(path) if path and demo else "",
            themes_folder=shipped.find_folder("themes"),
            read_join_notice=partial(_read_join_notice, path) if path else str,
            state_folder=places.state,
            settings=settings,
            is_light=light,
            needs_ascii=terminal.needs_ascii(os.environ, sys.stderr.encoding),
            setting_problems=tuple(faults),
            folders=places,
        )
        app = PeerReviewApp(start)
        app.run()
        return app.return_code or 0
