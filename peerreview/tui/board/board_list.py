"""The list of the board: streets as headings, with one line for each partner."""

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


_Item = Street | BoardLine | tuple[str, str]
"""A street's heading, a partner, or a heading with other words."""


@dataclass(frozen=True, slots=True)
class BoardColumns:
    """The widths of the columns in cells; 0 for a column that has no room."""

    name: int
    kind: int
    sure: int
    voices: int
    since: int

    @classmethod
    def at(cls, width: int) -> "BoardColumns":
        """Return the columns for a width in cells, with room for a scrollbar."""
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


class BoardList(LineList[_Item]):
    """Draws a board. The cursor stands on partners, not on headings."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: Board | None = None

    def show_board(self, board: Board | None) -> None:
        """Show a board; the cursor stays on its partner if the board still has it."""
        here = self.current_line
        self.items = list(_lines(board, self.app.size)) if board else []
        positions = [
            index
            for index, item in enumerate(self.items)
            if here and isinstance(item, BoardLine) and item.partner.id == here.partner.id
        ]
        self.set_reactive(
            LineList.cursor, positions[0] if positions else max(0, self.next_selectable(1, -1))
        )
        self.redraw_lines()
        if self.size.height:
            self.scroll_to_line(self.cursor)

    def redraw_cursor(self, old: int, new: int) -> None:
        """Redraw the line that the cursor left and the one that it reached."""
        self.refresh_line(old)
        self.refresh_line(new)

    def report_cursor(self, index: int) -> None:
        """Post no message, because the screen watches `cursor` and so draws in the same frame."""

    def reveal(self, board: Board, clock: Callable[[], float] = time) -> None:
        """Show a board street by street; any key or click shows all of it.

        Without animations all of it is shown at once.
        """
        duration = SECONDS if self.app.animation_level != "none" else 0
        self._whole = board
        self._clock = clock
        self._end = clock() + duration
        self._frames = self.set_interval(1 / 20, self.show_reveal)
        self.show_reveal()

    def show_reveal(self) -> None:
        """Show the part of the board that is revealed by now."""
        left = max(0, self._end - self._clock()) / SECONDS
        if self._whole:
            self.show_board(partly_revealed(self._whole, 1 - left))
            if not left:
                self._whole = None
                self._frames.stop()

    def _end_reveal(self, event: events.Event) -> None:
        if self._whole:
            event.stop()
            event.prevent_default()
            self._end = 0
            self.show_reveal()

    def on_key(self, event: events.Key) -> None:
        """Show the whole board if it is being revealed."""
        self._end_reveal(event)

    async def on_click(self, event: events.Click) -> None:
        """Show the whole board if it is being revealed."""
        self._end_reveal(event)

    @property
    def current_line(self) -> BoardLine | None:
        """The line of the partner at the cursor."""
        return self.current_item if isinstance(self.current_item, BoardLine) else None

    def is_selectable(self, index: int) -> bool:
        """Return whether the line is a partner."""
        return super().is_selectable(index) and isinstance(self.items[index], BoardLine)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return the pieces of a heading, a partner's line, or the partners with too few voices."""
        line = self.items[index]
        if isinstance(line, BoardLine):
            return self._partner_pieces(line, width, index == self.cursor)
        if isinstance(line, Street):
            words = wording.STREETS[line]
            head = f" {words.many.upper()}  "
            return [(head, "head"), (fit(words.meaning, width - len(head)), "quiet")]
        return [(part, "quiet" if place else "head") for place, part in enumerate(line)]

    def _partner_pieces(self, line: BoardLine, width: int, on: bool) -> list[Piece]:
        result = line.result
        columns = BoardColumns.at(self.size.width)
        kind = line.partner.kind if columns.kind > _KIND else _SHORT[line.partner.kind]
        picture = [(_WORDS_ONLY, "quiet")]
        if result.comes_back is not None:
            picture = lane_pieces(lane(result.comes_back, result.we_give))
        certainty = result.certainty or ("mixed" if result.street is Street.MIXED else "")
        return [
            (CURSOR if on else " ", "road"),
            (DEAL_BREAKER if result.deal_breaker else " ", "ugly"),
            (POOR_WORK if result.work is Work.POOR else " ", "bad"),
            (f" {fit(line.partner.name, columns.name - 1)} ", "strong" if on else "text"),
            (fit(kind, columns.kind and columns.kind - 1), "quiet"),
            (" " if columns.kind else "", "text"),
            *picture,
            (fit(f"  {certainty}", columns.sure), "text" if certainty != "leans" else "quiet"),
            (fit(result.voices or "", columns.voices), "quiet"),
            (fit(line.change.word if line.change else "", columns.since), "quiet"),
        ]


def _lines(board: Board, room: Size) -> Iterable[_Item]:
    """Yield the items of a board; on a tall screen with blank lines between streets."""
    gap = [("", "")] if room.height >= _TALL else []
    for section in board.shown_sections:
        yield section.street
        yield from section.lines
        yield from gap
    if board.hidden_lines:
        words = wording.STREETS[Street.TOO_FEW]
        head = f" {words.many.upper()}  "
        names = ", ".join(printable(line.partner.name) for line in board.hidden_lines)
        for text_line in Content(f"{words.meaning}: {names}").wrap(
            max(20, room.width - len(head) - 1)
        ):
            yield head, text_line.plain
            head = " " * len(head)
    if not board.sections:
        yield "", "    Nobody here is called that. Esc shows all."


def column_headings(width: int) -> str:
    """Return the headings of the columns."""
    columns = BoardColumns.at(width)
    left = "comes back ◀".rjust(columns.lane + CELLS)
    sure = fit("  sure", columns.sure)
    voices = fit("voices", columns.voices)
    since = "since" if columns.since else ""
    return f"{left} {'▶ we give':<{CELLS}}{sure}{voices}{since}"
