"""Welcome: for whoever starts without a group in this folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.widget import Widget

from peerreview.services.desk import Desk
from peerreview.tui.commands import HELP, QUIT, Command, bindings
from peerreview.tui.screens.ask import AskText
from peerreview.tui.screens.card import Card, lead, line
from peerreview.tui.screens.page import off_loop
from peerreview.tui.start import Doors

_WAYS = (
    ("d", "the demo: twelve owners, fourteen partners, one ballot missing: yours"),
    ("n", "a new group: write down your partners, then open a round"),
    ("f", "open a group file, *.group.json"),
)


class WelcomeScreen(Card[None]):
    """New group, open a file, or the demo."""

    NAME = "PEERREVIEW"
    COMMANDS_HERE = (
        Command("n", "new_group", "new group"),
        Command("f", "open_file", "open a file"),
        Command("d", "demo", "demo"),
        HELP,
        QUIT,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors

    def card(self) -> Iterable[Widget]:
        """Yield what this is, and the ways in."""
        yield lead("Which of the partners you share are two-way streets?")
        yield line(
            "A peer group rates its partners, each for oneself, in ninety seconds. Nobody, not "
            "even whoever holds this laptop, can tell who said what."
        )
        for key, what in _WAYS:
            yield line(Content.assemble((f"{key}   ", "bold $road"), what))
        for path in self._doors.find():
            yield line(f"    found here: {path.name}", "quiet")

    @work
    async def action_new_group(self) -> None:
        """Make a group in this folder."""
        name = await self.ask(
            AskText(
                "The group's name. A file is made in this folder.", placeholder="Gulf Coast Peers"
            )
        )
        if name:
            with self.complaints():
                self._go(await off_loop(self._doors.create, name))

    @work
    async def action_open_file(self) -> None:
        """Open a group file."""
        found = self._doors.find()
        value = found[0].name if found else ""
        name = await self.ask(AskText("Which group file?", value))
        if name:
            with self.complaints():
                desk = await off_loop(self._doors.open, Path(name).expanduser())
                await off_loop(desk.rounds.group)
                self._go(desk)

    @work
    async def action_demo(self) -> None:
        """Open a fresh copy of the sample group."""
        with self.complaints():
            demo = await off_loop(self._doors.demo)
            self._go(demo.desk, demo.key)

    def _go(self, desk: Desk, demo_key: str = "") -> None:
        from peerreview.tui.screens.board import BoardScreen

        self.app.push_screen(BoardScreen(desk, demo_key=demo_key))
