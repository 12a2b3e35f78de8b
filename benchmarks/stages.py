"""The small apps that figures are taken from: `python -m benchmarks.stages STAGE [GROUP]`.

`empty`, `table` and `opens-table` are the peers: Textual's own widgets, no code of ours. `board`
and `opens-table` wait on their first screen until `b` opens our board, or Textual's table.
"""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Header, Static

COLUMNS = ("Partner", "Kind", "Comes back and we give", "Sure", "Voices")
READY, OPENED = "press b", "the last line"


def _filled(table: "DataTable[str]", rows: int) -> "DataTable[str]":
    table.add_columns(*COLUMNS)
    for number in range(1, rows + 1):
        table.add_row(f"Partner {number:02}", "vendor", "━" * 19, "solid", "8–12")
    return table


class EmptyApp(App[None]):
    """What any Textual app pays: a header, a table without rows, a footer."""

    def compose(self) -> ComposeResult:
        """Yield the three."""
        yield Header()
        yield DataTable[str]()
        yield Footer()


class TableScreen(Screen[None]):
    """Textual's own table with as many rows as our board has partners."""

    BINDINGS = [("x", "nothing", OPENED)]

    def compose(self) -> ComposeResult:
        """Yield header, table and footer."""
        yield Header()
        yield _filled(DataTable[str](cursor_type="row"), 60)
        yield Footer()


class TableApp(App[None]):
    """Starts on the table."""

    def on_mount(self) -> None:
        """Show it."""
        self.push_screen(TableScreen())


class TableOpener(App[None]):
    """Opens the table on `b`."""

    BINDINGS = [("b", "open", "open")]

    def compose(self) -> ComposeResult:
        """Yield one line."""
        yield Static(READY)

    def action_open(self) -> None:
        """Open the table."""
        self.push_screen(TableScreen())


def board_opener(group: Path) -> App[None]:
    """Return our app on its welcome screen, with `b` for the board of a group."""
    from peerreview.bootstrap import desk_at
    from peerreview.shipped import folder
    from peerreview.tui import app
    from peerreview.tui.screens.board import BoardScreen
    from peerreview.tui.start import Doors, Start

    desk = desk_at(group)

    class BoardOpener(app.PeerReviewApp):
        CSS_PATH = Path(app.__file__).with_name("app.tcss")
        BINDINGS = [("b", "open", "open")]

        def action_open(self) -> None:
            self.push_screen(BoardScreen(desk))

    nowhere = Doors(find=list, open=desk_at, create=None, demo=None)  # pyright: ignore[reportArgumentType]
    return BoardOpener(Start(nowhere, themes=folder("themes")))


def main() -> None:
    """Run the stage named on the command line."""
    stage = sys.argv[1]
    if stage == "board":
        board_opener(Path(sys.argv[2])).run()
        return
    {"empty": EmptyApp, "table": TableApp, "opens-table": TableOpener}[stage]().run()


if __name__ == "__main__":
    main()
