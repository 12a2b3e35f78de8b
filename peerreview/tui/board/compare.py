"""Side by side: two partners of a board, or one partner over the rounds, question by question."""

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
    """What stands side by side: a name for it, and a partner's line of a board."""

    name: str
    board: Board
    line: BoardLine


class CompareScreen(TextPage[None]):
    """Shows columns side by side; where not all fit, the last ones."""

    NAME = "COMPARE"
    COMMANDS_HERE = (Command("down,j", "scroll(1)", "more", "↓"), BACK, HELP)

    def __init__(self, columns: Sequence[ComparedBoard], place: str, state: str) -> None:
        super().__init__(place, state)
        self._columns = tuple(columns)

    def text_lines(self) -> Iterable[Content]:
        """Yield the streets, then every question, then what each of them means."""
        room = self.size.width - 3
        columns = self._columns[-max(2, (room - _LABEL) // _CELL) :]
        cell = min(30, max(_CELL, (room - _LABEL) // len(columns)), room // 3)
        label = min(_LABEL, room - cell * len(columns))

        def beside(name: str, cells: Iterable[Content]) -> Content:
            fitted = (each.truncate(cell - 1, ellipsis=True, pad=True) for each in cells)
            return Content(" ").join([Content.styled(fit(name, label), "$quiet"), *fitted])

        for name, cells in _head(columns, (cell - 2) // 2):
            yield beside(name, cells)
        stories = [make_story(each.board, each.line) for each in columns]
        for heading, questions in compare_stories(stories):
            yield Content.styled(heading.upper(), "bold $road")
            for each in questions:
                said = (_said(*one, heading, cell >= _PICTURED) for one in each.values)
                yield beside(f"  {each.label}", said)
        yield Content("")
        for each in columns:
            said = f": {each.line.reason} {wording.advice(each.line.result)}"
            yield Content.assemble(literal_content(each.name).stylize("bold"), said)


class PastScreen(CompareScreen):
    """Shows one partner over the rounds."""

    NAME = "HISTORY"


def _head(columns: Sequence[ComparedBoard], cells: int) -> Iterable[tuple[str, Iterable[Content]]]:
    """Yield what is known of each column as a whole."""
    told = [each.line.result for each in columns]
    yield "", (literal_content(each.name).stylize("bold") for each in columns)
    yield (
        "street",
        (Content.styled(wording.STREETS[each.street].one, "bold $road") for each in told),
    )
    yield "sure", (Content(each.certainty or "") for each in told)
    yield "comes back ◀ ▶ we give", (_street(each, cells) for each in told)
    yield "voices", (Content(each.voices or "") for each in told)
    yield "their work", (Content(each.work or "") for each in told)
    if any(each.deal_breaker for each in told):
        marks = (f"{DEAL_BREAKER} more than one" if each.deal_breaker else "" for each in told)
        yield "reported a deal-breaker", (Content.styled(each, "$ugly") for each in marks)


def _street(told: Cells, cells: int) -> Content:
    if told.voices and told.comes_back is None:
        return Content.styled("words only", "$quiet")
    return lane_content(lane(told.comes_back, told.we_give, cells))


def _said(word: str, value: float | None, heading: str, pictured: bool) -> Content:
    """Return a side's word, and its picture where there is room for both."""
    if value is None:
        return Content.styled(word, "$quiet")
    full = filled_cells(value, STEPS)
    picture = (
        (FULL * full, _SIDES.get(heading, "$road")),
        (BLANK * (STEPS - full), "$quiet"),
        "  ",
    )
    return Content.assemble(*picture, word) if pictured else Content(word)
