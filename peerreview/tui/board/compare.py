"""The comparison of two partners of a board, or of one partner over the rounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.comparison import compare_stories
from peerreview.domain.result.lane import BLANK, FULL, filled_cells, lane
from peerreview.domain.result.story import make_story
from peerreview.domain.tally.release import Cells
from peerreview.domain.text import fit
from peerreview.tui.kit.card import TextPage
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.glyphs import DEAL_BREAKER
from peerreview.tui.kit.lanes import STEPS, lane_content
from peerreview.tui.kit.text import literal_content

_LABEL, _CELL, _PICTURED = 26, 17, 21
_SIDES = {"they, to us": "$they", "we, to them": "$we"}


@dataclass(frozen=True, slots=True)
class ComparedBoard:
    """A column of the comparison: its heading, and a partner's line on a board."""

    name: str
    board: Board
    line: BoardLine


class CompareScreen(TextPage[None]):
    """Shows columns side by side; if not all of them fit, the last ones."""

    NAME = "COMPARE"
    COMMANDS_HERE = (Command("down,j", "scroll(1)", "more", "↓"), BACK, HELP)

    def __init__(self, columns: Sequence[ComparedBoard], place: str, state: str) -> None:
        super().__init__(place, state)
        self._columns = tuple(columns)

    def text_lines(self) -> Iterable[Content]:
        """Yield the streets, then all questions, then reason and advice for every column."""
        room = self.size.width - 3
        columns = self._columns[-max(2, (room - _LABEL) // _CELL) :]
        cell = min(30, max(_CELL, (room - _LABEL) // len(columns)), room // 3)
        label = min(_LABEL, room - cell * len(columns))

        def beside(name: str, cells: Iterable[Content]) -> Content:
            fitted = (content.truncate(cell - 1, ellipsis=True, pad=True) for content in cells)
            return Content(" ").join([Content.styled(fit(name, label), "$quiet"), *fitted])

        for name, cells in _head(columns, (cell - 2) // 2):
            yield beside(name, cells)
        stories = [make_story(column.board, column.line) for column in columns]
        for heading, questions in compare_stories(stories):
            yield Content.styled(heading.upper(), "bold $road")
            for question in questions:
                answers = (
                    _answer_content(*answer, heading, cell >= _PICTURED)
                    for answer in question.values
                )
                yield beside(f"  {question.label}", answers)
        yield Content("")
        for column in columns:
            summary = f": {column.line.reason} {wording.advice(column.line.result)}"
            yield Content.assemble(literal_content(column.name).stylize("bold"), summary)


class PastScreen(CompareScreen):
    """Shows one partner over the rounds, a column for each."""

    NAME = "HISTORY"


def _head(columns: Sequence[ComparedBoard], cells: int) -> Iterable[tuple[str, Iterable[Content]]]:
    """Yield a label and the contents of all columns, for everything but questions."""
    results = [column.line.result for column in columns]
    yield "", (literal_content(column.name).stylize("bold") for column in columns)
    yield (
        "street",
        (Content.styled(wording.STREETS[result.street].one, "bold $road") for result in results),
    )
    yield "sure", (Content(result.certainty or "") for result in results)
    yield "comes back ◀ ▶ we give", (_lane_content(result, cells) for result in results)
    yield "voices", (Content(result.voices or "") for result in results)
    yield "their work", (Content(result.work or "") for result in results)
    if any(result.deal_breaker for result in results):
        marks = (
            f"{DEAL_BREAKER} more than one" if result.deal_breaker else "" for result in results
        )
        yield "reported a deal-breaker", (Content.styled(mark, "$ugly") for mark in marks)


def _lane_content(result: Cells, cells: int) -> Content:
    if result.voices and result.comes_back is None:
        return Content.styled("words only", "$quiet")
    return lane_content(lane(result.comes_back, result.we_give, cells))


def _answer_content(word: str, value: float | None, heading: str, pictured: bool) -> Content:
    """Return the word of an answer, after its picture if there is room for both."""
    if value is None:
        return Content.styled(word, "$quiet")
    full = filled_cells(value, STEPS)
    picture = (
        (FULL * full, _SIDES.get(heading, "$road")),
        (BLANK * (STEPS - full), "$quiet"),
        "  ",
    )
    return Content.assemble(*picture, word) if pictured else Content(word)
