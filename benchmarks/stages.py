"""Run one of the small apps that are measured: `python -m benchmarks.stages STAGE [GROUP]`.

All stages but `board` are peers: they use Textual's own widgets and no code of ours. `libraries` is
`empty` with the libraries that any program like ours has to load. `board` and `opens-table` stay on
their first screen until `b` opens our board, or Textual's table.
"""

import sys
from pathlib import Path
from typing import Never

from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Header, RadioSet, Static

COLUMNS = ("Partner", "Kind", "Comes back and we give", "Sure", "Voices")
READY, OPENED = "press b", "the last line"


def _fill_table(table: "DataTable[str]", rows: int) -> "DataTable[str]":
    table.add_columns(*COLUMNS)
    for number in range(1, rows + 1):
        table.add_row(f"Partner {number:02}", "vendor", "━" * 19, "solid", "8–12")
    return table


class EmptyApp(App[None]):
    """The smallest Textual app: a header, a table without rows, a footer."""

    def compose(self) -> ComposeResult:
        """Yield header, table and footer."""
        yield Header()
        yield DataTable[str]()
        yield Footer()


class TableScreen(Screen[None]):
    """Textual's own table with as many rows as our board has partners."""

    BINDINGS = [("x", "nothing", OPENED)]

    def compose(self) -> ComposeResult:
        """Yield header, table and footer."""
        yield Header()
        yield _fill_table(DataTable[str](cursor_type="row"), 60)
        yield Footer()


class TableApp(App[None]):
    """The board in stock widgets: a table of colored cells, a sentence about the current line."""

    BINDINGS = [("x", "nothing", OPENED)]

    def compose(self) -> ComposeResult:
        """Yield header, table, sentence and footer."""
        yield Header()
        table = DataTable[Text](cursor_type="row")
        table.add_columns(*COLUMNS)
        for number in range(1, 61):
            lane = Text.assemble(("━" * 9, "green"), ("╋", "yellow"), ("━" * 9, "blue"))
            words = (f"Partner {number:02}", "vendor", lane, Text("solid", "bold"), "8–12")
            table.add_row(*(word if isinstance(word, Text) else Text(word) for word in words))
        yield table
        yield Static(id="about")
        yield Footer()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show what the verdict at the cursor means."""
        meaning = "two-way street, solid. They respect the introduction and help the firm grow."
        about = Text.assemble(
            (f"Partner {event.cursor_row}: ", "bold"), meaning, "\nNext: say thanks."
        )
        self.query_one("#about", Static).update(about)


class AnswersApp(App[None]):
    """The ballot in stock widgets: a table with answers in its cells, a line for the question."""

    BINDINGS = [("3", "answer(3)"), ("4", "answer(4)"), ("x", "nothing", OPENED)]

    def compose(self) -> ComposeResult:
        """Yield header, table, question and footer."""
        yield Header()
        yield _fill_table(DataTable[str](cursor_type="cell"), 60)
        yield Static("?", id="question")
        yield Footer()

    def action_answer(self, answer: int) -> None:
        """Write an answer, show the position, and move to the next cell."""
        table = self.query_one(DataTable[str])
        row, column = table.cursor_coordinate
        table.update_cell_at(table.cursor_coordinate, "■" * answer, update_width=True)
        self.query_one("#question", Static).update(f"How often? {row} {column}  1 never  5 always")
        if column < len(COLUMNS) - 1:
            table.move_cursor(row=row, column=column + 1)
        else:
            table.move_cursor(row=row + 1, column=0)


class FormApp(App[None]):
    """The grid of one partner in stock widgets: a set of radio buttons for every question."""

    BINDINGS = [("x", "nothing", OPENED)]
    CSS = """
    .line { height: auto; }
    .line Static { width: 20; }
    RadioSet { layout: horizontal; border: none; width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """Yield header, questions and footer."""
        yield Header()
        with VerticalScroll(can_focus=False):
            for number in range(20):
                with Horizontal(classes="line"):
                    yield Static(f"Question {number}")
                    yield RadioSet(*("never", "rarely", "sometimes", "mostly", "always"))
        yield Footer()


class TableOpener(App[None]):
    """An app that opens the table with `b`."""

    BINDINGS = [("b", "open", "open")]

    def compose(self) -> ComposeResult:
        """Yield one line."""
        yield Static(READY)

    def action_open(self) -> None:
        """Open the table."""
        self.push_screen(TableScreen())


def make_board_opener(group: Path) -> App[None]:
    """Return our app on its welcome screen, where `b` opens the board of a group."""
    from peerreview.bootstrap import services_at
    from peerreview.shipped import find_folder
    from peerreview.tui.app import app
    from peerreview.tui.app.options import AppOptions, Workspace
    from peerreview.tui.board.board import BoardScreen

    services = services_at(group)

    class BoardOpener(app.PeerReviewApp):
        CSS_PATH = Path(app.__file__).with_name("app.tcss")
        BINDINGS = [("b", "open", "open")]

        def action_open(self) -> None:
            self.push_screen(BoardScreen(services))

    def refuse(*_: object) -> Never:
        raise NotImplementedError

    nowhere = Workspace(list, services_at, create_group=refuse, create_demo=refuse)
    return BoardOpener(AppOptions(nowhere, themes_folder=find_folder("themes")))


def load_libraries() -> None:
    """Load the libraries that parse command lines and check values, and check one value."""
    import click
    from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

    class Value(BaseModel):
        number: int = Field(ge=1)

    assert click and AfterValidator and ValidationError and model_validator
    assert Value.model_validate_json('{"number": 1}').number == 1


def main() -> None:
    """Run the stage named on the command line."""
    stage = sys.argv[1]
    if stage == "board":
        make_board_opener(Path(sys.argv[2])).run()
        return
    if stage == "libraries":
        load_libraries()
    {
        "empty": EmptyApp,
        "libraries": EmptyApp,
        "table": TableApp,
        "opens-table": TableOpener,
        "answers": AnswersApp,
        "form": FormApp,
    }[stage]().run()


if __name__ == "__main__":
    main()
