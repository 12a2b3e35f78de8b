"""The list of answers that the quick ballot and the grid share, and how an answer looks."""

from collections.abc import Sequence

from textual.reactive import var

from peerreview.domain.rating.scale import NO, YES
from peerreview.services.turn import Turn
from peerreview.tui.kit.glyphs import EMPTY, FULL, LETDOWN
from peerreview.tui.kit.lanes import STEPS
from peerreview.tui.kit.lines import Item, LineList, Piece


class AnswerList(LineList[Item]):
    """Lines of answers with a cursor on one cell of a line.

    It draws the answers of the turn. The screen changes the turn and says which line to redraw.
    """

    COLUMNS = 2
    column: var[int] = var(0)
    """The cell under the cursor, counted from the left of its line."""

    def __init__(self, turn: Turn, items: Sequence[Item] = ()) -> None:
        super().__init__(items)
        self._turn = turn

    def watch_column(self) -> None:
        """Redraw the line under the cursor."""
        if self.is_mounted:
            self.redraw_lines(self.cursor)

    def report_cursor(self, index: int) -> None:
        """Post no message: the screen watches cursor and column itself, in the same frame."""

    def move_column(self, by: int) -> None:
        """Move the cursor by some cells within its line, at most to the first or last one."""
        self.column = max(0, min(self.COLUMNS - 1, self.column + by))


def they_pieces(answer: int | None, step_width: int, active: bool) -> list[Piece]:
    """Return the left lane with its number: what comes back fills it from right to left.

    Args:
        answer: 1 to 5, 0 for "can't say", None if there is none.
        step_width: cells that each point of the answer fills.
        active: whether the cursor stands here.
    """
    full, empty = _lane(answer, step_width, active, FULL, "they")
    return [(f"{_number(answer)} ", "text"), empty, full]


def we_pieces(answer: int | None, step_width: int, active: bool) -> list[Piece]:
    """Return the right lane with its number: what we give fills it from left to right."""
    full, empty = _lane(answer, step_width, active, FULL, "we")
    return [full, empty, (f" {_number(answer)}", "text")]


def letdown_pieces(answer: int | None, step_width: int, active: bool) -> list[Piece]:
    """Return a letdown's lane with its number; its sign differs, as a high answer is bad."""
    full, empty = _lane(answer, step_width, active, LETDOWN, "bad")
    return [(f"{_number(answer)} ", "text"), empty, full]


def _number(answer: int | None) -> str:
    """Return the character beside a lane: a digit, "?" for can't say, or a space."""
    if answer is None:
        return " "
    return str(answer) if answer else "?"


def _lane(
    answer: int | None, step_width: int, active: bool, sign: str, style: str
) -> tuple[Piece, Piece]:
    """Return the part of a lane that is full, and the rest."""
    full = sign * (answer or 0) * step_width
    empty = EMPTY * (STEPS * step_width - len(full))
    if active:
        return (full, "active"), (empty, "active")
    return (full, style), (empty, "empty")


def deal_breaker_piece(answer: int | None, active: bool) -> Piece:
    """Return one deal-breaker's answer as a word."""
    word = {None: "·", 0: "can't say", NO: "no", YES: "yes"}[answer]
    return f" {word:<9} ", _deal_breaker_style(answer == YES, active)


def deal_breakers_piece(answers: Sequence[int | None], active: bool) -> Piece:
    """Return all of a partner's deal-breakers in one cell, six characters wide."""
    if YES in answers:
        word = f"! {answers.count(YES)}"
    elif answers and all(answer == NO for answer in answers):
        word = "none"
    else:
        word = "some" if any(answers) else "·"
    return f" {word:<5}", _deal_breaker_style(YES in answers, active)


def _deal_breaker_style(has_yes: bool, active: bool) -> str:
    if active:
        return "active"
    return "ugly" if has_yes else "text"
