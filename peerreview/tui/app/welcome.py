"""The welcome screen, shown when the program starts without a group."""

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
from peerreview.tui.app.options import Workspace
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import HELP, QUIT, Command, make_bindings
from peerreview.tui.kit.dialog import AskText
from peerreview.tui.kit.page import in_thread
from peerreview.tui.kit.text import literal_content

_MAX_GROUPS = 5


class WelcomeScreen(Card[None]):
    """A choice of a new group, a group file, the demo, or one of the groups found, by number."""

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
        *(
            Binding(str(number), f"open_found({number})", show=False)
            for number in range(1, _MAX_GROUPS + 1)
        ),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._group_files: list[Path] = []

    def compose_card(self) -> Iterable[Widget]:
        """Yield what the program is for, and what one can start with."""
        yield lead_paragraph("Which of the partners you share are two-way streets?")
        yield paragraph(
            "A peer group rates its partners, each for oneself, in ninety seconds. Nobody, not "
            "even whoever holds this laptop, can tell who said what."
        )
        yield paragraph(
            Content("\n").join([
                _choice("d", "demo", "the demo: twelve owners, one ballot missing: yours"),
                _choice("n", "new_group", "a new group: write down your partners, open a round"),
                _choice("f", "open_file", "open a group file, *.group.json"),
            ])
        )  # fmt: skip
        yield Static(id="found", classes="line")

    @work
    async def on_screen_resume(self) -> None:
        """Look for groups, in a thread: a network folder may be slow."""
        with self.report_errors():
            files = await in_thread(self._workspace.find_groups)
            self._group_files = files[:_MAX_GROUPS]
            choices = [
                _choice(str(number), f"open_found({number})", _file_and_folder(path))
                for number, path in enumerate(self._group_files, 1)
            ]
            group_list = self.query_one("#found", Static)
            group_list.update(Content("\n").join(choices))
            group_list.display = bool(choices)

    @work
    async def action_new_group(self) -> None:
        """Ask for a name and create a group in this folder."""
        question = "The group's name. A file is made in this folder."
        if name := await self.show_screen(AskText(question, placeholder="Gulf Coast Peers")):
            with self.report_errors():
                services = await in_thread(self._workspace.create_group, name)
                self._show_board(services)
                self.notify_text(f"Kept in this folder: {Path(services.location).name}")

    @work
    async def action_open_file(self) -> None:
        """Ask for a group file and open it."""
        value = str(self._group_files[0]) if self._group_files else ""
        if name := await self.show_screen(AskText("Which group file?", value)):
            await self._open(Path(name).expanduser())

    @work
    async def action_open_found(self, number: int) -> None:
        """Open one of the groups found, counted from 1."""
        if number <= len(self._group_files):
            await self._open(self._group_files[number - 1])

    async def _open(self, path: Path) -> None:
        with self.report_errors():
            self._show_board(await in_thread(self._workspace.open_group, path))

    @work
    async def action_demo(self) -> None:
        """Open a fresh copy of the sample group."""
        with self.report_errors():
            demo = await in_thread(self._workspace.create_demo)
            self._show_board(demo.services, demo.key)

    def _show_board(self, services: GroupServices, demo_key: str = "") -> None:
        from peerreview.tui.board.board import BoardScreen

        self.app.push_screen(BoardScreen(services, demo_key=demo_key))


def _choice(key: str, action: str, text: str | Content) -> Content:
    """Return a line with a key, which is also a link, and what it does."""
    return Content.assemble((key, f"bold $road @click=screen.{action}"), "   ", text)


def _file_and_folder(path: Path) -> Content:
    """Return the name of a group file, and of its folder if that isn't the current one."""
    folder = f"   in {printable(path.parent.name)}" if path.is_absolute() else ""
    return Content.assemble(literal_content(path.name), (folder, "$quiet"))
