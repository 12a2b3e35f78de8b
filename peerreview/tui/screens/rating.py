"""What the quick ballot and the full grid share: answering, undo, leaving a partner out."""

from peerreview.domain.ballot import NO, YES, Standing
from peerreview.domain.criteria import Question, Scale
from peerreview.tui.commands import HELP, Command
from peerreview.tui.screens.page import Page, Result
from peerreview.services.turn import Place, Turn

ANSWERS = tuple(Command(str(n), f"answer({n})", f"answer {n}", shown=False) for n in range(2, 6))
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
    HELP,
)  # fmt: skip


class RatingScreen(Page[Result]):
    """A screen on which a turn's answers are given. Subclasses know question and order."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn.title, turn.state)
        self.turn = turn

    # What a subclass knows.

    def place(self) -> Place:
        """Return where the cursor stands."""
        raise NotImplementedError

    def question(self) -> Question | None:
        """Return the question at the cursor, if a single answer can be given here."""
        raise NotImplementedError

    def advance(self) -> None:
        """Go on to the next question."""
        raise NotImplementedError

    def next_partner(self) -> None:
        """Go on to the next partner."""
        raise NotImplementedError

    def show(self) -> None:
        """Draw what changed."""
        raise NotImplementedError

    # What all of them do.

    def action_answer(self, answer: int) -> None:
        """Answer the question at the cursor and move on; 0 is "can't say"."""
        question = self.question()
        if question is None or (question.scale is Scale.YES_NO and answer):
            self.app.bell()
            return
        self.give(question, answer)
        self.show()
        self.advance()

    def give(self, question: Question, answer: int) -> None:
        """Set one answer in the turn, remembering where."""
        self.turn.place = self.place()
        self.turn.answer(self.turn.place.partner, question.id, answer)

    def action_say(self, key: str) -> None:
        """Answer a deal-breaker: y yes, n no, x none of them."""
        if key == "x":
            self.turn.place = self.place()
            self.turn.none_of_them(self.turn.place.partner)
            self.show()
            self.next_partner()
            return
        question = self.question()
        if question is None or question.scale is not Scale.YES_NO:
            self.app.bell()
            return
        self.give(question, YES if key == "y" else NO)
        self.show()
        self.advance()

    def action_leave_out(self, standing: str) -> None:
        """Leave the partner at the cursor out: not known, or ours."""
        wanted = Standing.UNKNOWN if standing == "unknown" else Standing.OURS
        self.turn.place = self.place()
        self.turn.leave_out(self.turn.place.partner, wanted)
        self.show()
        self.next_partner()

    def action_undo(self) -> None:
        """Take the last step back."""
        with self.complaints():
            self.turn.undo()
            self.returned()

    def action_redo(self) -> None:
        """Make the step undone last again."""
        with self.complaints():
            self.turn.redo()
            self.returned()

    def returned(self) -> None:
        """Go where the turn says the step was made."""
        self.show()

    def on_screen_resume(self) -> None:
        """Show the turn as it is now."""
        self.show_state()

    def show_state(self) -> None:
        """Show how far the ballot is."""
        self.bar.state = self.turn.state
