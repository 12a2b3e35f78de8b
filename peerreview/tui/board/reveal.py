"""The reveal of a board: streets appear one after the other, and their lanes fill."""

from dataclasses import replace

from peerreview.domain.result.board import Board, BoardLine, BoardSection

SECONDS = 2.5


def partly_revealed(board: Board, share: float) -> Board:
    """Return the part of a board that is shown after a share of the reveal, from 0 to 1."""
    reach = share * len(board.sections)
    sections = (
        BoardSection(
            section.street, tuple(_partly_filled(line, reach - index) for line in section.lines)
        )
        for index, section in enumerate(board.sections)
        if index <= reach
    )
    return replace(board, sections=tuple(sections))


def _partly_filled(line: BoardLine, part: float) -> BoardLine:
    """Return a line with both sides of its lane filled to a part, from 0 to 1."""
    sides = {"comes_back": line.result.comes_back, "we_give": line.result.we_give}
    filled = {name: 1 + (to - 1) * min(1, part) for name, to in sides.items() if to is not None}
    return replace(line, result=line.result.model_copy(update=filled))
