"""The screen of the street map, with the partners that are not on the map beside it."""

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.result.board import Board, BoardLine
from peerreview.tui.board.map_view import MapView
from peerreview.tui.board.partner import FollowUp, PartnerScreen
from peerreview.tui.board.wording import verdict_text
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.lines import LineList
from peerreview.tui.kit.page import Page
from peerreview.tui.kit.text import literal_content


class StreetMapScreen(Page[FollowUp]):
    """Returns the next command for a partner, if one was chosen."""

    NAME = "STREET MAP"
    COMMANDS_HERE = (
        Command("enter", "open_partner", "open", "Enter"),
        Command("n", "next", "next", help="The next one; arrows go to the nearest."),
        BACK,
        HELP,
    )

    def __init__(self, group: Group, board: Board) -> None:
        self._lines = [line for line in board.shown_lines if line.result.comes_back is not None]
        status = f"{len(self._lines)} of {len(board.all_lines)} on the map"
        super().__init__(f"{board.group} · round {board.round}", status)
        self._group = group
        self._board = board

    def compose_body(self) -> Iterable[Widget]:
        """Yield the map, the list beside it, and the verdict about the partner at the cursor."""
        beside = VerticalScroll(Static(id="beside"), classes="beside")
        yield Horizontal(MapView(self._lines, self._board.give_cut), beside)
        yield Static(id="about", classes="about")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a command can run: those on a partner need one on the map."""
        seen = any(view.current_item for view in self.query(MapView))
        return seen or action not in ("open_partner", "next")

    @on(LineList.Highlighted)
    def show_about(self) -> None:
        """Show the partners at the cursor, and those whose names have no room."""
        view = self.query_one(MapView)
        self.bindings_updated_signal.publish(self)
        here, about = view.current_item, self.query_one("#about", Static)
        if len(here) > 1:
            names = Content(", ").join(
                literal_content(line.partner.name).stylize("bold") for line in here
            )
            about.update(Content.assemble(names, "\nEnter opens the first, → the ones beside it."))
        elif here:
            about.update(verdict_text(here[0]))
        self.query_one("#beside", Static).update(Content("\n").join(self._beside(view)))

    def _beside(self, view: MapView) -> Iterable[Content]:
        if numbered := view.numbered:
            yield Content.styled("BY NUMBER", "bold $road")
            for sign, line in numbered:
                yield Content.assemble(
                    (f"{sign} ", "bold $road"), literal_content(line.partner.name)
                )
            yield Content("")
        words_only = [line for line in self._board.shown_lines if line.result.comes_back is None]
        yield from _names("WORDS ONLY", words_only)
        yield from _names("TOO FEW VOICES", self._board.hidden_lines)

    def action_next(self) -> None:
        """Move the cursor to the next point."""
        self.query_one(MapView).action_next()

    @on(LineList.Selected)
    @work
    async def action_open_partner(self) -> None:
        """Open the first partner at the cursor."""
        if here := self.query_one(MapView).current_item:
            screen = PartnerScreen(self._board, here[0], self._group, among=here)
            if onward := await self.show_screen(screen):
                self.dismiss(onward)


def _names(heading: str, lines: Sequence[BoardLine]) -> Iterable[Content]:
    if lines:
        yield Content.styled(heading, "bold $road")
        yield from (literal_content(line.partner.name) for line in lines)
        yield Content("")
