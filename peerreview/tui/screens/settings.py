"""Settings: theme, signs, and whether anything may move. What is chosen is kept at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.config import Changes, Settings
from peerreview.domain.lane import lane
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.glyphs import CURSOR
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.start import Start
from peerreview.tui.text import fit, printable
from peerreview.tui.theming import FiledTheme
from peerreview.tui.widgets.cells import colored
from peerreview.tui.widgets.lines import Lines, Piece


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a setting may have."""

    setting: str
    value: str | bool
    label: str
    about: str = ""


class Choices(Lines):
    """Headings, and under each the values to choose from."""

    def __init__(self, lines: Sequence[str | Choice], chosen: Callable[[Choice], bool]) -> None:
        super().__init__()
        self._lines, self._chosen = lines, chosen
        first = [isinstance(each, Choice) and chosen(each) for each in lines].index(True)
        self.set_reactive(Lines.cursor, first)

    @property
    def count(self) -> int:
        """Headings and choices."""
        return len(self._lines)

    def selectable(self, index: int) -> bool:
        """Everything but headings."""
        return super().selectable(index) and isinstance(self._lines[index], Choice)

    @property
    def choice(self) -> Choice | None:
        """What the cursor stands on."""
        found = self._lines[self.cursor]
        return found if isinstance(found, Choice) else None

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a choice and whether it is the one."""
        line, on = self._lines[index], index == self.cursor
        if isinstance(line, str):
            return [(f" {line}", "head")]
        mark: Piece = ("● ", "they") if self._chosen(line) else ("○ ", "quiet")
        name = (fit(line.label, 18), "strong" if on else "text")
        return [(f" {CURSOR if on else ' '} ", "road"), mark, name, (line.about, "quiet")]


def _choices(themes: Mapping[str, FiledTheme], shipped: object) -> Iterable[str | Choice]:
    yield "THEME"
    yield Choice("theme", "", "as the terminal", "light or dark, whichever it is")
    for theme in sorted(themes.values(), key=lambda t: (t.file.parent != shipped, t.name)):
        own = "" if theme.file.parent == shipped else "your own: "
        yield Choice("theme", theme.name, theme.name, f"{own}{printable(theme.about)}")
    yield from ("", "SIGNS")
    yield Choice("ascii", False, "Unicode", "finer lines")
    yield Choice("ascii", True, "ASCII", "where the signs don't line up: press c to see")
    yield from ("", "MOTION")
    yield Choice("animations", True, "on")
    yield Choice("animations", False, "off", "nothing moves by itself")


class SettingsScreen(Page[None]):
    """Shows each theme while the cursor stands on it; Enter keeps it, Esc takes it back."""

    NAME = "SETTINGS"
    COMMANDS_HERE = (
        Command("enter,space", "choose", "keep this", "Enter", "Use this from now on."),
        Command("c", "check", "check the signs", help="See whether they line up here."),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def __init__(
        self,
        start: Start,
        settings: Settings,
        themes: Mapping[str, FiledTheme],
        use: Callable[[Settings], None],
    ) -> None:
        super().__init__(str(start.places.settings) if start.places else "")
        self._start, self._kept, self._shown = start, settings, settings
        self._lines = tuple(_choices(themes, start.themes))
        self._use = use

    def body(self) -> Iterable[Widget]:
        """Yield the choices, and a street to see the colors by."""
        yield Choices(self._lines, self._chosen)
        marks = (("● counts", "$they"), "   ", ("× letdown", "$bad"), "   ", ("! ugly", "$ugly"))
        yield Static(Content.assemble(colored(lane(4, 3)), "   ", *marks), classes="about")

    def _value(self, choice: Choice) -> object:
        found = getattr(self._kept, choice.setting)
        return self._start.ascii if found is None else found

    def _chosen(self, choice: Choice) -> bool:
        return self._value(choice) == choice.value

    @on(Lines.Highlighted)
    def preview(self) -> None:
        """Show the theme under the cursor; anywhere else the one that is kept."""
        choice = self.query_one(Choices).choice
        looks = choice.value if choice and choice.setting == "theme" else self._kept.theme
        self._show(self._kept.evolve(theme=looks))

    def _show(self, settings: Settings) -> None:
        if settings != self._shown:
            self._shown = settings
            self._use(settings)

    @on(Lines.Chosen)
    def action_choose(self) -> None:
        """Keep the value under the cursor."""
        if choice := self.query_one(Choices).choice:
            self._keep({choice.setting: choice.value})

    @work
    async def _keep(self, changes: Changes) -> None:
        self._kept = self._kept.evolve(**changes)
        self._show(self._kept)
        self.query_one(Choices).changed()
        with self.complaints():
            await off_loop(self._start.doors.save_settings, changes)

    @work
    async def action_check(self) -> None:
        """Ask whether the signs line up, and draw them in ASCII if they don't."""
        from peerreview.tui.screens.glyph_check import GlyphCheck

        self._show(self._kept.evolve(ascii=False))
        fine = await self.ask(GlyphCheck())
        self._show(self._kept)
        if fine is not None:
            self._keep({"ascii": not fine})

    def action_back(self) -> None:
        """Leave with what was kept."""
        self._show(self._kept)
        self.dismiss(None)
