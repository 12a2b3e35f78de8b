"""Settings: theme, signs, and whether anything may move. What is chosen is kept at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.config import SettingChanges, Settings
from peerreview.domain.result.lane import lane
from peerreview.domain.text import fit, printable
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import Page, in_thread
from peerreview.tui.kit.start import AppOptions
from peerreview.tui.kit.theming import FiledTheme


class SettingChoice(NamedTuple):
    """One of the values that a setting may have; a heading belongs to none."""

    label: str
    about: str = ""
    setting: str = ""
    value: str | bool = ""


def _choices(themes: Mapping[str, FiledTheme], start: AppOptions) -> Iterable[SettingChoice]:
    yield SettingChoice("THEME")
    yield SettingChoice("as the terminal", "light or dark, whichever it is", "theme")
    own = {each.name: each.file.parent != start.themes_folder for each in themes.values()}
    for name in sorted(themes, key=lambda name: (own[name], name)):
        about = f"{'your own: ' if own[name] else ''}{printable(themes[name].about)}"
        yield SettingChoice(name, about, "theme", name)
    yield from (SettingChoice(""), SettingChoice("SIGNS"))
    yield SettingChoice("Unicode", "finer lines", "ascii", False)
    yield SettingChoice("ASCII", "where the signs don't line up: press c to see", "ascii", True)
    yield from (SettingChoice(""), SettingChoice("MOTION"))
    yield SettingChoice("on", "", "animations", True)
    yield SettingChoice("off", "nothing moves by itself", "animations", False)


class SettingList(LineList[SettingChoice]):
    """Headings, and under each the values to choose from."""

    def __init__(
        self, choices: Sequence[SettingChoice], chosen: Callable[[SettingChoice], bool]
    ) -> None:
        super().__init__(choices)
        self._chosen = chosen
        self.set_reactive(LineList.cursor, [chosen(each) for each in choices].index(True))

    def is_selectable(self, index: int) -> bool:
        """Everything but headings."""
        return super().is_selectable(index) and bool(self.items[index].setting)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a choice and whether it is the one."""
        choice, on = self.items[index], index == self.cursor
        if not choice.setting:
            return [(f" {choice.label}", "head")]
        mark: Piece = ("● ", "they") if self._chosen(choice) else ("○ ", "quiet")
        name = (fit(choice.label, 18), "strong" if on else "text")
        return [(f" {CURSOR if on else ' '} ", "road"), mark, name, (choice.about, "quiet")]


class SettingsScreen(Page[None]):
    """Shows each theme while the cursor stands on it; Enter keeps it, Esc takes it back.

    Args:
        start: what the app was started with.
        settings: what is in force.
        themes: what can be chosen, by name.
        use: puts settings into force.
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
        start: AppOptions,
        settings: Settings,
        themes: Mapping[str, FiledTheme],
        use: Callable[[Settings], None],
    ) -> None:
        super().__init__(str(start.folders.settings_file) if start.folders else "")
        signs = start.needs_ascii if settings.ascii is None else settings.ascii
        self._kept, self._use = settings.evolve(ascii=signs), use
        self._save = start.workspace.save_settings
        self._choices = tuple(_choices(themes, start))

    def compose_body(self) -> Iterable[Widget]:
        """Yield the choices, and a street to see the colors by."""
        yield SettingList(self._choices, self._chosen)
        marks = (("● counts", "$they"), "   ", ("× letdown", "$bad"), "   ", ("! ugly", "$ugly"))
        yield Static(Content.assemble(lane_content(lane(4, 3)), "   ", *marks), classes="about")

    def _chosen(self, choice: SettingChoice) -> bool:
        return bool(choice.setting) and getattr(self._kept, choice.setting) == choice.value

    @on(LineList.Highlighted)
    def preview(self) -> None:
        """Show the theme under the cursor; anywhere else the one that is kept."""
        choice = self.query_one(SettingList).current_item
        theme = choice.value if choice and choice.setting == "theme" else self._kept.theme
        self._use(self._kept.evolve(theme=theme))

    @on(LineList.Selected)
    def action_choose(self) -> None:
        """Keep the value under the cursor."""
        if choice := self.query_one(SettingList).current_item:
            self._keep({choice.setting: choice.value})

    @work
    async def _keep(self, changes: SettingChanges) -> None:
        self._kept = self._kept.evolve(**changes)
        self._use(self._kept)
        self.query_one(SettingList).redraw_lines()
        with self.report_errors():
            await in_thread(self._save, changes)

    @work
    async def action_check(self) -> None:
        """Ask whether the signs line up, and draw them in ASCII if they don't."""
        from peerreview.tui.app.glyph_check import GlyphCheck

        self._use(self._kept.evolve(ascii=False))
        fine = await self.show_screen(GlyphCheck())
        self._use(self._kept)
        if fine is not None:
            self._keep({"ascii": not fine})

    def action_back(self) -> None:
        """Leave with what was kept."""
        self._use(self._kept)
        self.dismiss(None)
