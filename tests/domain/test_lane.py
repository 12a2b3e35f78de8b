"""A lane has a fixed width and is filled from the center line outward."""

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
def test_lanes_of_the_same_size_are_equally_wide(
    comes_back: float, we_give: float, size: int
) -> None:
    assert cell_width(lane(comes_back, we_give, size)) == 2 * size + 1


@given(halves, halves)
def test_swapped_sides_give_the_mirror_image(comes_back: float, we_give: float) -> None:
    assert lane(comes_back, we_give) == lane(we_give, comes_back)[::-1]


def test_every_half_step_fills_one_more_cell() -> None:
    assert [filled_cells(half / 2) for half in range(2, 11)] == list(range(1, CELLS + 1))
    assert all(cell_width(mark) == 1 for mark in (FULL, BLANK, CENTER))
