"""The reveal: the streets of a closed round appear one after the other, and their lanes fill.

Knows what is seen of a board; must not know where it is drawn.
"""

from dataclasses import replace

from peerreview.domain.result.board import Board, BoardLine, BoardSection

SECONDS = 2.5


def partly_revealed(board: Board, share: float) -> Board:
    """Return what is seen of a board after a share (0 to 1) of the reveal; after 1 all of it."""
    reach = share * len(board.sections)
    sections = (
        BoardSection(each.street, tuple(_grown(line, reach - place) for line in each.lines))
        for place, each in enumerate(board.sections)
        if place <= reach
    )
    return replace(board, sections=tuple(sections))


def _grown(line: BoardLine, part: float) -> BoardLine:
    """Return a line as far as its two sides have come from the center outward."""
    sides = {"comes_back": line.result.comes_back, "we_give": line.result.we_give}
    grown = {name: 1 + (to - 1) * min(1, part) for name, to in sides.items() if to is not None}
    return replace(line, result=line.result.model_copy(update=grown))
