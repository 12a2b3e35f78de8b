"""The last slide of an evening: whom to thank. Nothing is asked, nothing is stored."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from peerreview.domain.mirror import SEED
from peerreview.tui.commands import BACK, HELP, bindings
from peerreview.tui.screens.card import Card, lead, line

_THREE = ("thanks", "back", "there")


class SeedsScreen(Card[None]):
    """Asks everybody for three seeds on a card of one's own."""

    NAME = "SEEDS"
    COMMANDS_HERE = (BACK, HELP)
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def card(self) -> Iterable[Widget]:
        """Yield the question and three lines to copy."""
        yield lead("Who will you thank this week?")
        yield line("Three seeds. Write them on your own card; nothing is stored.")
        for each in _THREE:
            dots = "." * 28
            yield line(
                Content.assemble(("▸ ", "$road"), f"{SEED[each]:<12}", (f" for {dots}", "$quiet"))
            )
        yield line("Thank you for the evening. Please take the summary home.", "quiet")
