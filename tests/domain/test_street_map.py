"""The street map shows every partner with a name or a number, and keys and clicks find it."""

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


def list_marks(street_map: StreetMap) -> list[tuple[int, int]]:
    return [(place.x, place.y) for place in street_map.points]


@given(spots, widths, heights, cuts)
def test_no_two_names_overlap_and_none_covers_a_mark(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    street_map = make_street_map(given_spots, width, height, cut)
    for first, second in combinations(street_map.labels.values(), 2):
        assert not first.cells() & second.cells()
    for label in street_map.labels.values():
        assert not label.cells() & set(list_marks(street_map))


@given(spots, widths, heights, cuts)
def test_marks_and_names_stay_inside_the_frame(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    street_map = make_street_map(given_spots, width, height, cut)
    for x, y in [
        *list_marks(street_map),
        *(cell for label in street_map.labels.values() for cell in label.cells()),
    ]:
        assert 0 <= x < width
        assert 1 <= y < height - 1


@given(spots, widths, heights, cuts)
def test_every_partner_has_one_point_and_a_name_or_a_number(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    street_map = make_street_map(given_spots, width, height, cut)
    assert sorted(partner for place in street_map.points for partner in place.partners) == list(
        range(len(given_spots))
    )
    numbers = [place.number for place in street_map.points if place.number]
    assert numbers == list(range(1, len(numbers) + 1))
    for place in street_map.points:
        assert bool(place.number) == any(
            partner not in street_map.labels for partner in place.partners
        )
    for partner, label in street_map.labels.items():
        assert label.width == given_spots[partner].width


@given(spots, widths, heights, cuts)
def test_partners_share_a_point_only_if_their_indices_are_equal(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    street_map = make_street_map(given_spots, width, height, cut)
    for place in street_map.points:
        spots_here = [given_spots[partner] for partner in place.partners]
        assert len({(spot.comes_back, spot.we_give) for spot in spots_here}) == 1
    assert len(set(list_marks(street_map))) == len(street_map.points)
    assert len(street_map.points) == len({(spot.comes_back, spot.we_give) for spot in given_spots})


@given(spots, widths, heights, cuts)
def test_every_point_lies_in_the_quadrant_of_its_street(
    given_spots: list[Spot], width: int, height: int, cut: float
) -> None:
    street_map = make_street_map(given_spots, width, height, cut)
    across, down = street_map.crossing
    for place in street_map.points:
        spot = given_spots[place.partners[0]]
        assert (place.x > across) == (spot.comes_back >= 3.25)
        assert place.x != across
        assert place.y <= down if spot.we_give >= cut else place.y >= down


@given(spots, widths, heights)
def test_an_arrow_key_moves_in_its_direction_or_not_at_all(
    given_spots: list[Spot], width: int, height: int
) -> None:
    street_map = make_street_map(given_spots, width, height, 3.25)
    for here, (right, down) in (
        (here, way) for here in range(len(list_marks(street_map))) for way in DIRECTIONS
    ):
        start = street_map.points[here]
        reached = street_map.points[street_map.nearest_point(here, right, down)]
        along = (reached.x - start.x) * right + (reached.y - start.y) * down
        ahead = [
            p for p in street_map.points if (p.x - start.x) * right + (p.y - start.y) * down > 0
        ]
        assert along > 0 if ahead else reached == start


def test_an_arrow_key_moves_to_the_nearest_point_and_back() -> None:
    a_cross = [Spot(3, 3, 1), Spot(4, 3, 1), Spot(5, 3, 1), Spot(3, 4, 1), Spot(3, 1, 1)]
    street_map = make_street_map(a_cross, 60, 20, 3.25)
    at = {place.partners[0]: number for number, place in enumerate(street_map.points)}
    assert street_map.nearest_point(at[0], 1, 0) == at[1]
    assert street_map.nearest_point(at[1], 1, 0) == at[2]
    assert street_map.nearest_point(at[2], 1, 0) == at[2]
    assert street_map.nearest_point(at[2], -1, 0) == at[1]
    assert street_map.nearest_point(at[0], 0, -1) == at[3]
    assert street_map.nearest_point(at[0], 0, 1) == at[4]


@given(spots, widths, heights)
def test_a_click_on_a_mark_or_a_name_finds_its_point(
    given_spots: list[Spot], width: int, height: int
) -> None:
    street_map = make_street_map(given_spots, width, height, 3.25)
    for number, place in enumerate(street_map.points):
        assert street_map.point_at(place.x, place.y) == number
        for partner in place.partners:
            for x, y in street_map.labels[partner].cells() if partner in street_map.labels else ():
                assert street_map.point_at(x, y) == number
    assert street_map.point_at(-1, 0) is None


@pytest.mark.parametrize("count", [1, 12])
def test_partners_far_apart_are_always_named(count: int) -> None:
    apart = [Spot(1 + 4 * (n % 2), 1 + n * 4 / 11, 12) for n in range(count)]
    halved = [Spot(spot.comes_back, round(spot.we_give * 2) / 2, 12) for spot in apart]
    street_map = make_street_map(halved[::3], 80, 24, 3.25)
    assert len(street_map.labels) == len(halved[::3])


def test_a_map_without_partners_is_empty() -> None:
    street_map = make_street_map([], 56, 18, 3.25)
    assert street_map.points == ()
    assert street_map.point_at(3, 3) is None
