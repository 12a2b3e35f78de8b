"""The signs of the product, each with one meaning, and their ASCII equivalents."""

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
_BOX_DRAWING, _BLOCK_ELEMENTS = range(0x2500, 0x2580), range(0x2580, 0x25A0)
_PAIRS = """
    ○o ◐/ ●# •* –- —- ▸> ■* ·. ×x ╋+ ━= ◀< ▶> ▲^ ▼v ←< →> ↑^ ↓v ★* …. ’' “" ”"
    ─- ┄- ┈- ╌- ═= ╸= ╺= │| ┃| ┆| ┊| ║| ╹| ╻| ▁_ ▂_ ▃_ ▄_ ▅_ ▆_ ▇_ ▔- �?
"""
_ASCII = str.maketrans(
    dict.fromkeys(map(chr, _BOX_DRAWING), "+")
    | dict.fromkeys(map(chr, _BLOCK_ELEMENTS), "|")
    | {sign: plain for sign, plain in _PAIRS.split()}
)
"""One ASCII character for each sign, of ours and of Textual's frames, so that nothing moves."""


class AsciiFilter(LineFilter):
    """A filter that replaces signs by ASCII characters as the last step, for all widgets."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with signs replaced; `background` is ignored."""
        return change_texts(segments, lambda text: text.translate(_ASCII))
