"""The street map as one widget: quarters, marks, names, and a cursor that goes from mark to mark.

Knows how a map is drawn and moved over; where everything stands is worked out in the domain.
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
"""The least room for a map, beside its list on a screen of 80×24; the longest name, in cells."""
_SIGNS = "●123456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ?$%&@"
"""A place whose names are all beside it, and then the numbers; none looks like another."""
_UNSURE = (Street.MIXED, Street.TOO_CLOSE)


_TOO_SMALL = ("The map needs", "80×24.")


class MapView(LineList[tuple[BoardLine, ...]]):
    """Draws partners where they lie. Lines aren't chosen here: the cursor stands on a place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "go(-1, 0)", "Left", show=False),
        Binding("right,l", "go(1, 0)", "Right", show=False),
        Binding("up,k", "go(0, -1)", "Up", show=False),
        Binding("down,j", "go(0, 1)", "Down", show=False),
    ]
    DEFAULT_CSS = "MapView { overflow: hidden; }"

    def __init__(self, lines: Sequence[BoardLine], give_cut: float) -> None:
        super().__init__()
        self._partners, self._cut, self._here = lines, give_cut, 0
        self.set_reactive(LineList.cursor, -1)
        self._map, self._small = StreetMap((0, 0), (), {}), True

    def on_resize(self) -> None:
        """Find a place for everything in the room there is."""
        spots = [
            Spot(told.comes_back or 1, told.we_give or 1, cell_width(self._called(who)))
            for who, told in enumerate(line.result for line in self._partners)
        ]
        self._small = self.size.width < _LEAST.width or self.size.height < _LEAST.height
        shown = () if self._small else spots
        self._map = make_street_map(shown, self.size.width, self.size.height, self._cut)
        self._moved(self._here)

    @property
    def line_count(self) -> int:
        """As many lines as there is room for."""
        return self.size.height

    def is_selectable(self, index: int) -> bool:
        """No line can be chosen."""
        return False

    @property
    def current_item(self) -> tuple[BoardLine, ...]:
        """The partners at the cursor."""
        places = self._map.points
        return tuple(self._partners[who] for who in places[self._here].partners) if places else ()

    @property
    def numbered(self) -> tuple[tuple[str, BoardLine], ...]:
        """The partners whose names found no room, with the sign that stands for each."""
        return tuple(
            (_SIGNS[place.number], self._partners[who])
            for place in self._map.points
            for who in place.partners
            if who not in self._map.labels
        )

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a line of the map."""
        if self._small:
            return [(f" {' '.join(_TOO_SMALL[index : index + 1])}", "text")]
        crossing, road = self._map.crossing
        ground = "┄" * width if index == road else " " * width
        ground = ground[:crossing] + ("┼" if index == road else "┊") + ground[crossing + 1 :]
        pieces: list[Piece] = []
        end = 0
        for x, text, style in sorted(self._things(index, width, crossing)):
            pieces += [(ground[end:x], "empty"), (text, style)]
            end = x + cell_width(text)
        return [*pieces, (ground[end:], "empty")]

    def _things(self, line: int, width: int, crossing: int) -> list[tuple[int, str, str]]:
        """Return what stands on a line: where, what, and in which style."""
        if line in (0, self.line_count - 1):
            top = line == 0
            left, right = (Street.ONE_WAY, Street.TWO_WAY) if top else (Street.QUIET, Street.WE_OWE)
            names = [STREETS[each].many.upper() for each in (left, right)]
            axis = "we give ▲" if top else "comes back ▶"
            return [(1, names[0], "head"), (crossing + 1 - len(axis), axis, "quiet"),
                    (width - 1 - len(names[1]), names[1], "head")]  # fmt: skip
        found: list[tuple[int, str, str]] = []
        for number, place in enumerate(self._map.points):
            on = number == self._here and self.has_focus
            if place.y == line:
                unsure = all(self._partners[who].result.street in _UNSURE for who in place.partners)
                sign = "○" if unsure and not place.number else _SIGNS[place.number]
                found.append((place.x, sign, "active" if on else "road"))
            for who in place.partners:
                label = self._map.labels.get(who)
                if label and label.y == line:
                    found.append((label.x, self._called(who), "active" if on else "text"))
        return found

    def _called(self, who: int) -> str:
        line = self._partners[who]
        name = printable(f"{DEAL_BREAKER} " * line.result.deal_breaker + line.partner.name)
        return fit(name, min(_LONGEST, cell_width(name)))

    def _moved(self, here: int) -> None:
        self._here = here
        self.redraw_lines()
        self.post_message(self.Highlighted(self, here))

    def action_go(self, right: int, down: int) -> None:
        """Move to the nearest place in a direction."""
        if self._map.points:
            self._moved(self._map.nearest_point(self._here, right, down))

    def action_next(self) -> None:
        """Move to the next place, from the top to the bottom and round again."""
        self._moved((self._here + 1) % max(1, len(self._map.points)))

    async def on_click(self, event: events.Click) -> None:
        """Move to the place clicked; a click on the place under the cursor chooses it."""
        found = self._map.point_at(event.x, event.y)
        if found is not None:
            again = found == self._here
            self._moved(found)
            self.handle_click(found, event.x, again)
