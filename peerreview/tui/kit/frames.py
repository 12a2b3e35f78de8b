"""Output to the terminal: only changed lines, from the first to the last changed cell.

Knows Textual's compositor and what the terminal shows; must not know screens or widgets of ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import cast

from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console, RenderableType
from rich.segment import Segment
from rich.style import Style

# Textual has no public names for its frames and for what makes them.
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

_ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "blink": "5",
               "reverse": "7", "strike": "9", "underline2": "21", "overline": "53"}  # fmt: skip
_UNSEEN = {"", "1", "2", "3"}
_NULL, _PLAIN = Style(), ("", "39", "49")

Piece = tuple[Segment, ...]
Shown = dict[int, dict[int, Piece]]
"""What stands on a terminal: lines in pieces, by the cells they start at."""
Pen = tuple[str, str, str]
"""Codes of attributes, of the color of letters, and of the ground's."""


class DiffCompositor(Compositor):
    """A compositor that draws whole lines, and only those that changed.

    Textual's own cuts pieces off where the changed region ends; `Frame` compares whole pieces.
    """

    _wanted: Sequence[Region] = ()
    """Lines that are drawn, as far as they lie together; whole, as frames have every piece."""

    # Textual names the lines of a frame only here.
    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        lines = enumerate(filter(is_rendered_line, crop.line_range))
        bands = (
            [y for _, y in band_lines]
            for _, band_lines in groupby(lines, lambda line: line[1] - line[0])
        )
        self._wanted = [Region(0, ys[0], self.size.width, len(ys)) for ys in bands]
        return super()._render_chops(crop, is_rendered_line)

    # Textual asks every visible widget for all its lines here.
    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for band in self._wanted:
            asked = list[Region]()
            for widget, (region, clip) in self.visible_widgets.items():
                seen = region.intersection(clip)
                part = seen.intersection(band)
                if part and not any(region.contains_region(part) for region in asked):
                    asked.append(part)
                    lines = Region(seen.x, part.y, seen.width, part.height)
                    yield lines, lines, widget.render_lines(lines.translate(-region.offset))


class Frame(CompositorUpdate):
    """An update as the difference to what the terminal shows.

    Args:
        update: what Textual wants to draw.
        shown: what the terminal shows; follows the update.
        system: the colors that the terminal has.
    """

    def __init__(self, update: CompositorUpdate, shown: Shown, system: ColorSystem) -> None:
        self._update = update
        self._shown = shown
        self._pens = _pens(system)

    def _lines(self) -> Iterable[tuple[int, Mapping[int, Strip | None]]]:
        """Yield the pieces of lines with their positions."""
        if isinstance(self._update, ChopsUpdate):
            for y in dict.fromkeys(y for y, _, _ in self._update.spans):
                yield y, self._update.chops[y]
        elif isinstance(self._update, LayoutUpdate):
            self._shown.clear()
            for y, strips in enumerate(map(list, self._update.strips)):
                starts = accumulate((strip.cell_length for strip in strips), initial=0)
                yield y, dict(zip(starts, strips, strict=False))

    def render_segments(self, console: Console) -> str:
        """Return the text to write to the terminal; `console` is ignored."""
        now = _PLAIN
        parts = list[str]()
        for y, pieces in self._lines():
            shown = self._shown.get(y, {})
            if shown.keys() != pieces.keys():  # something lies over the line now, or no longer
                shown = self._shown[y] = dict.fromkeys(pieces, ())
            for at, strip in pieces.items():
                if strip is None or (new := tuple(strip)) == shown[at]:
                    continue
                shown[at] = new
                parts.append(f"\x1b[{y + 1};{at + 1}H")
                for text, style, _ in new:
                    pen = self._pens(style or _NULL)
                    if text.isspace() and now[0] in _UNSEEN and pen[0] in _UNSEEN:
                        pen = now[0], now[1], pen[2]
                    if pen != now:
                        parts.append(_pen_change(now, pen))
                        now = pen
                    parts.append(text)
        return "".join(parts) + "\x1b[0m"


class DiffApp(App[None]):
    """An app that writes only changed cells to the terminal."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self._shown: Shown = {}
        self.color_system = COLOR_SYSTEMS.get(
            self.console.color_system or "", ColorSystem.TRUECOLOR
        )

    # Textual 8.2.8 always counts the next screen in: what moves there draws everything anew.
    @property
    def _background_screens(self) -> list[Screen[object]]:
        """The screens that show through the one on top."""
        screens = cast("list[Screen[object]]", super()._background_screens)
        return screens if self.screen.styles.background.a < 1 else []

    # Every frame passes here on its way to the driver; no public method gets it.
    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate):
            frame = Frame(renderable, self._shown, self.color_system)
            renderable = cast("RenderableType", frame)
        super()._display(screen, renderable)


@lru_cache(4096)
def _pen_change(now: Pen, new: Pen) -> str:
    """Return the shortest escape sequence that changes one pen into another."""
    start = ("0",) if now[0] != new[0] else ()
    before = _PLAIN if start else now
    codes = (code for was, code in zip(before, new, strict=True) if code != was)
    return f"\x1b[{';'.join((*start, *codes))}m"


@lru_cache
def _pens(system: ColorSystem) -> Callable[[Style], Pen]:
    """Return a function that finds the pen of a style in a color system."""

    def color(color: Color | None, foreground: bool) -> str:
        return ";".join((color or Color.default()).downgrade(system).get_ansi_codes(foreground))

    @lru_cache(4096)
    def pen(style: Style) -> Pen:
        codes = (code for name, code in _ATTRIBUTES.items() if getattr(style, name))
        return ";".join(codes), color(style.color, True), color(style.bgcolor, False)

    return pen
