"""Welcome: for whoever starts without a group in this folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.text import printable
from peerreview.services.group_services import GroupServices
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import HELP, QUIT, Command, make_bindings
from peerreview.tui.kit.dialog import AskText
from peerreview.tui.kit.page import in_thread
from peerreview.tui.kit.start import Workspace
from peerreview.tui.kit.text import literal_content

_MOST = 5


class WelcomeScreen(Card[None]):
    """New group, open a file, or the demo; groups found here or opened lately by their number."""

    NAME = "PEERREVIEW"
    COMMANDS_HERE = (
        Command("n", "new_group", "new group"),
        Command("f", "open_file", "open a file"),
        Command("d", "demo", "demo"),
        HELP,
        QUIT,
    )
    BINDINGS: ClassVar = [
        *make_bindings(COMMANDS_HERE),
        *(Binding(str(place), f"open_found({place})", show=False) for place in range(1, _MOST + 1)),
    ]

    def __init__(self, doors: Workspace) -> None:
        super().__init__()
        self._doors = doors
        self._found: list[Path] = []

    def compose_card(self) -> Iterable[Widget]:
        """Yield what this is, and the ways in."""
        yield lead_paragraph("Which of the partners you share are two-way streets?")
        yield paragraph(
            "A peer group rates its partners, each for oneself, in ninety seconds. Nobody, not "
            "even whoever holds this laptop, can tell who said what."
        )
        yield paragraph(
            Content("\n").join([
                _way("d", "demo", "the demo: twelve owners, one ballot missing: yours"),
                _way("n", "new_group", "a new group: write down your partners, open a round"),
                _way("f", "open_file", "open a group file, *.group.json"),
            ])
        )  # fmt: skip
        yield Static(id="found", classes="line")

    @work
    async def on_screen_resume(self) -> None:
        """Look for groups; a folder far away may take its time."""
        with self.report_errors():
            self._found = (await in_thread(self._doors.find_groups))[:_MOST]
            ways = [
                _way(str(place), f"open_found({place})", _called(path))
                for place, path in enumerate(self._found, 1)
            ]
            found = self.query_one("#found", Static)
            found.update(Content("\n").join(ways))
            found.display = bool(ways)

    @work
    async def action_new_group(self) -> None:
        """Make a group in this folder."""
        question = "The group's name. A file is made in this folder."
        if name := await self.show_screen(AskText(question, placeholder="Gulf Coast Peers")):
            with self.report_errors():
                services = await in_thread(self._doors.create_group, name)
                self._go(services)
                self.notify_text(f"Kept in this folder: {Path(services.location).name}")

    @work
    async def action_open_file(self) -> None:
        """Open a group file."""
        value = str(self._found[0]) if self._found else ""
        if name := await self.show_screen(AskText("Which group file?", value)):
            await self._open(Path(name).expanduser())

    @work
    async def action_open_found(self, place: int) -> None:
        """Open one of the groups listed."""
        if place <= len(self._found):
            await self._open(self._found[place - 1])

    async def _open(self, path: Path) -> None:
        with self.report_errors():
            self._go(await in_thread(self._doors.open_group, path))

    @work
    async def action_demo(self) -> None:
        """Open a fresh copy of the sample group."""
        with self.report_errors():
            demo = await in_thread(self._doors.create_demo)
            self._go(demo.services, demo.key)

    def _go(self, services: GroupServices, demo_key: str = "") -> None:
        from peerreview.tui.board.board import BoardScreen

        self.app.push_screen(BoardScreen(services, demo_key=demo_key))


def _way(key: str, action: str, what: str | Content) -> Content:
    """Return a line that says what a key does; a click does it, too."""
    return Content.assemble((key, f"bold $road @click=screen.{action}"), "   ", what)


def _called(path: Path) -> Content:
    """Return a group file's name, and its folder if that isn't this one."""
    folder = f"   in {printable(path.parent.name)}" if path.is_absolute() else ""
    return Content.assemble(literal_content(path.name), (folder, "$quiet"))
