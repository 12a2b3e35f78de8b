"""The lane: always as wide, filled from the center line outward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.result.lane import BLANK, CELLS, CENTER, FULL, filled_cells, lane
from peerreview.domain.text import cell_width

halves = st.integers(2, 10).map(lambda half: half / 2)


@pytest.mark.parametrize(
    ("comes_back", "we_give", "drawn"),
    [
        (5, 4.5, "━━━━━━━━━╋━━━━━━━━·"),
        (1, 1, "········━╋━········"),
        (3, 2, "····━━━━━╋━━━······"),
        (None, None, "                   "),
        (None, 5, "         ╋━━━━━━━━━"),
        (1.5, None, "·······━━╋         "),
    ],
)
def test_a_street_is_drawn_from_the_center(
    comes_back: float | None, we_give: float | None, drawn: str
) -> None:
    assert lane(comes_back, we_give) == drawn


@given(halves, halves, st.integers(1, 40))
def test_every_lane_is_as_wide(comes_back: float, we_give: float, size: int) -> None:
    assert cell_width(lane(comes_back, we_give, size)) == 2 * size + 1


@given(halves, halves)
def test_turned_round_it_is_the_mirror_image(comes_back: float, we_give: float) -> None:
    assert lane(comes_back, we_give) == lane(we_give, comes_back)[::-1]


def test_each_half_step_is_one_cell_more() -> None:
    assert [filled_cells(half / 2) for half in range(2, 11)] == list(range(1, CELLS + 1))
    assert all(cell_width(each) == 1 for each in (FULL, BLANK, CENTER))
