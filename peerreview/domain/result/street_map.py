"""The street map: partners by what comes back and what we give, and the names that fit beside them.

Knows cells of a frame, counted from its upper left corner; must not know partners or colors. The
first and the last line of the frame stay free for the names of the quarters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerreview.domain.tally.verdict import CUT, round_half_up

CELL_ASPECT = 2
"""A cell is about twice as high as it is wide."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A partner to be placed: both indices, 1 to 5, and how many cells its name takes."""

    comes_back: float
    we_give: float
    width: int


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of the map and who stands there. It has a number if a name found no room."""

    x: int
    y: int
    partners: tuple[int, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class NameLabel:
    """Where a partner's name starts, and how many cells it takes."""

    x: int
    y: int
    width: int

    def cells(self, around: int = 0) -> set[tuple[int, int]]:
        """Return the cells it takes, with some more to its left and right."""
        return {(x, self.y) for x in range(self.x - around, self.x + self.width + around)}


@dataclass(frozen=True, slots=True)
class StreetMap:
    """Everything to draw: the crossing of the two cuts, the places, the names by partner."""

    crossing: tuple[int, int]
    points: tuple[MapPoint, ...]
    labels: dict[int, NameLabel]

    def point_at(self, x: int, y: int) -> int | None:
        """Return which place has its mark or one of its names at a cell."""
        for number, place in enumerate(self.points):
            names = (self.labels[who] for who in place.partners if who in self.labels)
            if any((x, y) in each.cells() for each in (NameLabel(place.x, place.y, 1), *names)):
                return number
        return None

    def nearest_point(self, here: int, right: int, down: int) -> int:
        """Return the nearest place in a direction, or where one is if there is none."""
        start = self.points[here]

        def away(number: int) -> tuple[int, int]:
            place = self.points[number]
            x, y = place.x - start.x, CELL_ASPECT * (place.y - start.y)
            along, across = x * right + y * down, abs(x * down) + abs(y * right)
            return along, along + 2 * across

        ahead = [number for number in range(len(self.points)) if away(number)[0] > 0]
        return min(ahead, key=lambda number: away(number)[1], default=here)


def make_street_map(spots: Sequence[Spot], width: int, height: int, give_cut: float) -> StreetMap:
    """Return the map of some partners in a frame of `width` by `height` cells, 40 by 12 at least.

    Args:
        spots: the partners; they are numbered by their place here.
        width: cells of the frame.
        height: lines of the frame.
        give_cut: the round's cut for "we give"; the one for "comes back" is always the same.
    """

    def across(comes_back: float) -> int:
        return 2 + int(round_half_up((comes_back - 1) / 4 * (width - 5), 1))

    def down(we_give: float) -> int:
        return 1 + int(round_half_up((5 - we_give) / 4 * (height - 3), 1))

    found: dict[tuple[int, int], list[int]] = {}
    for who, spot in enumerate(spots):
        found.setdefault((down(spot.we_give), across(spot.comes_back)), []).append(who)
    labels = _labels({(x, y): who for (y, x), who in found.items()}, spots, width, height)
    places: list[MapPoint] = []
    number = 0
    for (y, x), who in sorted(found.items()):
        hidden = any(each not in labels for each in who)
        number += hidden
        places.append(MapPoint(x, y, tuple(who), number if hidden else 0))
    return StreetMap((across(CUT), down(give_cut)), tuple(places), labels)


def _labels(
    found: dict[tuple[int, int], list[int]], spots: Sequence[Spot], width: int, height: int
) -> dict[int, NameLabel]:
    """Place the names one after the other where there is room; lonely partners choose first."""
    taken = set(found)
    labels: dict[int, NameLabel] = {}
    for (x, y), everybody in sorted(found.items(), key=lambda each: (len(each[1]), each[0])):
        for who in everybody:
            for label in _beside(x, y, spots[who].width):
                inside = label.x >= 0 and label.x + label.width <= width
                if inside and 0 < label.y < height - 1 and not label.cells(2) - {(x, y)} & taken:
                    labels[who] = label
                    taken |= label.cells()
                    break
    return labels


def _beside(x: int, y: int, width: int) -> Iterable[NameLabel]:
    """Yield the places for a name, the best one first."""
    yield NameLabel(x + 2, y, width)
    yield NameLabel(x - 1 - width, y, width)
    for line in (y - 1, y + 1):
        for start in (x + 1, x - width // 2, x - width):
            yield NameLabel(start, line, width)
