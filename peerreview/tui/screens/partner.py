"""One partner: the street and its reasons, what to do, question by question."""

from collections.abc import Iterable
from textwrap import wrap
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain import wording
from peerreview.domain.board import Board, BoardLine
from peerreview.domain.lane import lane
from peerreview.domain.story import Asked, Story, story
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.page import Page
from peerreview.tui.text import safe
from peerreview.tui.widgets.cells import colored

_LABEL, _NAME = 26, 22
_NARROW = 72
_FIRST = "What to do"


class PartnerScreen(Page[None]):
    """Everything the group may know of one partner."""

    NAME = "PARTNER"
    COMMANDS_HERE = (
        Command("right,l,n,enter", "step(1)", "next partner", "→"),
        Command("left,h,p", "step(-1)", "previous", "←"),
        Command("down,j", "scroll(1)", "more", "↓"),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings((*COMMANDS_HERE, Command("up,k", "scroll(-1)", "up")))

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
        partner, told = self._line.partner, self._line.told
        self.bar.place = f"{partner.name} · {partner.kind}"
        voices = f" · {told.voices} voices" if told.voices else ""
        self.bar.state = f"round {self._board.round}{voices}"
        told_so = self._told(story(self._board, self._line))
        self.query_one("#story", Static).update(Content("\n").join(told_so))

    def _told(self, it: Story) -> Iterable[Content]:
        for place, each in enumerate(it.deal_breakers):
            yield Content.styled(f"{'  ' if place else '! '}{each}", "bold $ugly")
        yield Content.assemble((it.verdict.upper(), "bold $road"), (f"   {it.sure}", "$quiet"))
        yield from map(Content, wrap(it.why, max(20, self.size.width - 3)))
        yield from self._facts([fact for fact in it.facts if fact[0] == _FIRST])
        if self._line.told.comes_back is not None:
            yield Content("")
            yield Content.styled(f"{'':<{_LABEL + 1}}they, to us ◀ ▶ we, to them", "$quiet")
            yield self._asked(Asked("all in all", (), (self._line.told.comes_back,
                                                       self._line.told.we_give)))  # fmt: skip
            yield from map(self._asked, it.habits)
            yield Content.styled(it.work.upper(), "bold $road")
            yield from map(self._asked, it.working)
        yield Content("")
        yield from self._facts([fact for fact in it.facts if fact[0] != _FIRST])
        yield Content.styled(wording.FIRST_HAND, "italic $quiet")

    def _asked(self, asked: Asked) -> Content:
        """Return a question's line: a picture where both sides were asked, and the words."""
        narrow = self.size.width < _NARROW
        label = f"  {asked.label:<{_LABEL}}"
        words = asked.said if asked.words else ""
        if len(asked.values) == 1:
            return Content.assemble(label, (words, "$bad" if asked.values[0] else "$quiet"))
        they, we = asked.values
        picture = colored(lane(they, we, 7))
        return Content.assemble(label, picture, "" if narrow else f"  {words}")

    def _facts(self, facts: list[tuple[str, str]]) -> Iterable[Content]:
        room = max(20, self.size.width - _NAME - 4)
        for name, fact in facts:
            for number, part in enumerate(wrap(fact, room)):
                head = "" if number else name
                yield Content.assemble((f"{head:<{_NAME}}", "$quiet"), safe(part))

    def action_step(self, by: int) -> None:
        """Show the next (1) or previous (-1) partner of the board."""
        lines = self._board.everyone
        self._line = lines[(lines.index(self._line) + by) % len(lines)]
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """Scroll the story."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
