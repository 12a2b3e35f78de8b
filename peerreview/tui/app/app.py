"""The app: themes, the guards of every screen, and the first screens."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, work
from textual.command import Provider
from textual.filter import LineFilter
from textual.types import AnimationLevel

from peerreview.config import Settings
from peerreview.tui.app import theming
from peerreview.tui.app.first_screens import first_screens
from peerreview.tui.app.options import AppOptions, resume_garbage_collection
from peerreview.tui.app.terminal_driver import terminal_driver
from peerreview.tui.app.too_small import TooSmallScreen, is_too_small
from peerreview.tui.board.board import BoardScreen
from peerreview.tui.kit.frames import DiffApp
from peerreview.tui.kit.glyphs import AsciiFilter
from peerreview.tui.kit.page import CopyRequested, Page, in_thread
from peerreview.tui.kit.text import PrintableFilter

_MOUNT_CHECKS, _MOUNT_CHECK_SECONDS = 200, 0.01
"""How often, and how far apart, a key checks whether its screen is mounted."""


def _palette_commands() -> type[Provider]:
    """Return the provider of the palette; it is imported when the palette first opens."""
    from peerreview.tui.app.palette import ScreenCommands

    return ScreenCommands


class PeerReviewApp(DiffApp):
    """peerreview on a terminal."""

    TITLE = "peerreview"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette_commands}
    ENABLE_COMMAND_PALETTE = False
    """Textual's own key for it is off: each screen opens the palette with a command of its own."""
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal"), (110, "-wide")]

    def __init__(self, options: AppOptions) -> None:
        super().__init__(driver_class=terminal_driver())
        self._options = options
        self.save_settings = options.workspace.save_settings
        self.crash_message = ""
        self._ascii_filter = AsciiFilter(enabled=False)
        self._printable_filter = PrintableFilter()
        self._motion: AnimationLevel = self.animation_level
        own_folders = (options.folders.themes,) if options.folders else ()
        self._theme_folders = theming.ThemeFolders(options.themes_folder, *own_folders)
        self.themes = self._theme_folders.themes
        settings = options.settings
        if options.first_screen == "room":
            settings = settings.evolve(theme="")
        self._load_themes(settings.theme or self._fallback_theme)
        if not self.themes:
            self._load_themes(self._fallback_theme)
        self.apply_settings(settings)

    @property
    def _fallback_theme(self) -> str:
        if self._options.first_screen == "room":
            return "room"
        return "light" if self._options.is_light else "dark"

    def apply_settings(self, settings: Settings) -> None:
        """Use these settings from now on."""
        self.settings = settings
        self.keys_given = settings.keys
        self.set_keymap(settings.keys)
        self.animation_level = self._motion if settings.animations else "none"
        theme = settings.theme if settings.theme in self.themes else self._fallback_theme
        if theme in self.themes:
            self.theme = theme
        needs_ascii = self._options.needs_ascii
        self._ascii_filter.enabled = needs_ascii if settings.ascii is None else settings.ascii
        if self.is_running:
            self.refresh_css(animate=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, then ours, which therefore see every text last."""
        ascii_filters = [self._ascii_filter] if self._ascii_filter.enabled else []
        return [*super().get_line_filters(), *ascii_filters, self._printable_filter]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return a color for every name in our styles, whatever theme is active."""
        return theming.DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the styles again; without a screen only the variables, which costs much less."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """Make keys wait for a screen that isn't mounted yet."""
        if isinstance(event, events.Key):
            for _ in range(_MOUNT_CHECKS):
                if self.screen.is_mounted:
                    break
                await asyncio.sleep(_MOUNT_CHECK_SECONDS)
        await super().on_event(event)

    def on_resize(self) -> None:
        """Ask for a larger terminal if no screen fits into this one."""
        self.call_after_refresh(self._check_size)

    def _check_size(self) -> None:
        if is_too_small(self.size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def copy_to_clipboard(self, text: str) -> None:
        """Never copy a selection: the next rater could paste a code from the clipboard."""

    def on_copy_requested(self, event: CopyRequested) -> None:
        """Copy a sentence about a result, through the terminal (OSC 52); never within turns."""
        if not self._in_turns:
            super().copy_to_clipboard(event.text)
            self.notify(event.text, title="Copied", markup=False)

    @property
    def clipboard(self) -> str:
        """Always empty: the next rater could paste a code."""
        return ""

    def action_help(self) -> None:
        """Show the help of the page on top."""
        from peerreview.tui.app.help import HelpScreen

        if isinstance(page := self.screen, Page):
            self.push_screen(HelpScreen(page.NAME, page.active_commands, page.help_intro()))

    def action_command_palette(self) -> None:
        """Find a command of the screen on top by its name."""
        from peerreview.tui.app.palette import Palette

        self.push_screen(Palette())

    def action_help_quit(self) -> None:
        """Tell how to leave when somebody presses ctrl+c; within a turn only Esc does."""
        quit_hint = "" if self._in_turns else "q leaves the program; "
        self.notify(f"{quit_hint}Esc goes back.", markup=False)

    @property
    def _in_turns(self) -> bool:
        return any(isinstance(screen, Page) and screen.KIOSK for screen in self.screen_stack)

    async def action_quit(self) -> None:
        """Leave the program, but not within turns: a ballot could be lost."""
        if self._in_turns:
            self.notify("Leave the turns first: Esc, and the word shown there.", markup=False)
            return
        self.exit()

    def action_settings(self) -> None:
        """Open the settings, but not within turns: they belong to the owner of the laptop."""
        from peerreview.tui.app.settings import SettingsScreen

        if not self._in_turns and not isinstance(self.screen, SettingsScreen):
            screen = SettingsScreen(self._options, self.settings, self.themes, self.apply_settings)
            self.push_screen(screen)

    @work
    async def action_start_over(self) -> None:
        """Replace the sample group on the screen by a fresh copy."""
        if isinstance(page := self.screen, BoardScreen):
            with page.report_errors():
                demo = await in_thread(self._options.workspace.create_demo)
                self.switch_screen(BoardScreen(demo.services, demo_key=demo.key))
                self.notify("A fresh copy: nothing of what you did is in it.", markup=False)

    def _load_themes(self, name: str | None = None) -> None:
        for theme in self._theme_folders.load(name):
            self.register_theme(theme)

    def _finish_start(self) -> None:
        """Load what the first frame didn't need, and report settings that can't be used."""
        self._load_themes()
        problems = [*self._options.setting_problems, *self._theme_folders.problems]
        theme = self.settings.theme
        if theme and theme not in self.themes:
            problems.append(f"theme: there is none called {theme}")
        if self.settings.keys:
            from peerreview.tui.app.keymap import keymap_problems

            if key_problems := keymap_problems(self.settings.keys):
                problems += key_problems
                self.apply_settings(self.settings.evolve(keys={}))
        if problems:
            self.notify("; ".join(problems), title="Left out", markup=False)
        if self.theme not in self.themes:
            self.apply_settings(self.settings)
        resume_garbage_collection()

    def on_mount(self) -> None:
        """Show the first screens."""
        self.call_after_refresh(self._finish_start)
        for screen in first_screens(self._options):
            self.push_screen(screen)

    # Textual would print local values, which may be answers or codes; no public method stops it.
    def _fatal_error(self) -> None:
        """End after a defect of the program, and keep a report without local values."""
        error = sys.exc_info()[1]
        if error is None:
            self.panic()
            return
        from peerreview.tui.app.crash import keep_report

        self.crash_message = keep_report(error, self._options.state_folder)
        self.panic(Text(self.crash_message))
