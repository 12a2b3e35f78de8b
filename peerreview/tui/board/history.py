"""The list of the closed rounds of a group, from which one can be chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget

from peerreview.domain.group.group import Group
from peerreview.domain.round.round import quarter_of
from peerreview.domain.tally.release import Release
from peerreview.domain.tally.verdict import Street
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.glyphs import CURSOR
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import Page

_COLUMNS = {Street.TWO_WAY: "2-way", Street.WE_OWE: "we owe", Street.MIXED: "mixed",
            Street.ONE_WAY: "1-way", Street.QUIET: "quiet", Street.TOO_CLOSE: "close",
            Street.TOO_FEW: "few"}  # fmt: skip
_ALL = 76


class RoundList(LineList[Release | None]):
    """Draws the rounds, latest first, with the number of partners on every street."""

    def is_selectable(self, index: int) -> bool:
        """Return whether the line is a round, not the headings."""
        return super().is_selectable(index) and bool(self.items[index])

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return the headings or a round's line; a narrow one leaves quarter and ballots out."""
        when = "{:<9}{:>7}" if width >= _ALL else "{:.0}{:.0}"
        release = self.items[index]
        on = index == self.cursor
        if not release:
            heads = "".join(f"{heading:>7}" for heading in _COLUMNS.values())
            return [(f"{'':<11}{when.format('', 'ballots')}{heads}", "quiet")]
        streets = Counter(result.street for result in release.partners)
        counts = "".join(f"{streets[street] or '·':>7}" for street in _COLUMNS)
        return [
            (CURSOR if on else " ", "road"),
            (f" round {release.round:<3}", "strong" if on else "text"),
            (when.format(quarter_of(release.closed_on), str(release.ballots)), "quiet"),
            (counts, "text"),
        ]


class HistoryScreen(Page[int]):
    """Returns the number of the chosen round."""

    NAME = "ROUNDS"
    COMMANDS_HERE = (Command("enter", "look", "look at it", "Enter"), BACK, HELP)

    def __init__(self, group: Group) -> None:
        rounds = sorted(group.releases, key=lambda release: -release.round)
        super().__init__(group.name, f"{len(rounds)} closed")
        self._list = RoundList((None, *rounds))

    def compose_body(self) -> Iterable[Widget]:
        """Yield the list."""
        yield self._list

    @on(LineList.Selected)
    def action_look(self) -> None:
        """Return the round at the cursor."""
        self.dismiss(self._list.current_item and self._list.current_item.round)
