"""What the quick ballot and the grid share: lines of answers, and a cell under the cursor."""

from collections.abc import Sequence

from textual.reactive import var

from peerreview.services.turn import Turn
from peerreview.tui.kit.lines import Item, LineList


class Answers(LineList[Item]):
    """Draws answers of a turn. The screen changes the turn and says which line did."""

    COLUMNS = 2
    column: var[int] = var(0)
    """The cell of the line that the cursor stands on."""

    def __init__(self, turn: Turn, items: Sequence[Item] = ()) -> None:
        super().__init__(items)
        self._turn = turn

    def watch_column(self) -> None:
        """Draw the line under the cursor anew."""
        if self.is_mounted:
            self.changed(self.cursor)

    def moved(self, index: int) -> None:
        """Say nothing: the screen follows cursor and column itself, in the same frame."""

    def step_column(self, by: int) -> None:
        """Go to another cell of the line, if there is one."""
        self.column = max(0, min(self.COLUMNS - 1, self.column + by))
