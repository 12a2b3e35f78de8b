"""The screen that writes the summary to take home."""

from collections.abc import Iterable

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.result.board import Board
from peerreview.services.results import Results
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import BACK, Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.page import in_thread
from peerreview.tui.kit.text import literal_content


class TakeHomeScreen(Card[None]):
    """Writes the summary of a round beside the group, and asks before it replaces one."""

    NAME = "TAKE HOME"
    COMMANDS_HERE = (Command("enter", "write", "write it", "Enter"), BACK)

    def __init__(self, results: Results, board: Board, demo: bool) -> None:
        super().__init__(f"{board.group} · round {board.round}")
        self._results = results
        self._round = board.round
        self._demo = demo

    def compose_card(self) -> Iterable[Widget]:
        """Yield the explanation, and the line for the paths."""
        yield lead_paragraph(f"A summary of round {self._round}, for everybody to take home.")
        yield paragraph(
            "Two files beside the group: one page to read, and the same for scripts. Streets, "
            "reasons and advice are in it, deal-breakers aren't. Inside, the group has another "
            "name; what the files are called is yours to change."
        )
        yield Static(id="where", classes="line")

    @work
    async def action_write(self) -> None:
        """Write both files, and show their paths."""
        with self.report_errors():
            paths = await in_thread(self._results.write_documents, self._round)
            if not paths and await self.show_screen(AskYesNo(_AGAIN, "write it anew", "leave it")):
                paths = await in_thread(self._results.write_documents, self._round, overwrite=True)
            if paths:
                text_lines = (*paths, _DEMO) if self._demo else paths
                self.query_one("#where", Static).update(
                    Content("\n").join(map(literal_content, text_lines))
                )


_AGAIN = "A summary of this round is there already. Write it anew?"
_DEMO = "This is the demo: they go when you leave, so copy them first."
