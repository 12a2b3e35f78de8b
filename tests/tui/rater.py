"""A rater in the middle of a turn, for tests that name partners."""

from peerreview.domain.rating.ballot import EntryState, Standing
from peerreview.services.turn import Turn

from .stage import Stage


class Rater:
    """A rater at the ballot, the grid or the check screen; reads the draft by partner name."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.press = stage.press

    @property
    def turn(self) -> Turn:
        return self.stage.screen.turn

    @property
    def position(self) -> tuple[str, int]:
        """Return the partner and the column under the cursor of the ballot."""
        ballot_list = self.stage.screen.ballot_list
        return self.turn.partners[ballot_list.cursor].name, ballot_list.column

    def find_partner_id(self, name: str) -> str:
        return next(partner.id for partner in self.turn.partners if partner.name == name)

    def answers(self, name: str) -> dict[str, int]:
        """Return the answers about a partner so far, by question."""
        return dict(self.turn.draft.entries[self.find_partner_id(name)].answers)

    def standing(self, name: str) -> Standing:
        return self.turn.draft.entries[self.find_partner_id(name)].standing

    def entry_state(self, name: str) -> EntryState:
        return self.turn.draft.entry_state(self.find_partner_id(name))
