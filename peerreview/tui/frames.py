"""What goes to the terminal: what changed, from its first to its last new cell, and no more.

Knows Textual's compositor and what the terminal shows; must not know screens or widgets of ours.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import cast

from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

_ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "blink": "5",
               "reverse": "7", "strike": "9", "underline2": "21", "overline": "53"}  # fmt: skip
_UNSEEN = {"", "1", "2", "3"}
_NULL, _PLAIN = Style(), ("", "39", "49")

Span = tuple[int, int, int]
"""A line, and from where to where something of it changed."""
Piece = tuple[Segment, ...]
Shown = dict[int, dict[int, Piece]]
"""What stands on a terminal: lines in pieces, by the cells they start at."""
Pen = tuple[str, str, str]
"""Codes of attributes, of the color of letters, and of the ground's."""


class Sparing(Compositor):
    """Asks widgets for what is drawn; Textual's asks all of them for every line they have."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what changed."""
        height = self.size.height
        spans = [each for each in self._regions_to_spans(self._dirty_regions) if each[0] < height]
        self._dirty_regions.clear()
        ends = [cuts[1:] for cuts in self.cuts]
        return ChopsUpdate(self._drawn(spans), spans, ends) if spans else None

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> list[dict[int, Strip]]:
        lines = filter(is_rendered_line, crop.intersection(self.size.region).line_range)
        found = self._drawn((y, crop.x, crop.right) for y in lines)
        return cast("list[dict[int, Strip]]", found)

    def _drawn(self, spans: Iterable[Span]) -> list[dict[int, Strip | None]]:
        """Return the pieces that lie in spans; only the widget in front is asked for each."""
        missing: dict[int, list[int]] = {}
        for y, left, right in spans:
            starts = [at for at, end in pairwise(self.cuts[y]) if at < right and end > left]
            missing[y] = missing.get(y, []) + starts
        found: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            left, top, width, height = region.intersection(clip)
            right, bottom = left + width, top + height
            wanted = [
                (y, inside)
                for y, starts in missing.items()
                if top <= y < bottom and (inside := [at for at in starts if left <= at < right])
            ]
            for _, run in groupby(enumerate(wanted), lambda each: each[1][0] - each[0]):
                lines = [line for _, line in run]
                part = Region(left - region.x, lines[0][0] - region.y, width, len(lines))
                for (y, inside), strip in zip(lines, widget.render_lines(part), strict=True):
                    cuts = [at for at in self.cuts[y] if left <= at <= right]
                    whole = strip.divide([at - left for at in cuts[1:]])
                    parts = dict(zip(cuts, whole, strict=False))
                    for at in inside:
                        if (piece := parts.get(at)) is not None:
                            found[y][at] = piece
                            missing[y].remove(at)
        return found


class Frame(CompositorUpdate):
    """An update as the difference to what the terminal shows.

    Args:
        update: what Textual wants to draw.
        shown: what the terminal shows; follows the update.
    """

    def __init__(self, update: CompositorUpdate, shown: Shown) -> None:
        self._update, self._shown = update, shown

    def _lines(self) -> Iterable[tuple[int, Mapping[int, Strip | None]]]:
        """Yield lines by their place, in pieces."""
        if isinstance(self._update, ChopsUpdate):
            for y in dict.fromkeys(y for y, _, _ in self._update.spans):
                yield y, self._update.chops[y]
        elif isinstance(self._update, LayoutUpdate):
            self._shown.clear()
            for y, strips in enumerate(map(list, self._update.strips)):
                starts = accumulate((each.cell_length for each in strips), initial=0)
                yield y, dict(zip(starts, strips, strict=False))

    def render_segments(self, console: Console) -> str:
        """Return what has to be written."""
        pens = _pens(COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR))
        now, parts = _PLAIN, list[str]()
        for y, pieces in self._lines():
            shown = self._shown.get(y, {})
            if shown.keys() != pieces.keys():  # something lies over the line now, or no longer
                shown = self._shown[y] = dict.fromkeys(pieces, ())
            for at, strip in pieces.items():
                if strip is None or (new := tuple(strip)) == shown[at]:
                    continue
                start, letters = _changed(shown[at], new, strip.cell_length)
                shown[at] = new
                parts.append(f"\x1b[{y + 1};{at + start + 1}H")
                for text, style, _ in letters:
                    pen = pens(style or _NULL)
                    if text.isspace() and now[0] in _UNSEEN and pen[0] in _UNSEEN:
                        pen = now[0], now[1], pen[2]
                    if pen != now:
                        parts.append(_turn(now, pen))
                        now = pen
                    parts.append(text)
        return "".join(parts) + "\x1b[0m"


def _changed(old: Piece, new: Piece, cells: int) -> tuple[int, Piece]:
    """Return the cell from which on a piece is new, and what is new of it.

    Terminals disagree about which letters take two cells: what has such is new as a whole.
    """
    if not _letters(old) == _letters(new) == cells:
        return 0, new
    first = _alike(old, new)
    same = _alike(old[first:][::-1], new[first:][::-1])
    return _letters(new[:first]), new[first : len(new) - same]


def _letters(piece: Piece) -> int:
    return sum([len(text) for text, _, _ in piece])


def _alike(one: Piece, other: Piece) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


@lru_cache(4096)
def _turn(now: Pen, new: Pen) -> str:
    """Return the shortest sequence from one pen to another."""
    start = ("0",) * (now[0] != new[0])
    before = _PLAIN if start else now
    codes = (code for was, code in zip(before, new, strict=True) if code != was)
    return f"\x1b[{';'.join((*start, *codes))}m"


@lru_cache
def _pens(system: ColorSystem) -> Callable[[Style], Pen]:
    """Return what finds the pen of a style, in so many colors."""

    def color(color: Color | None, foreground: bool) -> str:
        return ";".join((color or Color.default()).downgrade(system).get_ansi_codes(foreground))

    @lru_cache(4096)
    def pen(style: Style) -> Pen:
        codes = (code for name, code in _ATTRIBUTES.items() if getattr(style, name))
        return ";".join(codes), color(style.color, True), color(style.bgcolor, False)

    return pen
