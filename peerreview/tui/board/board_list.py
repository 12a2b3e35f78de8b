"""The board as one widget: streets as headings, a line a partner, no ranks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import time

from textual import events
from textual.content import Content
from textual.geometry import Size

from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.lane import CELLS, lane
from peerreview.domain.tally.verdict import Street, Work
from peerreview.domain.text import fit, printable
from peerreview.tui.board.reveal import SECONDS, partly_revealed
from peerreview.tui.kit.glyphs import CURSOR, DEAL_BREAKER, POOR_WORK
from peerreview.tui.kit.lanes import lane_pieces
from peerreview.tui.kit.lines import LineList, Piece

_SHORT = {kind: kind.value.partition(" ")[0][:11] for kind in PartnerKind} | {
    PartnerKind.PEER: "peer firm"
}
_LANE = 2 * CELLS + 1
_LEAST, _SURE, _VOICES, _SINCE, _KIND = 12, 9, 7, 9, 12
_TALL = 36
_WORDS_ONLY = f"{'words only':^{_LANE}}"


_Drawn = Street | BoardLine | tuple[str, str]
"""A street's headline, a partner, or other words: the first part as a head."""


@dataclass(frozen=True, slots=True)
class BoardColumns:
    """Cells of what stands in a line at a width; since and kind give way first, then the rest."""

    name: int
    kind: int
    sure: int
    voices: int
    since: int

    @classmethod
    def at(cls, width: int) -> "BoardColumns":
        """Return the columns that fit beside a scrollbar, whether there is one or not."""
        room = width - 1 - 4 - _LANE
        sure = _SURE if room >= _LEAST + _SURE else 0
        voices = _VOICES if room >= _LEAST + _SURE + _VOICES else 0
        room -= sure + voices
        since = _SINCE if room >= 16 + _SINCE else 0
        room -= since
        kind = 0 if room < 16 + _KIND else _KIND if room < 40 else 19
        return cls(max(_LEAST, min(40, room - kind)), kind, sure, voices, since)

    @property
    def lane(self) -> int:
        """The first cell of the lane picture."""
        return 4 + self.name + self.kind


class BoardList(LineList[_Drawn]):
    """Draws a board. Every headline is a street; the cursor stands on partners only."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: Board | None = None

    def show_board(self, board: Board | None) -> None:
        """Show a board, from its first partner on, or keep the partner if it is still there."""
        here = self.current_line
        self.items = list(_lines(board, self.app.size)) if board else []
        places = [
            index
            for index, each in enumerate(self.items)
            if here and isinstance(each, BoardLine) and each.partner.id == here.partner.id
        ]
        self.set_reactive(
            LineList.cursor, places[0] if places else max(0, self.next_selectable(1, -1))
        )
        self.redraw_lines()
        if self.size.height:
            self.scroll_to_line(self.cursor)

    def redraw_cursor(self, old: int, new: int) -> None:
        """Keep what was drawn: a line looks one way with the cursor, and one without."""
        self.refresh_line(old)
        self.refresh_line(new)

    def report_cursor(self, index: int) -> None:
        """Say nothing: who wants to know where the cursor is watches it, and sees it sooner."""

    def reveal(self, board: Board, clock: Callable[[], float] = time) -> None:
        """Show a board street by street, in a moment; any key or click shows all of it.

        Where nothing may move, all of it is there at once.
        """
        moves = self.app.animation_level != "none"
        self._whole, self._clock, self._end = board, clock, clock() + SECONDS * moves
        self._frames = self.set_interval(1 / 20, self.show_reveal)
        self.show_reveal()

    def show_reveal(self) -> None:
        """Show what is to be seen by now."""
        left = max(0, self._end - self._clock()) / SECONDS
        if self._whole:
            self.show_board(partly_revealed(self._whole, 1 - left))
            if not left:
                self._whole = None
                self._frames.stop()

    def _hurry(self, event: events.Event) -> None:
        if self._whole:
            event.stop()
            event.prevent_default()
            self._end = 0
            self.show_reveal()

    def on_key(self, event: events.Key) -> None:
        """End a reveal."""
        self._hurry(event)

    async def on_click(self, event: events.Click) -> None:
        """End a reveal."""
        self._hurry(event)

    @property
    def current_line(self) -> BoardLine | None:
        """The partner under the cursor."""
        return self.current_item if isinstance(self.current_item, BoardLine) else None

    def is_selectable(self, index: int) -> bool:
        """Partners can be opened, headings can't."""
        return super().is_selectable(index) and isinstance(self.items[index], BoardLine)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a street's headline, a partner's line, or the partners with too few voices."""
        line = self.items[index]
        if isinstance(line, BoardLine):
            return self._partner(line, width, index == self.cursor)
        if isinstance(line, Street):
            words = wording.STREETS[line]
            head = f" {words.many.upper()}  "
            return [(head, "head"), (fit(words.meaning, width - len(head)), "quiet")]
        return [(part, "quiet" if place else "head") for place, part in enumerate(line)]

    def _partner(self, line: BoardLine, width: int, on: bool) -> list[Piece]:
        told, columns = line.result, BoardColumns.at(self.size.width)
        kind = line.partner.kind if columns.kind > _KIND else _SHORT[line.partner.kind]
        picture = [(_WORDS_ONLY, "quiet")]
        if told.comes_back is not None:
            picture = lane_pieces(lane(told.comes_back, told.we_give))
        certainty = told.certainty or ("mixed" if told.street is Street.MIXED else "")
        return [
            (CURSOR if on else " ", "road"),
            (DEAL_BREAKER if told.deal_breaker else " ", "ugly"),
            (POOR_WORK if told.work is Work.POOR else " ", "bad"),
            (f" {fit(line.partner.name, columns.name - 1)} ", "strong" if on else "text"),
            (fit(kind, columns.kind and columns.kind - 1), "quiet"),
            (" " if columns.kind else "", "text"),
            *picture,
            (fit(f"  {certainty}", columns.sure), "text" if certainty != "leans" else "quiet"),
            (fit(told.voices or "", columns.voices), "quiet"),
            (fit(line.change.word if line.change else "", columns.since), "quiet"),
        ]


def _lines(board: Board, room: Size) -> Iterable[_Drawn]:
    """Yield what is drawn; on a tall screen the streets stand apart."""
    apart = [("", "")] if room.height >= _TALL else []
    for section in board.shown_sections:
        yield section.street
        yield from section.lines
        yield from apart
    if board.hidden_lines:
        words = wording.STREETS[Street.TOO_FEW]
        head = f" {words.many.upper()}  "
        names = ", ".join(printable(line.partner.name) for line in board.hidden_lines)
        for each in Content(f"{words.meaning}: {names}").wrap(max(20, room.width - len(head) - 1)):
            yield head, each.plain
            head = " " * len(head)
    if not board.sections:
        yield "", "    Nobody here is called that. Esc shows all."


def column_headings(width: int) -> str:
    """Return the words above the columns."""
    columns = BoardColumns.at(width)
    left = "comes back ◀".rjust(columns.lane + CELLS)
    sure, voices = fit("  sure", columns.sure), fit("voices", columns.voices)
    since = "since" if columns.since else ""
    return f"{left} {'▶ we give':<{CELLS}}{sure}{voices}{since}"
