"""The signs of the product, each with one meaning, and what stands for them in ASCII."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from peerreview.domain.rating.ballot import EntryState
from peerreview.tui.kit.text import change_texts

MARKS = {
    EntryState.OPEN: "○",
    EntryState.BEGUN: "◐",
    EntryState.COUNTS: "●",
    EntryState.LEFT_OUT: "–",
}
CURSOR, ROAD, FULL, EMPTY, LETDOWN = "▸", "┃", "■", "·", "×"
DEAL_BREAKER, POOR_WORK = "!", "~"
_LINES, _BLOCKS = range(0x2500, 0x2580), range(0x2580, 0x25A0)
_PAIRS = """
    ○o ◐/ ●# •* –- —- ▸> ■* ·. ×x ╋+ ━= ◀< ▶> ▲^ ▼v ←< →> ↑^ ↓v ★* …. ’' “" ”"
    ─- ┄- ┈- ╌- ═= ╸= ╺= │| ┃| ┆| ┊| ║| ╹| ╻| ▁_ ▂_ ▃_ ▄_ ▅_ ▆_ ▇_ ▔- �?
"""
_ASCII = str.maketrans(
    dict.fromkeys(map(chr, _LINES), "+")
    | dict.fromkeys(map(chr, _BLOCKS), "|")
    | {sign: plain for sign, plain in _PAIRS.split()}
)
"""Cell for cell, so that nothing moves; what the toolkit draws, too, corners and all."""


class AsciiFilter(LineFilter):
    """Draws our signs in ASCII at the very end, so that no widget has to know."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with signs translated; `background` plays no part."""
        return change_texts(segments, lambda text: text.translate(_ASCII))
