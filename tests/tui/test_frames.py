"""Frames written as differences: a terminal shows the same as with Textual's own frames."""

from io import StringIO
from itertools import pairwise

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from peerreview.tui.board.board_list import BoardList
from peerreview.tui.kit.bars import TitleBar
from peerreview.tui.kit.frames import Frame, Shown, _pens

from .stage import Crew, on_stage
from .tour import CALLED, PLAIN, TOUR

WIDTH, HEIGHT = 16, 3
ONE_PIECE, TWO_PIECES = (0, WIDTH), (0, 9, WIDTH)
STYLES = [
    Style(color=color, bgcolor=ground, **{attribute: True})
    for color, ground in (("#ff0000", "#000000"), ("#00ff00", "#000000"), ("#00ff00", "#0000ff"))
    for attribute in ("bold", "underline", "reverse", "strike", "italic")
] + [Style(color="#ff0000", bgcolor="#000000"), Style(bgcolor="#0000ff"), Style()]

segments = st.builds(Segment, st.text("ab ·■界", max_size=5), st.sampled_from(STYLES), st.none())
contents = st.lists(segments, min_size=1, max_size=5)


@st.composite
def updates(draw: st.DrawFn) -> CompositorUpdate:
    """Return a whole frame, or some lines of one, some of them in two pieces."""
    lines, places = [], draw(st.lists(st.sampled_from([ONE_PIECE, TWO_PIECES]), min_size=HEIGHT,
                                      max_size=HEIGHT))  # fmt: skip
    for cuts in places:
        pieces = {}
        for start, end in pairwise(cuts):
            strip = Strip(draw(contents))
            pieces[start] = strip.adjust_cell_length(end - start, draw(st.sampled_from(STYLES)))
        lines.append(pieces)
    if draw(st.booleans()):
        return LayoutUpdate([line.values() for line in lines], Region(0, 0, WIDTH, HEIGHT))
    spans = [
        (y, start, end)
        for y, cuts in enumerate(places)
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    ] or [(0, 0, WIDTH)]
    drawn = {(y, at) for y, left, right in spans for at in places[y] if left <= at < right}
    for y, pieces in enumerate(lines):
        pieces.update({start: None for start in pieces if (y, start) not in drawn})
    return ChopsUpdate(lines, spans, [list(cuts[1:]) for cuts in places])


def console() -> Console:
    return Console(file=StringIO(), color_system="truecolor", force_terminal=True, _environ={})


def written(update: CompositorUpdate, shown: Shown) -> str:
    return Frame(update, shown, ColorSystem.TRUECOLOR).render_segments(console())


def seen(screen: pyte.Screen) -> list[object]:
    """Return what can be seen: of a blank only its background, unless it is drawn on."""
    return [
        cell if cell.data.strip() or cell.reverse else cell._replace(fg="", bold=0, italics=0)
        for y in range(HEIGHT)
        for cell in (screen.buffer[y][x] for x in range(WIDTH))
    ]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(updates(), max_size=6))
def test_a_terminal_shows_the_same_with_partial_and_whole_frames(
    later: list[CompositorUpdate],
) -> None:
    ours, theirs, shown = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT), Shown()
    for update in later:
        pyte.Stream(ours).feed(written(update, shown))
        pyte.Stream(theirs).feed(update.render_segments(console()).replace("\n", ""))
        assert seen(ours) == seen(theirs)


@settings(max_examples=50, deadline=None)
@given(updates())
def test_unchanged_cells_are_not_written_again(update: CompositorUpdate) -> None:
    if isinstance(update, ChopsUpdate):
        shown = Shown()
        assert len(written(update, shown)) > len("\x1b[0m")
        assert written(update, shown) == "\x1b[0m"


@pytest.mark.parametrize(
    ("system", "pen"),
    [
        (ColorSystem.TRUECOLOR, ("1", "38;2;18;52;86", "48;2;254;220;186")),
        (ColorSystem.EIGHT_BIT, ("1", "38;5;23", "48;5;223")),
        (ColorSystem.STANDARD, ("1", "90", "107")),
    ],
)
def test_a_style_keeps_everything_but_its_colors(
    system: ColorSystem, pen: tuple[str, str, str]
) -> None:
    style = Style(color="#123456", bgcolor="#fedcba", bold=True, meta={"@click": "x"})
    assert _pens(system)(style) == pen


async def test_a_key_asks_widgets_only_for_the_lines_it_changed(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = TOUR["board"]
    asked: dict[type[Widget], int] = {}
    async with on_stage(there.app(there.house(PLAIN, CALLED)), crew) as stage:
        await stage.press("down", "up")  # what the start put off is done
        for kind in (BoardList, TitleBar):
            original = kind.render_lines

            def render_lines(self: Widget, crop: Region, original=original, kind=kind) -> object:
                asked[kind] = asked.get(kind, 0) + crop.height
                return original(self, crop)

            monkeypatch.setattr(kind, "render_lines", render_lines)
        await stage.press("down")
    assert TitleBar not in asked
    assert asked[BoardList] < 17
