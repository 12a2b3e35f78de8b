"""The widget for all questions about one partner: habits both ways, letdowns, deal-breakers."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerreview.domain.rating.ballot import Entry
from peerreview.domain.rating.criteria import CriteriaSet, Question, Section
from peerreview.domain.text import fit
from peerreview.tui.ballot.answers import (
    AnswerList,
    deal_breaker_piece,
    letdown_pieces,
    they_pieces,
    we_pieces,
)
from peerreview.tui.kit.glyphs import CURSOR, ROAD
from peerreview.tui.kit.lanes import STEPS
from peerreview.tui.kit.lines import Piece

_LABEL = 24
_HEADINGS = {
    Section.THEY: "GOOD  how often, first hand?",
    Section.BAD: "BAD   how often?   careful: 1 is good here, 5 is bad",
    Section.UGLY: "UGLY  to our firm, last 24 months?",
}


@dataclass(frozen=True, slots=True)
class GridLine:
    """A heading, or a line of one or two questions (they and we)."""

    heading: str = ""
    questions: tuple[Question, ...] = ()
    star: bool = False


def grid_lines(criteria: CriteriaSet) -> tuple[GridLine, ...]:
    """Return the lines of a set's grid, in the order of the ballot."""
    lines: list[GridLine] = []
    section: Section | None = None
    for question in criteria.questions:
        if question.section is Section.WE:
            they = lines.pop()
            lines.append(GridLine("", (*they.questions, question), they.star))
            continue
        if question.section is not section:
            section = question.section
            lines.append(GridLine(_HEADINGS[section]))
        lines.append(GridLine("", (question,), question.id == criteria.starred_pair[0]))
    return tuple(lines)


def question_cells(lines: Sequence[GridLine]) -> dict[str, tuple[int, int]]:
    """Return line and column of each question by its id, in the order of the ballot."""
    return {
        question.id: (index, column)
        for index, line in enumerate(lines)
        for column, question in enumerate(line.questions)
    }


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of a label, and the cells that each point of an answer fills."""
    return max(8, min(_LABEL, width - 19)), 2 if width >= _LABEL + 30 else 1


class Grid(AnswerList[GridLine]):
    """All questions about one partner, with the answers so far."""

    _partner = -1
    """The index of the partner shown, -1 for none yet."""

    def show_partner(self, partner: int, question_id: str = "") -> None:
        """Show a partner, with the cursor on a question, or else on the first one."""
        if partner != self._partner:
            self._partner = partner
            self.items = grid_lines(self._turn.draft.sets[self._turn.partners[partner].id])
            self.redraw_lines()
        cells = question_cells(self.items)
        first = next(iter(cells.values()))
        self.cursor, self.column = cells.get(question_id, first)

    def is_selectable(self, index: int) -> bool:
        """Tell whether a line has questions; headings have none."""
        return super().is_selectable(index) and bool(self.items[index].questions)

    @property
    def question(self) -> Question:
        """The question at the cursor; on a line of one question, that one."""
        questions = self.items[self.cursor].questions
        return questions[min(self.column, len(questions) - 1)]

    @property
    def entry(self) -> Entry:
        """The draft's answers about the partner shown."""
        return self._turn.draft.entries[self._turn.partners[self._partner].id]

    def next_question(self) -> bool:
        """Move to the next question; return False if this was the last one."""
        cells = question_cells(self.items)
        ids = list(cells)
        following = ids.index(self.question.id) + 1
        if following == len(ids):
            return False
        self.cursor, self.column = cells[ids[following]]
        return True

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a label with its answers."""
        line = self.items[index]
        if line.heading:
            return [(f" {line.heading}", "head")]
        on = index == self.cursor
        label_width, step_width = _columns(width)
        answers = [self.entry.answers.get(question.id) for question in line.questions]
        star = "★" if line.star else " "
        pieces: list[Piece] = [
            (CURSOR if on else " ", "road"),
            (f" {fit(line.questions[0].label, label_width)}{star} ", "strong" if on else "text"),
        ]
        section = line.questions[0].section
        if section is Section.UGLY:
            return [*pieces, deal_breaker_piece(answers[0], on)]
        if section is Section.BAD:
            return [*pieces, *letdown_pieces(answers[0], step_width, on), (ROAD, "road")]
        they, we = answers
        pieces += they_pieces(they, step_width, on and self.column == 0)
        return [*pieces, (ROAD, "road"), *we_pieces(we, step_width, on and self.column == 1)]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Move to the side that was clicked: left or right of the center line."""
        label_width, step_width = _columns(self.scrollable_content_region.width)
        center = label_width + 6 + STEPS * step_width
        has_sides = len(self.items[index].questions) > 1
        self.column = 1 if has_sides and x > center else 0
