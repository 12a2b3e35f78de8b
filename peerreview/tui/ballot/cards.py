"""The cards around a ballot: the code shown once, what a code opens, and the curtain at the end."""

from collections.abc import Iterable
from typing import Literal

from textual.content import Content
from textual.widget import Widget

from peerreview.services.rating import Seat
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import HELP, Command

ChangeChoice = Literal["again", "out"]


class CodeScreen(Card[bool]):
    """The four words of a new code. `y` opens the ballot; a key held down doesn't."""

    NAME = "YOUR CODE"
    COMMANDS_HERE = (Command("y", "go_on", "yes, I have it: to my ballot"), HELP)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat.round.title(seat.group))
        self._words = "   ".join(seat.code or ())

    def compose_card(self) -> Iterable[Widget]:
        """Yield the words and what they are for."""
        yield paragraph("These four words are yours for this round. They are shown once.")
        yield lead_paragraph(self._words)
        yield paragraph(
            "Keep them in your head, or on a slip in your pocket. Until the box is closed they "
            "let you rate again, or take your ballot out. Nobody else can."
        )
        yield paragraph(
            "Four letters of each word are enough. No list of them exists anywhere.", "quiet"
        )

    def action_go_on(self) -> None:
        """Go on to the ballot."""
        self.dismiss(True)


class ChangeScreen(Card[ChangeChoice]):
    """The receipt of what is in the box under a code: rate again, or take the ballot out."""

    NAME = "MY BALLOT"
    COMMANDS_HERE = (
        Command("a", "wish('again')", "rate again, from blank"),
        Command("t", "wish('out')", "take my ballot out"),
        Command("escape", "back", "leave it as it is", "Esc"),
    )

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat.round.title(seat.group))
        self._seat = seat

    def compose_card(self) -> Iterable[Widget]:
        """Yield the receipt, or the sentence that nothing is handed in."""
        if self._seat.receipt:
            yield paragraph("A ballot is in the box under this code. Its receipt:")
            yield lead_paragraph(Content.styled(" ".join(self._seat.receipt), "$road"))
            yield paragraph(
                "Other words than those you were shown? Somebody changed the file: rate again, "
                "and tell the room."
            )
        else:
            yield lead_paragraph("Nothing is handed in under this code.")
        yield paragraph(
            "Answers can't be read back, not even by you: changing means rating anew.", "quiet"
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take a ballot out only if one is in the box."""
        return action != "wish" or parameters != ("out",) or self._seat.receipt is not None

    def action_wish(self, choice: ChangeChoice) -> None:
        """Leave with what the rater chose."""
        self.dismiss(choice)


class CurtainScreen(Card[bool]):
    """The card between two raters: it shows nothing of the last turn, and only Enter opens it."""

    NAME = "THANK YOU"
    COMMANDS_HERE = (Command("enter", "go_on", "the next one is here", "Enter"), HELP)

    def compose_card(self) -> Iterable[Widget]:
        """Yield thanks and what to do."""
        yield lead_paragraph("Thank you. Please pass the laptop on.")
        yield paragraph(
            "Nothing of your turn is left on this screen, and nothing can bring it back."
        )

    def action_go_on(self) -> None:
        """Leave the curtain and clear every notification meant for the last rater."""
        self.app.clear_notifications()
        self.dismiss(True)
