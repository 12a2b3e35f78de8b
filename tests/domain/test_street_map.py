"""The street map: every partner has its place, every name has room or a number, keys find all."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.result.street_map import Spot, StreetMap, make_street_map

halves = st.integers(2, 10).map(lambda half: half / 2)
spots = st.lists(st.builds(Spot, halves, halves, st.integers(1, 70)), max_size=60)
widths, heights = st.integers(40, 200), st.integers(12, 60)
cuts = st.integers(11, 18).map(lambda quarter: quarter / 4)
DIRECTIONS = [(-1, 0), (1, 0), (0, -1), (0, 1)]


def marks(found: StreetMap) -> list[tuple[int, int]]:
    return [(place.x, place.y) for place in found.points]


@given(spots, widths, heights, cuts)
def test_no_two_names_overlap_and_none_covers_a_mark(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    found = make_street_map(given_spots, width, height, cut)
    for one, other in combinations(found.labels.values(), 2):
        assert not one.cells() & other.cells()
    for label in found.labels.values():
        assert not label.cells() & set(marks(found))


@given(spots, widths, heights, cuts)
def test_nothing_leaves_the_frame_or_its_first_and_last_line(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    found = make_street_map(given_spots, width, height, cut)
    for x, y in [
        *marks(found),
        *(cell for label in found.labels.values() for cell in label.cells()),
    ]:
        assert 0 <= x < width
        assert 1 <= y < height - 1


@given(spots, widths, heights, cuts)
def test_everybody_is_there_once_named_or_numbered(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    found = make_street_map(given_spots, width, height, cut)
    assert sorted(who for place in found.points for who in place.partners) == list(
        range(len(given_spots))
    )
    numbers = [place.number for place in found.points if place.number]
    assert numbers == list(range(1, len(numbers) + 1))
    for place in found.points:
        assert bool(place.number) == any(who not in found.labels for who in place.partners)
    for who, label in found.labels.items():
        assert label.width == given_spots[who].width


@given(spots, widths, heights, cuts)
def test_a_place_is_a_pair_of_indices(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    found = make_street_map(given_spots, width, height, cut)
    for place in found.points:
        assert len(
            {(given_spots[who].comes_back, given_spots[who].we_give) for who in place.partners}
        )
    assert len(set(marks(found))) == len(found.points)
    assert len(found.points) == len({(spot.comes_back, spot.we_give) for spot in given_spots})


@given(spots, widths, heights, cuts)
def test_everybody_stands_in_the_quarter_of_the_cuts(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    found = make_street_map(given_spots, width, height, cut)
    across, down = found.crossing
    for place in found.points:
        spot = given_spots[place.partners[0]]
        assert (place.x > across) == (spot.comes_back >= 3.25)
        assert place.x != across
        assert place.y <= down if spot.we_give >= cut else place.y >= down


@given(spots, widths, heights)
def test_an_arrow_goes_its_way_or_nowhere(given_spots: list[Spot], width: int, height: int) -> None:
    found = make_street_map(given_spots, width, height, 3.25)
    for here, (right, down) in (
        (here, way) for here in range(len(marks(found))) for way in DIRECTIONS
    ):
        start = found.points[here]
        reached = found.points[found.nearest_point(here, right, down)]
        along = (reached.x - start.x) * right + (reached.y - start.y) * down
        ahead = [p for p in found.points if (p.x - start.x) * right + (p.y - start.y) * down > 0]
        assert along > 0 if ahead else reached == start


def test_an_arrow_finds_the_nearest_and_comes_back() -> None:
    a_cross = [Spot(3, 3, 1), Spot(4, 3, 1), Spot(5, 3, 1), Spot(3, 4, 1), Spot(3, 1, 1)]
    found = make_street_map(a_cross, 60, 20, 3.25)
    at = {place.partners[0]: number for number, place in enumerate(found.points)}
    assert found.nearest_point(at[0], 1, 0) == at[1]
    assert found.nearest_point(at[1], 1, 0) == at[2]
    assert found.nearest_point(at[2], 1, 0) == at[2]
    assert found.nearest_point(at[2], -1, 0) == at[1]
    assert found.nearest_point(at[0], 0, -1) == at[3]
    assert found.nearest_point(at[0], 0, 1) == at[4]


@given(spots, widths, heights)
def test_a_click_finds_whose_mark_or_name_it_hits(
    given_spots: list[Spot], width: int, height: int
) -> None:
    found = make_street_map(given_spots, width, height, 3.25)
    for number, place in enumerate(found.points):
        assert found.point_at(place.x, place.y) == number
        for who in place.partners:
            for x, y in found.labels[who].cells() if who in found.labels else ():
                assert found.point_at(x, y) == number
    assert found.point_at(-1, 0) is None


@pytest.mark.parametrize("count", [1, 12])
def test_lonely_partners_always_have_their_names(count: int) -> None:
    apart = [Spot(1 + 4 * (n % 2), 1 + n * 4 / 11, 12) for n in range(count)]
    halved = [Spot(each.comes_back, round(each.we_give * 2) / 2, 12) for each in apart]
    found = make_street_map(halved[::3], 80, 24, 3.25)
    assert len(found.labels) == len(halved[::3])


def test_a_map_of_nobody_is_empty() -> None:
    found = make_street_map([], 56, 18, 3.25)
    assert found.points == ()
    assert found.point_at(3, 3) is None
