"""Somebody in the middle of a turn, who speaks of partners by name."""

from peerreview.domain.rating.ballot import EntryState, Standing
from peerreview.services.turn import Turn

from .stage import Stage


class Rater:
    """Presses keys on the ballot, the grid or the check, and knows what was said so far."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.press = stage.press

    @property
    def turn(self) -> Turn:
        return self.stage.screen.turn

    @property
    def at(self) -> tuple[str, int]:
        """The partner and the cell under the cursor of the ballot."""
        found = self.stage.screen.ballot_list
        return self.turn.partners[found.cursor].name, found.column

    def id_of(self, name: str) -> str:
        return next(partner.id for partner in self.turn.partners if partner.name == name)

    def said(self, name: str) -> dict[str, int]:
        """What is answered about a partner."""
        return dict(self.turn.draft.entries[self.id_of(name)].answers)

    def standing(self, name: str) -> Standing:
        return self.turn.draft.entries[self.id_of(name)].standing

    def mark(self, name: str) -> EntryState:
        return self.turn.draft.entry_state(self.id_of(name))
