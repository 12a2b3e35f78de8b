"""The first and the last line of every screen: where we are, and which key does what."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from peerreview.tui.commands import Command, applies
from peerreview.tui.text import fit, printable


class TitleBar(Static):
    """The screen's name, where we are, and a word at the right edge."""

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $bar; color: $foreground; }
    """

    place: reactive[str] = reactive("")
    state: reactive[str] = reactive("")

    def __init__(self, name: str, place: str = "", state: str = "") -> None:
        super().__init__()
        self._name_shown = f" {name} "
        self.set_reactive(TitleBar.place, place)
        self.set_reactive(TitleBar.state, state)

    def render(self) -> Content:
        """Return the line; the place is cut where there is no room for both."""
        state = f"{printable(self.state)} "
        room = self.size.width - cell_len(self._name_shown) - cell_len(state) - 3
        place = (
            f"  {fit(self.place, min(room, cell_len(printable(self.place))))}" if room > 3 else ""
        )
        gap = " " * (room + 3 - cell_len(place))
        return Content.assemble(
            (self._name_shown, "bold $background on $road"), (place, "bold"), gap, (state, "$quiet")
        )


class KeyLine(Static):
    """The keys that work here, each one clickable; what doesn't apply now is left out."""

    DEFAULT_CSS = """
    KeyLine { height: auto; max-height: 2; background: $bar; color: $quiet; padding: 0 1; }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def on_mount(self) -> None:
        """Follow the screen: what applies may change with every answer."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _: object) -> None:
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the line of keys."""
        shown = [each for each in self._commands if each.shown and applies(each, self.screen)]
        parts: list[Content] = []
        for each in shown:
            link = f"bold $foreground @click=screen.{each.action}"
            parts.append(Content.assemble((each.key_text, link), f" {each.label}"))
        return Content("   ").join(parts)
