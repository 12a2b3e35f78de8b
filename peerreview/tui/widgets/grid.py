"""The whole ballot of one partner as one widget: habits both ways, letdowns, deal-breakers."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.reactive import var

from peerreview.domain.ballot import Entry
from peerreview.domain.criteria import CriteriaSet, Question, Section
from peerreview.tui.glyphs import CURSOR, ROAD
from peerreview.tui.text import fit
from peerreview.services.turn import Turn
from peerreview.tui.widgets import cells
from peerreview.tui.widgets.lines import Lines, Piece

_LABEL = 24
_HEADS = {
    Section.THEY: "GOOD  how often?",
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


class Grid(Lines):
    """Draws one partner's grid. The screen changes the turn and says which line did."""

    column: var[int] = var(0)
    """0 they, 1 we."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._turn = turn
        self._partner = turn.place.partner
        self._lines = self._grid()

    def _grid(self) -> tuple[GridLine, ...]:
        return grid_lines(self._turn.draft.sets[self._turn.partners[self._partner].id])

    def show(self, partner: int) -> None:
        """Show another partner, from its first question on."""
        self._partner = partner
        self._lines = self._grid()
        self.column = 0
        self.cursor = self.step(1, -1)
        self.changed()

    @property
    def count(self) -> int:
        """Headings and questions."""
        return len(self._lines)

    def selectable(self, index: int) -> bool:
        """Questions can be answered, headings can't."""
        return super().selectable(index) and bool(self._lines[index].questions)

    @property
    def question(self) -> Question:
        """The question at the cursor."""
        questions = self._lines[self.cursor].questions
        return questions[min(self.column, len(questions) - 1)]

    @property
    def entry(self) -> Entry:
        """What is said about the partner shown."""
        return self._turn.draft.entries[self._turn.partners[self._partner].id]

    def find(self, question_id: str) -> None:
        """Put the cursor on a question."""
        for index, line in enumerate(self._lines):
            for column, question in enumerate(line.questions):
                if question.id == question_id:
                    self.cursor, self.column = index, column

    def advance(self) -> bool:
        """Go on to the next question; return False if this was the last one."""
        if self.column + 1 < len(self._lines[self.cursor].questions):
            self.column += 1
            return True
        here = self.cursor
        self.column = 0
        self.cursor = self.step(1)
        return self.cursor != here

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a heading, or a label with its answers."""
        line = self._lines[index]
        if line.head:
            return [(f" {line.head}", "head")]
        on = index == self.cursor
        step = 2 if width >= _LABEL + 30 else 1
        answers = [self.entry.answers.get(question.id) for question in line.questions]
        star = "★" if line.star else " "
        pieces: list[Piece] = [
            (CURSOR if on else " ", "road"),
            (f" {fit(line.questions[0].label, _LABEL)}{star} ", "strong" if on else "text"),
        ]
        section = line.questions[0].section
        if section is Section.UGLY:
            return [*pieces, *cells.deal_breaker(answers[0], on)]
        if section is Section.BAD:
            return [*pieces, *cells.letdown(answers[0], step, on), (ROAD, "road")]
        back, give = answers
        pieces += cells.they(back, step, on and self.column == 0)
        return [*pieces, (ROAD, "road"), *cells.we(give, step, on and self.column == 1)]

    def watch_column(self) -> None:
        """Draw the line under the cursor anew."""
        if self.is_mounted:
            self.changed(self.cursor)
            self.post_message(self.Highlighted(self, self.cursor))

    def clicked(self, index: int, x: int, again: bool) -> None:
        """Move to the side clicked."""
        step = 2 if self.scrollable_content_region.width >= _LABEL + 30 else 1
        road = 3 + _LABEL + 1 + 2 + cells.STEPS * step
        self.column = int(x > road and len(self._lines[index].questions) > 1)
