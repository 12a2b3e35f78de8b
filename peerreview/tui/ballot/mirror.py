"""The card after casting: the receipt, and the rater's own answers with the sides swapped."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from peerreview.domain.rating.mirror import Mirror, make_mirror
from peerreview.services.turn import Turn
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.text import literal_content


class MirrorScreen(Card[bool]):
    """The mirror of a ballot, for the rater's eyes only; nothing of it is stored."""

    NAME = "HANDED IN"
    COMMANDS_HERE = (Command("space", "done", "done: draw the curtain", "space"), HELP)

    def __init__(self, turn: Turn, receipt: tuple[str, ...]) -> None:
        super().__init__(turn.title, "for your eyes")
        self._receipt = " ".join(receipt)
        self._mirror: Mirror = make_mirror(turn.draft)
        self._names = {partner.id: partner.name for partner in turn.partners}

    def compose_card(self) -> Iterable[Widget]:
        """Yield receipt, mirror and seeds."""
        yield paragraph(
            Content.assemble("Handed in. Receipt: ", (self._receipt, "bold $road"), ".")
        )
        yield paragraph("Your code shows the same two words until the close.", "quiet")
        yield lead_paragraph("Would they say the same of you?")
        if self._mirror.habits:
            yield paragraph("Often or always, with how many of those you rated both ways:", "quiet")
            yield paragraph(Content("\n").join(self._habits()))
        else:
            yield paragraph("You rated too little both ways for a mirror. That is fine.", "quiet")
        if self._mirror.seeds:
            yield paragraph(
                "Seeds you could plant. Write them on your own card; nothing is stored."
            )
            yield paragraph(Content("\n").join(self._seeds()))

    def _habits(self) -> Iterable[Content]:
        for habit in self._mirror.habits:
            they, we = f"they {habit.they} of {habit.asked}", f"you {habit.we} of {habit.asked}"
            yield Content.assemble(f"{habit.label:<26}", (f"{they:<14}", "$they"), (we, "$we"))

    def _seeds(self) -> Iterable[Content]:
        for seed in self._mirror.seeds:
            name = literal_content(self._names[seed.partner]).stylize("bold")
            yield Content.assemble(("▸ ", "$road"), name, f": {seed.favor}")

    def action_done(self) -> None:
        """Leave for the curtain."""
        self.dismiss(True)
