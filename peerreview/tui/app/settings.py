"""Settings: theme, signs, and whether anything may move. A choice is saved at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.config import SettingChanges, Settings
from peerreview.domain.result.lane import lane
from peerreview.domain.text import fit, printable
from peerreview.tui.app.options import AppOptions
from peerreview.tui.app.theming import FiledTheme
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import Page, in_thread

_GLYPH_FRAME = """\
┌─────────────────────┐
│ ● ◐ ○ –   ▸ × · …   │
│ ··━━━━━━━╋━━━━━━━·· │
│ ···■■ 2 ┃ 4 ■■■■·   │
│ ◀ ▶   ← → ↑ ↓   ★ ~ │
└─────────────────────┘"""
_GLYPH_QUESTION = "Is the right side of the frame one straight line, and every sign clear?"


class SettingChoice(NamedTuple):
    """A line of the settings: a value that a setting may have, or a heading, without a setting."""

    label: str
    about: str = ""
    setting: str = ""
    value: str | bool = ""


def _choices(themes: Mapping[str, FiledTheme], options: AppOptions) -> Iterable[SettingChoice]:
    yield SettingChoice("THEME")
    yield SettingChoice("as the terminal", "light or dark, whichever it is", "theme")
    own = {theme.name for theme in themes.values() if theme.file.parent != options.themes_folder}
    for name in sorted(themes, key=lambda name: (name in own, name)):
        owner = "your own: " if name in own else ""
        yield SettingChoice(name, f"{owner}{printable(themes[name].about)}", "theme", name)
    yield SettingChoice("")
    yield SettingChoice("SIGNS")
    yield SettingChoice("Unicode", "finer lines", "ascii", False)
    yield SettingChoice("ASCII", "where the signs don't line up: press c to see", "ascii", True)
    yield SettingChoice("")
    yield SettingChoice("MOTION")
    yield SettingChoice("on", "", "animations", True)
    yield SettingChoice("off", "nothing moves by itself", "animations", False)


class SettingList(LineList[SettingChoice]):
    """The settings as headings, and under each the values to choose from."""

    def __init__(
        self, choices: Sequence[SettingChoice], is_saved: Callable[[SettingChoice], bool]
    ) -> None:
        super().__init__(choices)
        self._is_saved = is_saved
        saved = [is_saved(choice) for choice in choices]
        self.set_reactive(LineList.cursor, saved.index(True))

    def is_selectable(self, index: int) -> bool:
        """Tell whether a line is a choice: headings aren't."""
        return super().is_selectable(index) and bool(self.items[index].setting)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a choice with a mark that tells whether it is saved."""
        choice = self.items[index]
        has_cursor = index == self.cursor
        if not choice.setting:
            return [(f" {choice.label}", "head")]
        mark: Piece = ("● ", "they") if self._is_saved(choice) else ("○ ", "quiet")
        name = (fit(choice.label, 18), "strong" if has_cursor else "text")
        return [(f" {CURSOR if has_cursor else ' '} ", "road"), mark, name, (choice.about, "quiet")]


class GlyphCheck(AskYesNo):
    """A question: all signs in a frame, and whether they line up; some fonts can't."""

    def __init__(self) -> None:
        super().__init__(_GLYPH_QUESTION, "yes", "no, use ASCII")

    def compose_dialog(self) -> Iterable[Widget]:
        """Yield the frame, then the question and its buttons."""
        yield Static(Content(_GLYPH_FRAME), classes="line")
        yield from super().compose_dialog()


class SettingsScreen(Page[None]):
    """The settings; a theme is shown while the cursor is on it, and Enter saves it.

    Args:
        options: what the app was started with.
        settings: the settings in use.
        themes: the themes to choose from, by name.
        use: makes the app use settings.
    """

    NAME = "SETTINGS"
    COMMANDS_HERE = (
        Command("enter,space", "choose", "keep this", "Enter", "Use this from now on."),
        Command("c", "check", "check the signs", help="See whether they line up here."),
        BACK,
        HELP,
    )

    def __init__(
        self,
        options: AppOptions,
        settings: Settings,
        themes: Mapping[str, FiledTheme],
        use: Callable[[Settings], None],
    ) -> None:
        super().__init__(str(options.folders.settings_file) if options.folders else "")
        needs_ascii = options.needs_ascii if settings.ascii is None else settings.ascii
        self._saved = settings.evolve(ascii=needs_ascii)
        self._use = use
        self._write_settings = options.workspace.save_settings
        self._choices = tuple(_choices(themes, options))

    def compose_body(self) -> Iterable[Widget]:
        """Yield the choices, and a street as a sample of the colors."""
        yield SettingList(self._choices, self._is_saved)
        marks = (("● counts", "$they"), "   ", ("× letdown", "$bad"), "   ", ("! ugly", "$ugly"))
        yield Static(Content.assemble(lane_content(lane(4, 3)), "   ", *marks), classes="about")

    def _is_saved(self, choice: SettingChoice) -> bool:
        return bool(choice.setting) and getattr(self._saved, choice.setting) == choice.value

    @on(LineList.Highlighted)
    def preview(self) -> None:
        """Show the theme under the cursor; on any other line the saved one."""
        choice = self.query_one(SettingList).current_item
        theme = choice.value if choice and choice.setting == "theme" else self._saved.theme
        self._use(self._saved.evolve(theme=theme))

    @on(LineList.Selected)
    def action_choose(self) -> None:
        """Save the value under the cursor."""
        if choice := self.query_one(SettingList).current_item:
            self._save_changes({choice.setting: choice.value})

    @work
    async def _save_changes(self, changes: SettingChanges) -> None:
        self._saved = self._saved.evolve(**changes)
        self._use(self._saved)
        self.query_one(SettingList).redraw_lines()
        with self.report_errors():
            await in_thread(self._write_settings, changes)

    @work
    async def action_check(self) -> None:
        """Ask whether the signs line up, and use ASCII if they don't."""
        self._use(self._saved.evolve(ascii=False))
        line_up = await self.show_screen(GlyphCheck())
        self._use(self._saved)
        if line_up is not None:
            self._save_changes({"ascii": not line_up})

    def action_back(self) -> None:
        """Leave with the saved settings."""
        self._use(self._saved)
        self.dismiss(None)
