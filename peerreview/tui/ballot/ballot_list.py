"""The quick ballot as one widget: a line for each partner, three cells in a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.ballot import Entry, EntryState, Standing
from peerreview.domain.text import fit
from peerreview.tui.ballot.answers import (
    AnswerList,
    deal_breakers_piece,
    they_pieces,
    we_pieces,
)
from peerreview.tui.ballot.prompts import BALLOT_COLUMNS, THEY, UGLY, WE
from peerreview.tui.kit.glyphs import CURSOR, MARKS, ROAD
from peerreview.tui.kit.lanes import STEPS
from peerreview.tui.kit.lines import Piece

_FIXED_CELLS = 25
"""Cells of a line that are neither name nor lane."""
_LEFT_OUT = {Standing.UNKNOWN: "don't know them", Standing.OURS: "that's us, or we're in dispute"}


@dataclass(frozen=True, slots=True)
class BallotColumns:
    """How a line is divided.

    Attributes:
        name_width: cells of the partner's name.
        step_width: cells that each point of an answer fills in its lane.
    """

    name_width: int
    step_width: int

    @classmethod
    def for_width(cls, width: int) -> "BallotColumns":
        """Return the columns that fit into `width` cells; long lanes need 72."""
        step_width = 2 if width >= 72 else 1
        room = width - _FIXED_CELLS - 2 * STEPS * step_width
        return cls(max(8, min(32, room)), step_width)

    @property
    def lane_width(self) -> int:
        """Cells of one lane."""
        return STEPS * self.step_width

    @property
    def center(self) -> int:
        """The cell of the center line, counted from 0."""
        return 3 + self.name_width + 3 + self.lane_width

    def column_at(self, x: int) -> int | None:
        """Return the ballot's column at cell `x`, None if the name is there."""
        if x < self.center - self.lane_width - 2:
            return None
        if x < self.center:
            return THEY
        return WE if x <= self.center + self.lane_width + 2 else UGLY


class BallotList(AnswerList[Partner]):
    """The partners of a turn with their counts and deal-breakers."""

    COLUMNS = BALLOT_COLUMNS

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's line: mark, name, both lanes, deal-breakers, answers so far."""
        partner = self.items[index]
        columns = BallotColumns.for_width(width)
        entry = self._turn.draft.entries[partner.id]
        mark = self._turn.draft.entry_state(partner.id)
        on = index == self.cursor
        pieces: list[Piece] = [
            (CURSOR if on else " ", "road"),
            (MARKS[mark], "they" if mark is EntryState.COUNTS else "quiet"),
            (f" {fit(partner.name, columns.name_width)}", "strong" if on else "text"),
        ]
        if entry.standing is not Standing.RATED:
            return [*pieces, (f"  {_LEFT_OUT[entry.standing]}", "quiet")]
        active_column = self.column if on else None
        return pieces + self._answers(partner.id, entry, columns.step_width, active_column)

    def _answers(
        self, partner_id: str, entry: Entry, step_width: int, active_column: int | None
    ) -> list[Piece]:
        criteria = self._turn.draft.sets[partner_id]
        answers = entry.answers
        they, we = (answers.get(id_) for id_ in criteria.starred_pair)
        deal_breakers = [
            answers.get(question_id) for question_id in criteria.deal_breaker_positions
        ]
        given = sum(1 for answer in answers.values() if answer)
        return [
            (" ", "text"),
            *they_pieces(they, step_width, active_column == THEY),
            (ROAD, "road"),
            *we_pieces(we, step_width, active_column == WE),
            ("  ", "text"),
            deal_breakers_piece(deal_breakers, active_column == UGLY),
            (f"{given or '':>5}", "quiet"),
        ]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Move to the cell clicked; a second click on the name opens the partner."""
        column = BallotColumns.for_width(self.scrollable_content_region.width).column_at(x)
        if column is None:
            super().handle_click(index, x, was_current)
        else:
            self.column = column


def heading_lines(width: int) -> list[str]:
    """Return the two lines above the list, in its columns."""
    columns = BallotColumns.for_width(width)
    if columns.step_width > 1:
        they, we = "THEY SENT US ◀ ", " ▶ WE SENT"
    else:
        they, we = "THEY ◀ ", " ▶ WE"
    counts = f"{they.rjust(columns.center)}{ROAD}{we.ljust(columns.lane_width + 5)}"
    return [
        "last 12 months, first hand, how many?".rjust(columns.center + 20),
        f"{counts}{'ugly?':<6}{'more':>4}",
    ]
