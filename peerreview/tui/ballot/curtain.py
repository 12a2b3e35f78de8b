"""The curtain between two raters: nothing of the last turn, nothing to press by accident."""

from collections.abc import Iterable

from textual.widget import Widget

from peerreview.tui.kit.card import Card, lead, line
from peerreview.tui.kit.commands import HELP, Command


class CurtainScreen(Card[bool]):
    """Thanks the one who leaves, waits for the one who comes."""

    NAME = "THANK YOU"
    COMMANDS_HERE = (Command("enter", "go_on", "the next one is here", "Enter"), HELP)

    def card(self) -> Iterable[Widget]:
        """Yield thanks and what to do."""
        yield lead("Thank you. Please pass the laptop on.")
        yield line("Nothing of your turn is left on this screen, and nothing can bring it back.")

    def action_go_on(self) -> None:
        """Open the curtain; what was said to the last rater goes with it."""
        self.app.clear_notifications()
        self.dismiss(True)
