"""The app: themes, the guards around every screen, and which screen comes first."""

import asyncio
import sys
from collections.abc import Collection

from rich.text import Text
from textual import events, work
from textual.types import AnimationLevel

from peerreview.config import Settings
from peerreview.tui.app.too_small import TooSmallScreen, is_too_small
from peerreview.tui.board.board import BoardScreen
from peerreview.tui.kit import theming
from peerreview.tui.kit.frames import DiffApp
from peerreview.tui.kit.glyphs import AsciiFilter
from peerreview.tui.kit.page import CopyRequested, Page, in_thread
from peerreview.tui.kit.start import AppOptions, resume_garbage_collection
from peerreview.tui.kit.text import PrintableFilter

_PATIENCE = 200
"""How often a key asks whether its screen is there, every hundredth of a second."""


class PeerReviewApp(DiffApp):
    """peerreview on a terminal."""

    TITLE = "peerreview"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal"), (110, "-wide")]

    def __init__(self, start: AppOptions) -> None:
        super().__init__()
        self._options, self.save_settings = start, start.workspace.save_settings
        self.themes: dict[str, theming.FiledTheme] = {}
        self._setting_problems = list(start.setting_problems)
        self._signs = AsciiFilter(enabled=False)
        self._filters += [self._signs, PrintableFilter()]
        self._motion: AnimationLevel = self.animation_level
        folders = [start.themes_folder, *([start.folders.themes] if start.folders else [])]
        self._theme_files = theming.theme_files(*folders)
        settings = (
            start.settings.evolve(theme="") if start.first_screen == "room" else start.settings
        )
        self._load_themes({settings.theme} - {""} or {self._default_theme})
        if not self.themes:
            self._load_themes({self._default_theme})
        self.apply_settings(settings)

    @property
    def _default_theme(self) -> str:
        return (
            "room"
            if self._options.first_screen == "room"
            else "light"
            if self._options.is_light
            else "dark"
        )

    def apply_settings(self, settings: Settings) -> None:
        """Follow these settings from now on."""
        self.settings, self.keys_given = settings, settings.keys
        self.set_keymap(settings.keys)
        self.animation_level = self._motion if settings.animations else "none"
        name = settings.theme if settings.theme in self.themes else self._default_theme
        if name in self.themes:
            self.theme = name
        self._signs.enabled = (
            self._options.needs_ascii if settings.ascii is None else settings.ascii
        )
        if self.is_running:
            self.refresh_css(animate=False)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return a color for every name our styles use, whatever theme is active."""
        return theming.DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:
        """Style what is there anew; as long as nothing is, reading all styles would be in vain."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """Let keys that come faster than a screen is laid out wait for it."""
        if isinstance(event, events.Key):
            for _ in range(_PATIENCE):
                if self.screen.is_mounted:
                    break
                await asyncio.sleep(1 / 100)
        await super().on_event(event)

    def on_resize(self) -> None:
        """Ask for more room where no screen could be shown."""
        self.call_after_refresh(self._ask_for_room)

    def _ask_for_room(self) -> None:
        if is_too_small(self.size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing that somebody marks: a code in the clipboard would be the next rater's."""

    def on_copy_requested(self, asked: CopyRequested) -> None:
        """Copy a sentence about a result, through the terminal (OSC 52); never within turns."""
        if not self._in_turns:
            super().copy_to_clipboard(asked.text)
            self.notify(asked.text, title="Copied", markup=False)

    @property
    def clipboard(self) -> str:
        """Always empty, for the same reason."""
        return ""

    def action_help_quit(self) -> None:
        """Say how to leave when somebody tries ctrl+c; from within a turn only Esc does."""
        leaves = "" if self._in_turns else "q leaves the program; "
        self.notify(f"{leaves}Esc goes back.", markup=False)

    @property
    def _in_turns(self) -> bool:
        return any(isinstance(screen, Page) and screen.KIOSK for screen in self.screen_stack)

    async def action_quit(self) -> None:
        """Leave the program, but never from within the turns: a ballot could be lost."""
        if self._in_turns:
            self.notify("Leave the turns first: Esc, and the word shown there.", markup=False)
            return
        self.exit()

    def action_settings(self) -> None:
        """Open the settings; not from within turns, they are the laptop owner's."""
        from peerreview.tui.app.settings import SettingsScreen

        if not self._in_turns and not isinstance(self.screen, SettingsScreen):
            self.push_screen(
                SettingsScreen(self._options, self.settings, self.themes, self.apply_settings)
            )

    @work
    async def action_start_over(self) -> None:
        """Put a fresh copy of the sample group in the place of the one played with."""
        if isinstance(page := self.screen, BoardScreen):
            with page.report_errors():
                demo = await in_thread(self._options.workspace.create_demo)
                self.switch_screen(BoardScreen(demo.services, demo_key=demo.key))
                self.notify("A fresh copy: nothing of what you did is in it.", markup=False)

    def _load_themes(self, names: Collection[str]) -> None:
        """Load the themes of these names, each file once."""
        loaded, faults = theming.load_themes(
            file for file in self._theme_files if file.stem in names
        )
        self._theme_files = [file for file in self._theme_files if file.stem not in names]
        self._setting_problems += faults
        for theme in loaded:
            self.register_theme(theme)
            self.themes[theme.name] = theme

    def _finish_start(self) -> None:
        """Do what the first picture didn't need; say once what can't be used."""
        self._load_themes({file.stem for file in self._theme_files})
        wanted = self.settings.theme
        if wanted and wanted not in self.themes:
            self._setting_problems.append(f"theme: there is none called {wanted}")
        if self.settings.keys:
            from peerreview.tui.app.keymap import keymap_problems

            if found := keymap_problems(self.settings.keys):
                self._setting_problems += found
                self.apply_settings(self.settings.evolve(keys={}))
        if self._setting_problems:
            self.notify("; ".join(self._setting_problems), title="Left out", markup=False)
        if self.theme not in self.themes:
            self.apply_settings(self.settings)
        resume_garbage_collection()

    def on_mount(self) -> None:
        """Show the first screen."""
        self.call_after_refresh(self._finish_start)
        start = self._options
        if start.services is None or start.first_screen == "welcome":
            from peerreview.tui.app.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(start.workspace))
            return
        if start.first_screen == "room":
            from peerreview.tui.room.room import RoomScreen

            self.push_screen(RoomScreen(start.services, start.read_join_notice))
            return
        self.push_screen(BoardScreen(start.services, start.is_readonly, start.demo_key))
        if start.first_screen == "turn":
            from peerreview.tui.ballot.turns import TurnsScreen

            self.push_screen(TurnsScreen(start.services))

    def _fatal_error(self) -> None:
        """End after a defect of ours, without the local values Textual would print."""
        error = sys.exc_info()[1]
        if error is not None:
            from peerreview.tui.app.crash import keep_report

            self._exit_renderables.append(Text(keep_report(error, self._options.state_folder)))
        self._close_messages_no_wait()
