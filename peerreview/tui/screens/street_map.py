"""The street map: partners by what comes back and what we give, and who isn't on it beside it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.board import Board, BoardLine
from peerreview.domain.group import Group
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.page import Page
from peerreview.tui.screens.partner import Onward, PartnerScreen
from peerreview.tui.text import safe
from peerreview.tui.widgets.board_words import verdict
from peerreview.tui.widgets.lines import Lines
from peerreview.tui.widgets.map_view import MapView

_WIDTH, _HEIGHT = 80, 24


class StreetMapScreen(Page[Onward]):
    """Gives what somebody wants to do next with a partner, if anything."""

    NAME = "STREET MAP"
    COMMANDS_HERE = (
        Command("enter", "open_partner", "open", "Enter"),
        Command("n", "next", "next", help="The next one; arrows go to the nearest."),
        Command("pagedown", "scroll(5)", "scroll the list", "PgDn", shown=False),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings((*COMMANDS_HERE, Command("pageup", "scroll(-5)", "scroll up")))

    def __init__(self, group: Group, board: Board) -> None:
        self._lines = [line for line in board.lines if line.told.comes_back is not None]
        said = f"{len(self._lines)} of {len(board.everyone)} on the map"
        super().__init__(f"{board.group} · round {board.round}", said)
        self._group, self._board = group, board

    def body(self) -> Iterable[Widget]:
        """Yield the map, the list beside it, and the sentence about who is at the cursor."""
        map_view = MapView(self._lines, self._board.give_cut)
        beside = VerticalScroll(Static(id="beside"), classes="beside", can_focus=False)
        yield Vertical(Horizontal(map_view, beside), Static(id="about", classes="about"), id="map")
        needs = f"The map needs {_WIDTH}×{_HEIGHT}: make the window larger, or go back with Esc."
        yield Static(needs, id="small", classes="line pad")

    def on_resize(self) -> None:
        """Show the map only where it has room."""
        self.query_one("#map").set_class(self._small, "hidden")
        self.query_one("#small").set_class(not self._small, "hidden")
        self.bindings_updated_signal.publish(self)

    @property
    def _small(self) -> bool:
        return self.size.width < _WIDTH or self.size.height < _HEIGHT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be seen."""
        return not self._small or action not in ("open_partner", "next", "scroll")

    @on(Lines.Highlighted)
    def show_about(self) -> None:
        """Say who stands at the cursor, and who found no room."""
        found = self.query_one(MapView)
        here, about = found.here, self.query_one("#about", Static)
        if len(here) > 1:
            names = Content(", ").join(safe(each.partner.name).stylize("bold") for each in here)
            about.update(Content.assemble(names, "\nEnter opens the first, → the ones beside it."))
        elif here:
            about.update(verdict(here[0]))
        self.query_one("#beside", Static).update(Content("\n").join(self._beside(found)))

    def _beside(self, found: MapView) -> Iterable[Content]:
        if numbered := found.numbered:
            yield Content.styled("BY NUMBER", "bold $road")
            for sign, line in numbered:
                yield Content.assemble((f"{sign} ", "bold $road"), safe(line.partner.name))
            yield Content("")
        words_only = [line for line in self._board.lines if line.told.comes_back is None]
        yield from _names("WORDS ONLY", words_only)
        yield from _names("TOO FEW VOICES", self._board.too_few)

    def action_next(self) -> None:
        """Go to the next place."""
        self.query_one(MapView).action_next()

    def action_scroll(self, by: int) -> None:
        """Scroll the list beside the map."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    @on(Lines.Chosen)
    @work
    async def action_open_partner(self) -> None:
        """Open who stands at the cursor."""
        if here := self.query_one(MapView).here:
            screen = PartnerScreen(self._board, here[0], self._group, among=here)
            if onward := await self.ask(screen):
                self.dismiss(onward)


def _names(heading: str, lines: Sequence[BoardLine]) -> Iterable[Content]:
    if lines:
        yield Content.styled(heading, "bold $road")
        yield from (safe(line.partner.name) for line in lines)
        yield Content("")
