"""The page of one partner: street, reason, advice, and all questions."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from textwrap import wrap

from textual.containers import VerticalScroll
from textual.content import Content

from peerreview.domain.group.group import Group
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.comparison import partner_history
from peerreview.domain.result.lane import lane
from peerreview.domain.result.story import NOT_SHOWN, QuestionResult, make_story
from peerreview.domain.text import fit
from peerreview.tui.board.wording import verdict_sentence
from peerreview.tui.kit.card import TextPage
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.page import CopyRequested
from peerreview.tui.kit.text import literal_content

FollowUp = tuple[str, BoardLine]
"""The command of the board to run next, and the partner it is for."""

_LABEL, _LANE, _NAME = 28, 7, 26
_PHONE, _NARROW = 60, 72
_FIRST = "What to do"


class PartnerScreen(TextPage[FollowUp]):
    """Shows everything the group may know of one partner; returns the next command, if any."""

    NAME = "PARTNER"
    COMMANDS_HERE = (
        Command("right,l,n,enter", "step(1)", "next partner", "→"),
        Command("left,h,p", "step(-1)", "previous", "←"),
        Command("v", "onward('compare')", "compare", help="Beside another one, side by side."),
        Command("s", "onward('same_kind')", "same kind", help="The board of this kind only."),
        Command("r", "rounds", "rounds", help="This partner over the rounds."),
        Command("y", "copy", "copy", shown=False, help="Copy the verdict as one sentence."),
        Command("down,j", "scroll(1)", "more", "↓", shown=False),
        BACK,
        HELP,
    )

    def __init__(
        self, board: Board, line: BoardLine, group: Group, among: Sequence[BoardLine] = ()
    ) -> None:
        super().__init__()
        self._board = board
        self._line = line
        self._group = group
        self._among = among or board.all_lines

    def text_lines(self) -> Iterable[Content]:
        """Yield the partner's story."""
        partner = self._line.partner
        result = self._line.result
        self.title_bar.location = f"{partner.name} · {partner.kind}"
        voices = f" · {result.voices} voices" if result.voices else ""
        self.title_bar.status = f"round {self._board.round}{voices}"
        story = make_story(self._board, self._line)
        for index, notice in enumerate(story.deal_breakers):
            yield Content.styled(f"{'  ' if index else '! '}{notice}", "bold $ugly")
        street, comma, sure = story.verdict.partition(",")
        why_sure = f" ({story.certainty_meaning})" if story.certainty_meaning else ""
        yield Content.assemble(
            (street.upper(), "bold $road"), f"{comma}{sure}", (why_sure, "$quiet")
        )
        yield from map(Content, wrap(story.reason, max(20, self.size.width - 3)))
        yield from self._facts([fact for fact in story.facts if fact[0] == _FIRST])
        if result.comes_back is not None:
            yield Content("")
            us, them = (", to us", ", to them") if self.size.width >= _PHONE else ("", "")
            yield Content.styled(f"{f'they{us} ◀':>{self._label + _LANE}} ▶ we{them}", "$quiet")
            yield self._question_line(
                QuestionResult("all in all", (), (result.comes_back, result.we_give))
            )
            yield from self._answers(story.habits)
            if story.work:
                yield Content.assemble(("THEIR WORK", "bold $road"), f"   {result.work or ''}")
            yield from self._answers(story.work_questions)
        yield Content("")
        yield from self._facts([fact for fact in story.facts if fact[0] != _FIRST])
        yield Content.styled(wording.FIRST_HAND, "italic $quiet")

    @property
    def _label(self) -> int:
        return min(_LABEL, self.size.width - 2 * _LANE - 6)

    def _question_line(self, question: QuestionResult) -> Content:
        """Return a question's line: a lane if it has two sides, and its words."""
        label = f"  {fit(question.label, self._label - 3)} "
        if len(question.values) == 1:
            return Content.assemble(
                label, (question.phrase, "$bad" if question.values[0] else "$quiet")
            )
        they, we = question.values
        words = question.phrase if question.words and self.size.width >= _NARROW else ""
        return Content.assemble(label, lane_content(lane(they, we, _LANE)), f"   {words}")

    def _answers(self, questions: Sequence[QuestionResult]) -> Iterable[Content]:
        """Yield the questions that are shown, letdowns in two columns, and name the rest."""
        half = _LABEL + 10
        shown = [question for question in questions if any(question.values)]
        whole = [
            question for question in shown if len(question.values) > 1 or self.size.width < 2 * half
        ]
        yield from map(self._question_line, whole)
        rest = [self._question_line(question) for question in shown if question not in whole]
        for left, right in zip_longest(rest[::2], rest[1::2], fillvalue=Content("")):
            yield Content.assemble(left.truncate(half, pad=True), right)
        if hidden := " · ".join(question.label for question in questions if question not in shown):
            for part in wrap(f"{NOT_SHOWN}: {hidden}", max(20, self.size.width - 5)):
                yield Content.styled(f"  {part}", "$quiet")

    def _facts(self, facts: list[tuple[str, str]]) -> Iterable[Content]:
        column = _NAME if self.size.width >= _PHONE else 0
        for name, fact in facts:
            text = fact if column else f"{name}: {fact}"
            for number, part in enumerate(wrap(text, max(20, self.size.width - column - 4))):
                head = name if column and not number else ""
                yield Content.assemble((f"{head:<{column}}", "$quiet"), literal_content(part))

    def action_step(self, by: int) -> None:
        """Show the next (1) or previous (-1) partner."""
        here = self._among.index(self._line)
        self._line = self._among[(here + by) % len(self._among)]
        self.refresh_text()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_onward(self, action: str) -> None:
        """Return to the board and run a command for this partner there."""
        self.dismiss((action, self._line))

    def action_copy(self) -> None:
        """Copy the verdict without deal-breakers, which never leave the group."""
        self.post_message(CopyRequested(verdict_sentence(self._line)))

    def action_rounds(self) -> None:
        """Show this partner over the rounds."""
        from peerreview.tui.board.compare import ComparedBoard, PastScreen

        past = partner_history(self._group, self._line.partner.id)
        columns = [ComparedBoard(f"round {board.round}", board, line) for board, line in past]
        self.app.push_screen(PastScreen(columns, self._line.partner.name, "over the rounds"))
