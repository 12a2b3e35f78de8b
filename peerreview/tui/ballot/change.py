"""Change my ballot: what the code shows, and whether to rate again or take the ballot out."""

from collections.abc import Iterable
from typing import Literal

from textual.content import Content
from textual.widget import Widget

from peerreview.services.rating import Seat
from peerreview.tui.kit.card import Card, lead, line
from peerreview.tui.kit.commands import Command

ChangeChoice = Literal["again", "out"]


class ChangeScreen(Card[ChangeChoice]):
    """Shows the receipt words of what is stored under a code."""

    NAME = "MY BALLOT"
    COMMANDS_HERE = (
        Command("a", "wish('again')", "rate again, from blank"),
        Command("t", "wish('out')", "take my ballot out"),
        Command("escape", "back", "leave it as it is", "Esc"),
    )

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat.round.title(seat.group))
        self._seat = seat

    def card(self) -> Iterable[Widget]:
        """Yield the receipt, or that nothing is in."""
        if self._seat.receipt:
            yield line("A ballot is in the box under this code. Its receipt:")
            yield lead(Content.styled(" ".join(self._seat.receipt), "$road"))
            yield line(
                "Other words than those you were shown? Somebody changed the file: rate again, "
                "and tell the room."
            )
        else:
            yield lead("Nothing is handed in under this code.")
        yield line(
            "Answers can't be read back, not even by you: changing means rating anew.", "quiet"
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take a ballot out only if one is in."""
        return action != "wish" or parameters != ("out",) or self._seat.receipt is not None

    def action_wish(self, wish: ChangeChoice) -> None:
        """Give the wish."""
        self.dismiss(wish)
