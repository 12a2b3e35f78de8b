"""The first and the last line of every screen: where we are, and which key does what."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from peerreview.domain.text import cell_width, fit, printable
from peerreview.tui.kit.commands import Command
from peerreview.tui.kit.text import wrap_parts

_MOST_LINES = 2


class TitleBar(Static):
    """The screen's name, where we are, and a word at the right edge."""

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $bar; color: $foreground; }
    """

    location: reactive[str] = reactive("")
    status: reactive[str] = reactive("")

    def __init__(self, name: str, location: str = "", status: str = "") -> None:
        super().__init__()
        self._name_shown = f" {name} "
        self.set_reactive(TitleBar.location, location)
        self.set_reactive(TitleBar.status, status)

    def render(self) -> Content:
        """Return the line; the place is cut where there is no room for both."""
        status = f"{printable(self.status)} "
        free = self.size.width - cell_width(self._name_shown) - cell_width(status) - 3
        location = printable(self.location)
        shown = f"  {fit(location, min(free, cell_width(location)))}" if free > 3 else ""
        gap = " " * (free + 3 - cell_width(shown))
        return Content.assemble(
            (self._name_shown, "bold $background on $road"),
            (shown, "bold"),
            gap,
            (status, "$quiet"),
        )


class KeyLine(Static):
    """The keys that work here, each one clickable; what doesn't apply now is left out."""

    DEFAULT_CSS = """
    KeyLine { height: auto; background: $bar; color: $quiet; padding: 0 1; }
    """

    def __init__(self, commands: Callable[[], Iterable[Command]]) -> None:
        super().__init__()
        self._commands = commands

    def on_mount(self) -> None:
        """Follow the screen: what applies may change with every answer."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _: object) -> None:
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the keys need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the lines of keys."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        """Return what stands in each line; without room, the last before Esc and help go."""
        shown = [each for each in self._commands() if each.shown]
        while len(lines := wrap_parts(map(_named, shown), width)) > _MOST_LINES and len(shown) > 2:
            del shown[-3 if shown[-2].keys == "escape" else -2]
        return lines


@lru_cache
def _named(command: Command) -> Content:
    key = Content.styled(command.key_text, "bold $foreground")
    link = Style.from_meta({"@click": f"screen.{command.action}"})  # in words, -1 is no number
    return Content.assemble(key.stylize(link), f" {command.label}")
