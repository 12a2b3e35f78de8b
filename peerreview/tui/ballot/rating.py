"""What the quick ballot and the full grid share: answering, undo, leaving a partner out."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.content import Content

from peerreview.domain.rating.ballot import NO, YES, Standing
from peerreview.domain.rating.criteria import Question, Scale
from peerreview.domain.text import printable
from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.answers import AnswerList
from peerreview.tui.ballot.question import QuestionLine, QuestionPrompt
from peerreview.tui.kit.commands import HELP, Command, make_bindings
from peerreview.tui.kit.page import Page
from peerreview.tui.kit.text import literal_content

_ANSWERS = tuple(Command(str(n), f"answer({n})", f"answer {n}", shown=False) for n in range(2, 6))
SHARED = (
    Command("1", "answer(1)", "answer", "1 to 5", shown=False,
            help="Answer, and on to the next question."),
    Command("space", "answer(0)", "can't say", "space", shown=False,
            help="Can't say. A good answer: it never lowers a score."),
    Command("y", "say('y')", "yes", shown=False, help="Deal-breaker: yes, it happened to us."),
    Command("n", "say('n')", "no", shown=False, help="Deal-breaker: no."),
    Command("x", "say('x')", "none of them", shown=False, help="None of the deal-breakers."),
    Command("0", "leave_out('unknown')", "don't know", help="We don't know them."),
    Command("o", "leave_out('ours')", "that's us", shown=False,
            help="That's us, or we are in dispute. Nobody can see it."),
    Command("u,ctrl+z", "undo", "undo", "u", help="Undo the last step."),
    Command("U,ctrl+y", "redo", "redo", "U", shown=False, help="Do it again."),
    Command("c", "check", "check & cast", help="Check the ballot, then hand it in."),
    Command("left,h", "column(-1)", "left", "←", shown=False),
    Command("right,l", "column(1)", "right", "→", shown=False),
    Command("backspace,pageup", "partner(-1)", "previous", "Backspace", shown=False),
    HELP,
)  # fmt: skip


class RatingScreen(Page[bool]):
    """A screen on which a turn's answers are given. Subclasses know question and order."""

    BINDINGS: ClassVar = make_bindings(_ANSWERS)
    HORIZONTAL_BREAKPOINTS = [(0, "-phone"), (60, "-narrow"), (72, "-normal"), (110, "-wide")]

    def __init__(self, turn: Turn, answers: AnswerList[Any], start: BallotCursor) -> None:
        super().__init__(turn.title, turn.status)
        self.turn, self._answers, self._start = turn, answers, start
        self._question_line = QuestionLine()

    def on_mount(self) -> None:
        """Start where the turn stands."""
        self._answers.focus()
        self.go(self._start)
        self.watch(self._answers, "cursor", self.show_question, init=False)
        self.watch(self._answers, "column", self.show_question, init=False)
        self.show()

    # What a subclass knows.

    def place(self) -> BallotCursor:
        """Return where the cursor stands."""
        raise NotImplementedError

    def go(self, place: BallotCursor) -> None:
        """Put the cursor somewhere."""
        raise NotImplementedError

    def asked(self) -> QuestionPrompt:
        """Return what is asked at the cursor."""
        raise NotImplementedError

    def advance(self) -> None:
        """Go on to the next question."""
        raise NotImplementedError

    def action_partner(self, by: int) -> None:
        """Go to another partner, so many further."""
        raise NotImplementedError

    # What all of them do.

    def question(self) -> Question | None:
        """Return the question at the cursor."""
        return self.asked().question

    def help_intro(self) -> Sequence[Content]:
        """Return the question at the cursor and why it is asked."""
        if (question := self.question()) is None:
            return ()
        said = Content.styled(printable(question.text), "bold")
        return said, literal_content(question.why), Content()

    def action_answer(self, answer: int) -> None:
        """Answer the question at the cursor and move on; 0 is "can't say"."""
        question = self.question()
        if question is None or (question.scale is Scale.YES_NO and answer):
            self.app.bell()
            return
        self._give(question, answer)

    def _give(self, question: Question, answer: int) -> None:
        self.turn.cursor = self.place()
        self.turn.answer(self.turn.cursor.partner, question.id, answer)
        self.show()
        self.advance()

    def action_say(self, key: str) -> None:
        """Answer a deal-breaker: y yes, n no, x none of them."""
        question = self.question()
        if key == "x":
            self.turn.cursor = self.place()
            self.turn.none_of_them(self.turn.cursor.partner)
            self.show()
            self.action_partner(1)
        elif question and question.scale is Scale.YES_NO:
            self._give(question, YES if key == "y" else NO)
        else:
            self.app.bell()

    def action_leave_out(self, standing: str) -> None:
        """Leave the partner at the cursor out: not known, or ours."""
        wanted = Standing.UNKNOWN if standing == "unknown" else Standing.OURS
        self.turn.cursor = self.place()
        self.turn.leave_out(self.turn.cursor.partner, wanted)
        self.show()
        self.action_partner(1)

    def action_column(self, by: int) -> None:
        """Move to the cell beside."""
        self._answers.move_column(by)

    def action_undo(self) -> None:
        """Take the last step back."""
        with self.report_errors():
            self.turn.undo()
            self.returned()

    def action_redo(self) -> None:
        """Make the step undone last again."""
        with self.report_errors():
            self.turn.redo()
            self.returned()

    def returned(self) -> None:
        """Go where the turn says the step was made."""
        self._answers.redraw_lines()
        self.go(self.turn.cursor)
        self.show()

    def show(self) -> None:
        """Draw what changed at the cursor."""
        self._answers.redraw_lines(self._answers.cursor)
        self.title_bar.status = self.turn.status
        self.show_question()

    def show_question(self) -> None:
        """Show what the cursor asks for."""
        self._question_line.asked = self.asked()
