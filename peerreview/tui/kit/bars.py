"""The first and the last line of every screen: its title, and its keys."""

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

_MAX_LINES = 2


class TitleBar(Static):
    """The title line: the name of the screen, what it is about, and a status at the right edge."""

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
        """Return the line; the location is cut if there isn't enough room."""
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
    """The keys that work on a screen at the moment, each of them a link."""

    DEFAULT_CSS = """
    KeyLine { height: auto; background: $bar; color: $quiet; padding: 0 1; }
    """

    def __init__(self, commands: Callable[[], Iterable[Command]]) -> None:
        super().__init__()
        self._commands = commands

    def on_mount(self) -> None:
        """Draw the line again whenever the available commands may have changed."""
        self.screen.bindings_updated_signal.subscribe(self, self._redraw)

    def _redraw(self, _: object) -> None:
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the keys need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the keys and their labels."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        """Return at most two lines; commands just before Esc and help are left out if necessary."""
        shown = [command for command in self._commands() if command.shown]
        lines = wrap_parts(map(_key_and_label, shown), width)
        while len(lines) > _MAX_LINES and len(shown) > 2:
            has_escape = shown[-2].keys == "escape"
            del shown[-3 if has_escape else -2]
            lines = wrap_parts(map(_key_and_label, shown), width)
        return lines


@lru_cache
def _key_and_label(command: Command) -> Content:
    key = Content.styled(command.key_text, "bold $foreground")
    # as a style: markup would refuse the -1 of `round(-1)`
    link = Style.from_meta({"@click": f"screen.{command.action}"})
    return Content.assemble(key.stylize(link), f" {command.label}")
