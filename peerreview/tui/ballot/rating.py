"""The base of the quick ballot and the full grid: answering, undo, leaving a partner out."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.content import Content

from peerreview.domain.rating.ballot import Standing
from peerreview.domain.rating.criteria import Question
from peerreview.domain.rating.scale import CANT_SAY, Scale
from peerreview.domain.text import printable
from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.answers import AnswerList
from peerreview.tui.ballot.prompts import QuestionPrompt
from peerreview.tui.ballot.question import QuestionLine
from peerreview.tui.kit.commands import HELP, Command, make_bindings
from peerreview.tui.kit.page import Page
from peerreview.tui.kit.text import literal_content

_ANSWERS = tuple(
    Command(str(answer), f"answer({answer})", f"answer {answer}", shown=False)
    for answer in range(2, 1 + max(scale.top for scale in Scale))
)
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
    """A screen on which a rater answers; subclasses know the questions and their order."""

    BINDINGS: ClassVar = make_bindings(_ANSWERS)
    HORIZONTAL_BREAKPOINTS = [(0, "-phone"), (60, "-narrow"), (72, "-normal"), (110, "-wide")]

    def __init__(self, turn: Turn, answers: AnswerList[Any], start: BallotCursor) -> None:
        super().__init__(turn.title, turn.status)
        self.turn = turn
        self._answers = answers
        self._start = start
        self._question_line = QuestionLine()

    def on_mount(self) -> None:
        """Start at the cell that the screen was opened with."""
        self._answers.focus()
        self.move_cursor(self._start)
        self.watch(self._answers, "cursor", self.show_prompt, init=False)
        self.watch(self._answers, "column", self.show_prompt, init=False)
        self.show_turn()

    # What subclasses know.

    def ballot_cursor(self) -> BallotCursor:
        """Return the partner, column and question under the cursor."""
        raise NotImplementedError

    def move_cursor(self, cursor: BallotCursor) -> None:
        """Move the cursor to a partner, column and question."""
        raise NotImplementedError

    def prompt(self) -> QuestionPrompt:
        """Return what is asked at the cursor."""
        raise NotImplementedError

    def next_question(self) -> None:
        """Move the cursor to the next question."""
        raise NotImplementedError

    def action_partner(self, by: int) -> None:
        """Move the cursor to another partner, `by` lines further."""
        raise NotImplementedError

    # What both do.

    def question(self) -> Question | None:
        """Return the question at the cursor."""
        return self.prompt().question

    def help_intro(self) -> Sequence[Content]:
        """Return the question at the cursor and why it is asked."""
        if (question := self.question()) is None:
            return ()
        text = Content.styled(printable(question.text), "bold")
        return text, literal_content(question.why), Content()

    def action_answer(self, answer: int) -> None:
        """Give the answer of a number key, or 0 for "can't say", and go on to the next question."""
        question = self.question()
        if question and answer == CANT_SAY:
            self._give_answer(question, answer)
        else:
            self.action_say(str(answer))

    def _give_answer(self, question: Question, answer: int) -> None:
        self.turn.cursor = self.ballot_cursor()
        self.turn.answer(self.turn.cursor.partner, question.id, answer)
        self.show_turn()
        self.next_question()

    def action_say(self, key: str) -> None:
        """Give the answer of a key on the question's scale; x says none of the deal-breakers."""
        question = self.question()
        if key == "x":
            self.turn.cursor = self.ballot_cursor()
            self.turn.deny_deal_breakers(self.turn.cursor.partner)
            self.show_turn()
            self.action_partner(1)
        elif question and (choice := question.scale.choice_by_key(key)):
            self._give_answer(question, choice.answer)
        else:
            self.app.bell()

    def action_leave_out(self, standing: str) -> None:
        """Leave the partner at the cursor out, or take it back in; then go to the next one.

        Args:
            standing: "unknown" or "ours", as in `Standing`.
        """
        self.turn.cursor = self.ballot_cursor()
        self.turn.leave_out(self.turn.cursor.partner, Standing(standing))
        self.show_turn()
        self.action_partner(1)

    def action_column(self, by: int) -> None:
        """Move the cursor by some cells within its line."""
        self._answers.move_column(by)

    def action_undo(self) -> None:
        """Undo the last step."""
        with self.report_errors():
            self.turn.undo()
            self.follow_turn()

    def action_redo(self) -> None:
        """Redo the step that was undone last."""
        with self.report_errors():
            self.turn.redo()
            self.follow_turn()

    def follow_turn(self) -> None:
        """Redraw all answers, and move the cursor to where the turn's last step was made."""
        self._answers.redraw_lines()
        self.move_cursor(self.turn.cursor)
        self.show_turn()

    def show_turn(self) -> None:
        """Redraw the line at the cursor and the count in the title."""
        self._answers.redraw_lines(self._answers.cursor)
        self.title_bar.status = self.turn.status
        self.show_prompt()

    def show_prompt(self) -> None:
        """Show what is asked at the cursor."""
        self._question_line.prompt = self.prompt()
