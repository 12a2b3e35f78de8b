"""The street map as a widget, with a cursor that moves from point to point.

The domain computes where everything stands.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from peerreview.domain.result.board import BoardLine
from peerreview.domain.result.street_map import Spot, StreetMap, make_street_map
from peerreview.domain.result.wording import STREETS
from peerreview.domain.tally.verdict import Street
from peerreview.domain.text import cell_width, fit, printable
from peerreview.tui.kit.glyphs import DEAL_BREAKER
from peerreview.tui.kit.lines import LineList, Piece

_LEAST, _LONGEST = Size(56, 19), 20
"""The smallest size of a map, which a screen of 80×24 leaves, and the longest name, in cells."""
_SIGNS = "●123456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ?$%&@"
"""The mark of a point whose names have room, then the marks of numbered points."""
_UNSURE = (Street.MIXED, Street.TOO_CLOSE)


_TOO_SMALL = ("The map needs", "80×24.")


class MapView(LineList[tuple[BoardLine, ...]]):
    """Draws partners on a map. The cursor stands on a point, not on a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "go(-1, 0)", "Left", show=False),
        Binding("right,l", "go(1, 0)", "Right", show=False),
        Binding("up,k", "go(0, -1)", "Up", show=False),
        Binding("down,j", "go(0, 1)", "Down", show=False),
    ]
    DEFAULT_CSS = "MapView { overflow: hidden; }"

    def __init__(self, lines: Sequence[BoardLine], give_cut: float) -> None:
        super().__init__()
        self._partners = lines
        self._cut = give_cut
        self._here = 0
        self.set_reactive(LineList.cursor, -1)
        self._map = StreetMap((0, 0), (), {})
        self._small = True

    def on_resize(self) -> None:
        """Compute the map for the new size."""
        spots = [
            Spot(result.comes_back or 1, result.we_give or 1, cell_width(self._label_text(partner)))
            for partner, result in enumerate(line.result for line in self._partners)
        ]
        self._small = self.size.width < _LEAST.width or self.size.height < _LEAST.height
        shown = () if self._small else spots
        self._map = make_street_map(shown, self.size.width, self.size.height, self._cut)
        self._move_cursor(self._here)

    @property
    def line_count(self) -> int:
        """The height of the widget."""
        return self.size.height

    def is_selectable(self, index: int) -> bool:
        """Return False, because points are chosen, not lines."""
        return False

    @property
    def current_item(self) -> tuple[BoardLine, ...]:
        """The partners at the cursor."""
        points = self._map.points
        return (
            tuple(self._partners[partner] for partner in points[self._here].partners)
            if points
            else ()
        )

    @property
    def numbered(self) -> tuple[tuple[str, BoardLine], ...]:
        """The partners whose names have no room, with the marks of their points."""
        return tuple(
            (_SIGNS[point.number], self._partners[partner])
            for point in self._map.points
            for partner in point.partners
            if partner not in self._map.labels
        )

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return the pieces of a line of the map."""
        if self._small:
            return [(f" {' '.join(_TOO_SMALL[index : index + 1])}", "text")]
        crossing, road = self._map.crossing
        ground = "┄" * width if index == road else " " * width
        ground = ground[:crossing] + ("┼" if index == road else "┊") + ground[crossing + 1 :]
        pieces: list[Piece] = []
        end = 0
        for x, text, style in sorted(self._texts(index, width, crossing)):
            pieces += [(ground[end:x], "empty"), (text, style)]
            end = x + cell_width(text)
        return [*pieces, (ground[end:], "empty")]

    def _texts(self, line: int, width: int, crossing: int) -> list[tuple[int, str, str]]:
        """Return the texts on a line: first cell, text and style."""
        if line in (0, self.line_count - 1):
            top = line == 0
            left, right = (Street.ONE_WAY, Street.TWO_WAY) if top else (Street.QUIET, Street.WE_OWE)
            names = [STREETS[street].many.upper() for street in (left, right)]
            axis = "we give ▲" if top else "comes back ▶"
            return [(1, names[0], "head"), (crossing + 1 - len(axis), axis, "quiet"),
                    (width - 1 - len(names[1]), names[1], "head")]  # fmt: skip
        texts: list[tuple[int, str, str]] = []
        for number, point in enumerate(self._map.points):
            on = number == self._here and self.has_focus
            if point.y == line:
                unsure = all(
                    self._partners[partner].result.street in _UNSURE for partner in point.partners
                )
                sign = "○" if unsure and not point.number else _SIGNS[point.number]
                texts.append((point.x, sign, "active" if on else "road"))
            for partner in point.partners:
                label = self._map.labels.get(partner)
                if label and label.y == line:
                    texts.append((label.x, self._label_text(partner), "active" if on else "text"))
        return texts

    def _label_text(self, partner: int) -> str:
        line = self._partners[partner]
        mark = f"{DEAL_BREAKER} " if line.result.deal_breaker else ""
        name = printable(mark + line.partner.name)
        return fit(name, min(_LONGEST, cell_width(name)))

    def _move_cursor(self, here: int) -> None:
        self._here = here
        self.redraw_lines()
        self.post_message(self.Highlighted(self, here))

    def action_go(self, right: int, down: int) -> None:
        """Move to the nearest point in a direction."""
        if self._map.points:
            self._move_cursor(self._map.nearest_point(self._here, right, down))

    def action_next(self) -> None:
        """Move to the next point from top to bottom, and then to the first again."""
        self._move_cursor((self._here + 1) % max(1, len(self._map.points)))

    async def on_click(self, event: events.Click) -> None:
        """Move to the clicked point; a click on the point at the cursor chooses it."""
        number = self._map.point_at(event.x, event.y)
        if number is not None:
            again = number == self._here
            self._move_cursor(number)
            self.handle_click(number, event.x, again)
