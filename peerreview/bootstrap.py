"""A composition root: makes the services of a group file, and runs the screens."""

import json
import os
import sys
from contextlib import ExitStack, suppress
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
from peerreview.store.disk.naming import find_group_files, group_file_name, notice_path
from peerreview.store.disk.os_errors import os_errors_as_file_errors
from peerreview.store.vault import FileVault

if TYPE_CHECKING:
    from peerreview.store.doctor.doctor import FileDoctor
    from peerreview.tui.app.options import FirstScreen, Workspace

_RECENT_GROUPS_KEPT = 9
_NOTICE_LIFETIME = 5
"""Seconds after which a notice on how to join is out of date."""


def make_environment() -> Environment:
    """Return the environment of real use: shipped criteria sets, full strength, today's date."""
    return Environment(shipped.load_criteria_sets(), Stretcher(Strength()))


def services_at(path: Path) -> GroupServices:
    """Return the services of the group file at `path`; nothing is read yet."""
    return GroupServices(FileVault(path), make_environment())


def doctor_at(path: Path) -> "FileDoctor":
    """Return the doctor of the group file at `path`; it waits only a second for the lock."""
    from peerreview.store.doctor.doctor import FileDoctor

    return FileDoctor(FileVault(path, wait=1))


def save_settings(file: Path, changes: SettingChanges) -> None:
    """Change settings in their file atomically, and keep everything else in it.

    Raises:
        FileError: It can't be read or written, or changed without losing something.
    """
    file = file.resolve()  # so that a link to the real file stays a link
    with os_errors_as_file_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
            changed = change_settings_text(text, changes)
        except ValueError as error:
            raise FileError(f"{file.name}: {error}: change it by hand") from error
        durable.replace(file, changed.encode())


def read_recent_groups(file: Path) -> list[Path]:
    """Return the group files that `file` lists and that still exist, the last opened first."""
    from pydantic import TypeAdapter  # imported late, as it slows down every start

    try:
        paths = TypeAdapter(list[Path]).validate_json(file.read_bytes())
    except (OSError, ValueError):
        return []
    return list(filter(os.path.isfile, paths))  # unlike Path.is_file, it never raises


def remember_group(file: Path, group: Path) -> None:
    """Put a group first in the list in `file`; do nothing if that can't be written.

    The list is a convenience, so problems with its file are never shown to anybody.
    """
    with suppress(OSError, UnicodeEncodeError):
        group = group.resolve()
        others = [path for path in read_recent_groups(file) if path != group]
        paths = [str(path) for path in [group, *others][:_RECENT_GROUPS_KEPT]]
        text = json.dumps(paths, ensure_ascii=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(file, text.encode("utf-8"))


def _make_workspace(folders: UserFolders, temporary_folders: ExitStack) -> "Workspace":
    """Return the groups and settings of this computer; closing the stack deletes the demos."""
    from peerreview.tui.app.options import Demo, Workspace

    def find_groups() -> list[Path]:
        groups = find_group_files(Path())
        listed = {path.resolve() for path in groups}
        recent = read_recent_groups(folders.recent_file)
        return [*groups, *(path for path in recent if path not in listed)]

    def open_group(path: Path) -> GroupServices:
        services = services_at(path)
        services.rounds.group()
        remember_group(folders.recent_file, path)
        return services

    def create_group(name: str) -> GroupServices:
        path = Path(group_file_name(name))
        services_at(path).setting_up.create(name)
        return open_group(path)

    def create_demo() -> Demo:
        folder = temporary_folders.enter_context(TemporaryDirectory(prefix="peerreview-demo-"))
        group = shipped.copy_sample(Path(folder))
        return Demo(services_at(group), shipped.read_demo_key(group))

    return Workspace(
        find_groups=find_groups,
        open_group=open_group,
        create_group=create_group,
        create_demo=create_demo,
        save_settings=partial(save_settings, folders.settings_file),
    )


def _read_join_notice(group: Path) -> str:
    """Return how to join by SSH, as a running host wrote it; an empty text if there is none."""
    notice = notice_path(group)
    try:
        is_current = time() - notice.stat().st_mtime < _NOTICE_LIFETIME
        return notice.read_text("utf-8") if is_current else ""
    except (OSError, ValueError):
        return ""


def run_tui(path: Path | None, *, screen: "FirstScreen", readonly: bool, demo: bool) -> int:
    """Run the screens until the person leaves; return the exit code.

    Args:
        path: the group to open, or None to start with the welcome screen.
        screen: the screen to show first.
        readonly: offer no command that changes the group.
        demo: the group is a copy of the sample; its key is shown on the board.

    Raises:
        UsageError: The environment would write down what people type.
    """
    guards.refuse_recording_variables()
    guards.disable_core_dumps()
    folders = UserFolders.locate()
    settings, problems = read_settings(folders.settings_file)
    with terminal.ask_for_background(os.environ, wanted=not settings.theme) as has_light_background:
        from peerreview.tui.app.app import PeerReviewApp
        from peerreview.tui.app.options import AppOptions

        is_light = has_light_background()

    with ExitStack() as at_exit:
        if path and not demo:
            # Written only at the end, so that the first screen appears sooner.
            at_exit.callback(remember_group, folders.recent_file, path)
        options = AppOptions(
            workspace=_make_workspace(folders, at_exit),
            services=services_at(path) if path else None,
            first_screen=screen if path else "welcome",
            is_readonly=readonly,
            demo_key=shipped.read_demo_key(path) if path and demo else "",
            read_join_notice=partial(_read_join_notice, path) if path else str,
            themes_folder=shipped.find_folder("themes"),
            state_folder=folders.state,
            settings=settings,
            is_light=is_light,
            needs_ascii=terminal.needs_ascii(os.environ, sys.stderr.encoding),
            setting_problems=tuple(problems),
            folders=folders,
        )
        app = PeerReviewApp(options)
        app.run()
        return app.return_code or 0
