"""One partner: the street and its reasons, question by question, and what to do."""

from collections.abc import Iterable
from textwrap import wrap
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain import wording
from peerreview.domain.board import Board, BoardLine
from peerreview.domain.criteria import Habit
from peerreview.domain.lane import lane
from peerreview.domain.release import Band
from peerreview.domain.verdict import Street
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.page import Page
from peerreview.tui.text import safe
from peerreview.tui.widgets.cells import street

_COLORS = {"they": "$they", "we": "$we", "road": "$road", "empty": "$quiet"}


def _picture(comes_back: float | None, we_give: float | None) -> Content:
    pieces = street(lane(comes_back, we_give, 7))
    return Content.assemble(*((text, _COLORS[name]) for text, name in pieces))


def _index(band: Band | None) -> float | None:
    """Return the middle of a band on the scale from 1 to 5, for the picture."""
    return None if band is None else 1 + 4 * (band.band - 1) / (band.of - 1)


class PartnerScreen(Page[None]):
    """Everything the group may know of one partner."""

    NAME = "PARTNER"
    COMMANDS_HERE = (
        Command("right,l,n,enter", "step(1)", "next partner", "→"),
        Command("left,h,p", "step(-1)", "previous", "←"),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(
        (
            *COMMANDS_HERE,
            Command("down,j", "scroll(1)", "down"),
            Command("up,k", "scroll(-1)", "up"),
        )
    )

    def __init__(self, board: Board, line: BoardLine) -> None:
        super().__init__()
        self._board, self._line = board, line

    def body(self) -> Iterable[Widget]:
        """Yield the whole story as one scrolling text."""
        yield VerticalScroll(Static(id="story"), classes="pad", can_focus=False)

    def on_resize(self) -> None:
        """Tell the story in the width there is."""
        self._show()

    def _show(self) -> None:
        line, bar = self._line, self.bar
        bar.place = f"{line.partner.name} · {line.partner.kind}"
        voices = f" · {line.told.voices} voices" if line.told.voices else ""
        bar.state = f"round {self._board.round}{voices}"
        self.query_one("#story", Static).update(Content("\n").join(self._story()))

    def _story(self) -> Iterable[Content]:
        told, criteria = self._line.told, self._line.criteria
        yield Content("")
        if told.deal_breaker:
            yield Content.styled(f"! {wording.DEAL_BREAKER_SAYS}", "bold $ugly")
            for each in criteria.deal_breaker:
                if each.id in told.deal_breakers:
                    yield Content.styled(f"  {each.label}", "$ugly")
        sure = f"   {wording.how_sure(told)}" if told.certainty else ""
        yield Content.assemble((wording.verdict(told).upper(), "bold $road"), (sure, "$quiet"))
        yield Content(wording.why(told, criteria))
        if told.comes_back is not None:
            yield Content("")
            yield from self._questions()
        yield Content("")
        yield from self._rest()

    def _questions(self) -> Iterable[Content]:
        told, criteria = self._line.told, self._line.criteria
        yield Content.styled(f"{'':<27}they, to us ◀ ▶ we, to them", "$quiet")
        yield Content.assemble(f"  {'all in all':<26}", _picture(told.comes_back, told.we_give))
        yield from (self._habit(habit) for habit in criteria.habit if habit.part == "lane")
        yield Content("")
        work = f"THEIR WORK  {told.work}" if told.work else "THEIR WORK"
        yield Content.styled(work, "bold $road")
        yield from (self._habit(habit) for habit in criteria.habit if habit.part == "work")
        for letdown in criteria.letdown:
            band = told.bands.get(letdown.id)
            said = self._word(letdown.id, band)
            yield Content.assemble(f"  {letdown.label:<26}", (said, "$bad" if band else "$quiet"))

    def _habit(self, habit: Habit) -> Content:
        bands = self._line.told.bands
        they, we = bands.get(f"they.{habit.id}"), bands.get(f"we.{habit.id}")
        if they is None and we is None:
            said = ("not shown: fewer than 6 answered", "$quiet")
            return Content.assemble(f"  {habit.label:<26}", said)
        left, right = self._word(f"they.{habit.id}", they), self._word(f"we.{habit.id}", we)
        words = f" {left:<13}| {right}"
        return Content.assemble(f"  {habit.label:<26}", _picture(_index(they), _index(we)), words)

    def _word(self, question_id: str, band: Band | None) -> str:
        if band is None:
            return "not shown"
        criteria = self._line.criteria
        return wording.band_word(band, criteria.questions[criteria.position[question_id]].scale)

    def _rest(self) -> Iterable[Content]:
        told, line = self._line.told, self._line
        facts = [
            ("Since last time", line.since.sentence),
            ("What would change it", wording.what_would_change(told)),
            ("Not shown", wording.not_shown(told, line.criteria)),
            ("What to do", wording.advice(told)),
            ("Same kind, two-way", ", ".join(p.partner.name for p in self._better())),
        ]
        for name, fact in facts:
            room = max(20, self.size.width - 26)
            for number, part in enumerate(wrap(fact, room)):
                yield Content.assemble((f"{'' if number else name:<22}", "$quiet"), safe(part))
        yield Content("")
        yield Content.styled(wording.FIRST_HAND, "italic $quiet")

    def _better(self) -> tuple[BoardLine, ...]:
        if self._line.told.street is Street.TWO_WAY and not self._line.told.deal_breaker:
            return ()
        return self._board.better_of_kind(self._line)[:3]

    def action_step(self, by: int) -> None:
        """Show the next (1) or previous (-1) partner of the board."""
        lines = [*self._board.lines, *self._board.too_few]
        self._line = lines[(lines.index(self._line) + by) % len(lines)]
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """Scroll the story."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
