"""The code, shown once: the right to one ballot, and the key to change it or take it out."""

from collections.abc import Iterable

from textual.widget import Widget

from peerreview.services.rating import Seat
from peerreview.tui.kit.card import Card, lead, line
from peerreview.tui.kit.commands import HELP, Command


class CodeScreen(Card[bool]):
    """Shows four words. `y` goes on to the ballot; a key held down doesn't."""

    NAME = "YOUR CODE"
    COMMANDS_HERE = (Command("y", "go_on", "yes, I have it: to my ballot"), HELP)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat.round.title(seat.group))
        self._words = "   ".join(seat.code or ())

    def card(self) -> Iterable[Widget]:
        """Yield the words and what they are for."""
        yield line("These four words are yours for this round. They are shown once.")
        yield lead(self._words)
        yield line(
            "Keep them in your head, or on a slip in your pocket. Until the box is closed they "
            "let you rate again, or take your ballot out. Nobody else can."
        )
        yield line(
            "Four letters of each word are enough. No list of them exists anywhere.", "quiet"
        )

    def action_go_on(self) -> None:
        """Go on to the ballot."""
        self.dismiss(True)
