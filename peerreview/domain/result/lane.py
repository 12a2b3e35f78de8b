"""The lane: a street drawn in one line of characters, filled from the center line outward.

To the left what comes back, to the right what we give. Screens, plain lines and the command
line draw the same picture from it; colors are theirs.
"""

from peerreview.domain.tally.verdict import round_half_up

CELLS = 9
"""Cells on each side: one a half step of an index from 1 to 5."""


FULL, BLANK, CENTER = "━", "·", "╋"


def filled_cells(index: float, cells: int = CELLS) -> int:
    """Return how many of `cells` an index from 1 to 5 fills: 1 fills one, 5 fills all."""
    return max(1, min(cells, int(round_half_up(1 + (index - 1) * (cells - 1) / 4, 1))))


def lane(comes_back: float | None, we_give: float | None, cells: int = CELLS) -> str:
    """Return the `2 * cells + 1` characters of a lane; a side that isn't shown stays blank.

    Args:
        comes_back: the index of their side, 1 to 5, drawn to the left.
        we_give: the index of our side, 1 to 5, drawn to the right.
        cells: cells on each side.
    """
    if comes_back is None and we_give is None:
        return " " * (2 * cells + 1)
    return _side(comes_back, cells)[::-1] + CENTER + _side(we_give, cells)


def _side(index: float | None, cells: int) -> str:
    """Return one side, from the center outward."""
    if index is None:
        return " " * cells
    return (FULL * filled_cells(index, cells)).ljust(cells, BLANK)
