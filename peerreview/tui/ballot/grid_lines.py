"""The whole ballot of one partner as one widget: habits both ways, letdowns, deal-breakers."""

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
_HEADS = {
    Section.THEY: "GOOD  how often, first hand?",
    Section.BAD: "BAD   how often?   careful: 1 is good here, 5 is bad",
    Section.UGLY: "UGLY  to our firm, last 24 months?",
}


@dataclass(frozen=True, slots=True)
class GridLine:
    """A heading, or a line of one or two questions (they and we)."""

    head: str = ""
    questions: tuple[Question, ...] = ()
    star: bool = False


def grid_lines(criteria: CriteriaSet) -> tuple[GridLine, ...]:
    """Return the lines of a set's grid, in the order of the ballot."""
    found: list[GridLine] = []
    section: Section | None = None
    for question in criteria.questions:
        if question.section is Section.WE:
            they = found.pop()
            found.append(GridLine("", (*they.questions, question), they.star))
            continue
        if question.section is not section:
            section = question.section
            found.append(GridLine(_HEADS[section]))
        found.append(GridLine("", (question,), question.id == criteria.pair[0]))
    return tuple(found)


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of a label, and of a step of a lane."""
    return max(8, min(_LABEL, width - 19)), 2 if width >= _LABEL + 30 else 1


class Grid(AnswerList[GridLine]):
    """Draws one partner's grid. The screen changes the turn and says which line did."""

    _partner = -1
    """Which one is shown; none yet."""

    def go(self, partner: int, question: str = "") -> None:
        """Show a partner, at a question or from the first one on."""
        if partner != self._partner:
            self._partner = partner
            self.items = grid_lines(self._turn.draft.sets[self._turn.partners[partner].id])
            self.redraw_lines()
        places = (
            (index, column)
            for index, line in enumerate(self.items)
            for column, each in enumerate(line.questions)
            if each.id == question
        )
        self.cursor, self.column = next(places, (self.next_selectable(1, -1), 0))

    def is_selectable(self, index: int) -> bool:
        """Questions can be answered, headings can't."""
        return super().is_selectable(index) and bool(self.items[index].questions)

    @property
    def question(self) -> Question:
        """The question at the cursor."""
        questions = self.items[self.cursor].questions
        return questions[min(self.column, len(questions) - 1)]

    @property
    def entry(self) -> Entry:
        """What is said about the partner shown."""
        return self._turn.draft.entries[self._turn.partners[self._partner].id]

    def advance(self) -> bool:
        """Go on to the next question; return False if this was the last one."""
        if self.column + 1 < len(self.items[self.cursor].questions):
            self.column += 1
            return True
        here = self.cursor
        self.column = 0
        self.cursor = self.next_selectable(1)
        return self.cursor != here

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a label with its answers."""
        line = self.items[index]
        if line.head:
            return [(f" {line.head}", "head")]
        on = index == self.cursor
        room, step = _columns(width)
        answers = [self.entry.answers.get(question.id) for question in line.questions]
        star = "★" if line.star else " "
        pieces: list[Piece] = [
            (CURSOR if on else " ", "road"),
            (f" {fit(line.questions[0].label, room)}{star} ", "strong" if on else "text"),
        ]
        section = line.questions[0].section
        if section is Section.UGLY:
            return [*pieces, deal_breaker_piece(answers[0], on)]
        if section is Section.BAD:
            return [*pieces, *letdown_pieces(answers[0], step, on), (ROAD, "road")]
        back, give = answers
        pieces += they_pieces(back, step, on and self.column == 0)
        return [*pieces, (ROAD, "road"), *we_pieces(give, step, on and self.column == 1)]

    def handle_click(self, index: int, x: int, was_current: bool) -> None:
        """Move to the side clicked."""
        room, step = _columns(self.scrollable_content_region.width)
        self.column = int(x > room + 6 + STEPS * step and len(self.items[index].questions) > 1)
