"""The street map: where partners stand by what comes back and what we give, with their names.

Cells are counted from the upper left corner of a frame. This module knows no colors. The
first and the last line of the frame stay free for the names of the quarters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerreview.domain.tally.verdict import CUT, round_half_up

CELL_ASPECT = 2
"""A cell is about twice as high as it is wide."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A partner to be placed: both indices, 1 to 5, and the width of its name in cells."""

    comes_back: float
    we_give: float
    width: int


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of the map and the partners there; numbered from 1 if a name has no room."""

    x: int
    y: int
    partners: tuple[int, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class NameLabel:
    """Where a partner's name starts, and its width in cells."""

    x: int
    y: int
    width: int

    def cells(self, around: int = 0) -> set[tuple[int, int]]:
        """Return the cells of the name, and `around` more to its left and right."""
        return {(x, self.y) for x in range(self.x - around, self.x + self.width + around)}


@dataclass(frozen=True, slots=True)
class StreetMap:
    """Everything to draw: where the two cuts cross, the points, and the labels by partner."""

    crossing: tuple[int, int]
    points: tuple[MapPoint, ...]
    labels: dict[int, NameLabel]

    def point_at(self, x: int, y: int) -> int | None:
        """Return the number of the point whose mark or names cover a cell, if any."""
        for number, point in enumerate(self.points):
            names = (self.labels[partner] for partner in point.partners if partner in self.labels)
            if any((x, y) in label.cells() for label in (NameLabel(point.x, point.y, 1), *names)):
                return number
        return None

    def nearest_point(self, here: int, right: int, down: int) -> int:
        """Return the nearest point in a direction, or `here` if there is none."""
        start = self.points[here]

        def away(number: int) -> tuple[int, int]:
            point = self.points[number]
            x, y = point.x - start.x, CELL_ASPECT * (point.y - start.y)
            along, across = x * right + y * down, abs(x * down) + abs(y * right)
            return along, along + 2 * across

        ahead = [number for number in range(len(self.points)) if away(number)[0] > 0]
        return min(ahead, key=lambda number: away(number)[1], default=here)


def make_street_map(spots: Sequence[Spot], width: int, height: int, give_cut: float) -> StreetMap:
    """Return the map of partners in a frame of `width` by `height` cells, 40 by 12 at least.

    Args:
        spots: the partners; a partner's number is its index here.
        width: cells of the frame.
        height: lines of the frame.
        give_cut: the round's cut for "we give"; the one for "comes back" is always the same.
    """

    def across(comes_back: float) -> int:
        return 2 + int(round_half_up((comes_back - 1) / 4 * (width - 5), 1))

    def down(we_give: float) -> int:
        return 1 + int(round_half_up((5 - we_give) / 4 * (height - 3), 1))

    partners_at: dict[tuple[int, int], list[int]] = {}
    for number, spot in enumerate(spots):
        partners_at.setdefault((down(spot.we_give), across(spot.comes_back)), []).append(number)
    labels = _labels(
        {(x, y): numbers for (y, x), numbers in partners_at.items()}, spots, width, height
    )
    points: list[MapPoint] = []
    number = 0
    for (y, x), partners in sorted(partners_at.items()):
        hidden = any(partner not in labels for partner in partners)
        number += hidden
        points.append(MapPoint(x, y, tuple(partners), number if hidden else 0))
    return StreetMap((across(CUT), down(give_cut)), tuple(points), labels)


def _labels(
    partners_at: dict[tuple[int, int], list[int]], spots: Sequence[Spot], width: int, height: int
) -> dict[int, NameLabel]:
    """Return the labels that have room; partners with a point of their own come first."""
    taken = set(partners_at)
    labels: dict[int, NameLabel] = {}
    for (x, y), partners in sorted(
        partners_at.items(), key=lambda entry: (len(entry[1]), entry[0])
    ):
        for partner in partners:
            for label in _beside(x, y, spots[partner].width):
                inside = label.x >= 0 and label.x + label.width <= width
                if inside and 0 < label.y < height - 1 and not label.cells(2) - {(x, y)} & taken:
                    labels[partner] = label
                    taken |= label.cells()
                    break
    return labels


def _beside(x: int, y: int, width: int) -> Iterable[NameLabel]:
    """Yield the places for a name, best first."""
    yield NameLabel(x + 2, y, width)
    yield NameLabel(x - 1 - width, y, width)
    for line in (y - 1, y + 1):
        for start in (x + 1, x - width // 2, x - width):
            yield NameLabel(start, line, width)
