"""The quick ballot as one widget: a line a partner, three cells a line."""

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
from peerreview.tui.kit.glyphs import CURSOR, MARKS, ROAD
from peerreview.tui.kit.lanes import STEPS
from peerreview.tui.kit.lines import Piece

THEY, WE, UGLY = 0, 1, 2
_FIXED = 25
_LEFT_OUT = {Standing.UNKNOWN: "don't know them", Standing.OURS: "that's us, or we're in dispute"}


@dataclass(frozen=True, slots=True)
class BallotColumns:
    """Where things stand at a width: the name's cells, and cells a step of a lane."""

    name: int
    step: int

    @classmethod
    def at(cls, width: int) -> "BallotColumns":
        """Return the columns that fit: names first, then longer lanes."""
        step = 2 if width >= 72 else 1
        return cls(max(8, min(32, width - _FIXED - 2 * STEPS * step)), step)

    @property
    def road(self) -> int:
        """The cell of the center line."""
        return 3 + self.name + 3 + STEPS * self.step


class BallotList(AnswerList[Partner]):
    """Draws a turn's quick ballot. The screen changes the turn and says which line did."""

    COLUMNS = 3

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's line: mark, name, both lanes, deal-breakers, answers so far."""
        partner, columns = self.items[index], BallotColumns.at(width)
        entry = self._turn.draft.entries[partner.id]
        mark = self._turn.draft.mark(partner.id)
        on = index == self.cursor
        head: list[Piece] = [
            (CURSOR if on else " ", "road"),
            (MARKS[mark], "they" if mark is EntryState.COUNTS else "quiet"),
            (f" {fit(partner.name, columns.name)}", "strong" if on else "text"),
        ]
        if entry.standing is not Standing.RATED:
            return [*head, (f"  {_LEFT_OUT[entry.standing]}", "quiet")]
        return head + self._answers(partner.id, entry, columns.step, self.column if on else None)

    def _answers(self, partner: str, entry: Entry, step: int, active: int | None) -> list[Piece]:
        criteria = self._turn.draft.sets[partner]
        back, give = (entry.answers.get(question) for question in criteria.pair)
        ugly = [entry.answers.get(each) for each in criteria.deal_breaker_positions]
        given = sum(1 for answer in entry.answers.values() if answer)
        return [
            (" ", "text"),
            *they_pieces(back, step, active == THEY),
            (ROAD, "road"),
            *we_pieces(give, step, active == WE),
            ("  ", "text"),
            deal_breakers_piece(ugly, active == UGLY),
            (f"{given or '':>5}", "quiet"),
        ]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Move to the cell clicked; the name opens the partner."""
        columns = BallotColumns.at(self.scrollable_content_region.width)
        if x < columns.road - STEPS * columns.step - 2:
            super().handle_click(index, x, was_current)
        else:
            end = columns.road + STEPS * columns.step + 2
            self.column = THEY if x < columns.road else WE if x <= end else UGLY


def heading(width: int) -> list[str]:
    """Return the two lines above the list, in its columns."""
    columns = BallotColumns.at(width)
    left, right = ("THEY SENT US ◀ ", " ▶ WE SENT") if columns.step > 1 else ("THEY ◀ ", " ▶ WE")
    pair = f"{left.rjust(columns.road)}{ROAD}{right.ljust(STEPS * columns.step + 5)}"
    return [
        "last 12 months, first hand, how many?".rjust(columns.road + 20),
        f"{pair}{'ugly?':<6}{'more':>4}",
    ]
