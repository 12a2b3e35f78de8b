"""The ballot as questions: for each partner two counts, the deal-breakers, and more on request.

Knows one rater's turn and the order of its questions. Must not know how a ballot is handed in.
"""

from dataclasses import dataclass

from peerreview.domain.rating.ballot import Standing
from peerreview.domain.rating.criteria import CriteriaSet, Question, Section
from peerreview.domain.rating.scale import CANT_SAY
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.services.turn import BallotCursor, Turn

KEYS = (
    "At every question: s can't say, 0 we don't know them, o that's us or in dispute, b back, "
    f"u undo, c check and cast, ? help, or the word {LEAVE} to throw the answers away."
)
_COMMON_KEYS = f"0 o b u c ? {LEAVE}"
"""The answers that every question accepts, separated by spaces."""
_DEAL_BREAKERS, _MORE = "ugly", "more"
"""The ids of two steps that are no questions of the criteria."""
_CANT_SAY_KEY = "s"
_STANDING = {"0": Standing.UNKNOWN, "o": Standing.OURS}
_LEFT_OUT = {Standing.UNKNOWN: " You don't know them.", Standing.OURS: " That's us, or in dispute."}


@dataclass(frozen=True, slots=True)
class BallotStep:
    """One question in the form in which the rater is asked.

    Attributes:
        id: the id of the question, or of a step that is no question of the criteria.
        text: the question, with the meaning of its own answers.
        answers: the keys of its own answers, separated by spaces.
        why: the reason for the question, shown as help.
        question: the question of the criteria; None for a step that isn't one.
    """

    id: str
    text: str
    answers: str
    why: str
    question: Question | None = None

    @classmethod
    def from_question(cls, question: Question) -> "BallotStep":
        """Return the step that asks a question of the criteria."""
        text = question.text
        if question.section is Section.UGLY:
            text = f"{question.label}: {text} To our firm, 24 months?"
        elif question.section is Section.BAD:
            text = f"Careful: 1 is good here, 5 is bad. {text}"
        choices = question.scale.choices
        words = ", ".join(f"{choice.key} {choice.word}" for choice in choices)
        keys = " ".join((*(choice.key for choice in choices), _CANT_SAY_KEY))
        return cls(question.id, f"{text} {words}", keys, question.why, question)

    def answer_from_key(self, key: str) -> int | None:
        """Return the answer that a key gives to a question of the criteria; None for other keys."""
        if self.question is None:
            return None
        choice = self.question.scale.choice_by_key(key)
        if choice:
            return choice.answer
        return CANT_SAY if key == _CANT_SAY_KEY else None

    def answer_text(self, answer: int) -> str:
        """Return an answer as it is repeated to the rater: its number if that is its key."""
        choice = self.question.scale.choice_by_answer(answer) if self.question else None
        if choice is None:
            return "can't say"
        return choice.key if choice.key.isdecimal() else choice.word


class BallotDialogue:
    """Asks one rater about the partners. Its position is the cursor of the turn."""

    def __init__(self, dialogue: Dialogue, turn: Turn) -> None:
        self._dialogue = dialogue
        self._turn = turn
        self._expanded: set[tuple[int, str]] = set()
        self._announced_partner: int | None = None

    def fill(self) -> bool:
        """Ask until the last partner is done or the rater wants to check; False on leaving."""
        while self._turn.cursor.partner < len(self._turn.partners):
            steps = self._steps()
            step_id = self._turn.cursor.question
            index = next((place for place, step in enumerate(steps) if step.id == step_id), 0)
            key = self._ask(steps[index])
            if key in ("c", LEAVE):
                return key == "c"
            with self._dialogue.report_errors():
                self._apply(key, steps[index], index)
        return True

    def go_to_partner(self, partner: int) -> None:
        """Move the cursor to the first question about the partner at this index."""
        self._announced_partner = None
        self._turn.cursor = BallotCursor(partner)

    def _steps(self) -> list[BallotStep]:
        """Return the steps about the current partner in order, as far as they are expanded."""
        partner = self._turn.cursor.partner
        criteria, _ = self._turn.criteria_and_entry(partner)
        steps: list[BallotStep] = []
        deal_breakers: list[BallotStep] = []
        others: list[BallotStep] = []
        for question in criteria.questions:
            if question.id in criteria.starred_pair:
                section = steps
            elif question.section is Section.UGLY:
                section = deal_breakers
            else:
                section = others
            section.append(BallotStep.from_question(question))
        if deal_breakers:
            steps.append(_deal_breakers_step(criteria, deal_breakers))
            if (partner, _DEAL_BREAKERS) in self._expanded:
                steps += deal_breakers
        more = "More about them? m all questions, n the next partner"
        steps.append(BallotStep(_MORE, more, "m n", "Two counts are a voice; more make it surer."))
        if (partner, _MORE) in self._expanded:
            steps += others
        return steps

    def _ask(self, step: BallotStep) -> str:
        """Ask one question and return the key; announce the partner first if it is a new one."""
        place = self._turn.cursor.partner
        turn = self._turn
        partner = turn.partners[place]
        _, entry = turn.criteria_and_entry(place)
        if self._announced_partner != place:
            self._announced_partner = place
            left_out = _LEFT_OUT.get(entry.standing, "")
            number = f"{place + 1} of {len(turn.partners)}"
            self._dialogue.say(f"{number}: {partner.name}, {partner.kind}.{left_out}")
        answer = entry.answers.get(step.id)
        before = "" if answer is None else f" (you said {step.answer_text(answer)})"
        return self._dialogue.choose(step.text + before, f"{step.answers} {_COMMON_KEYS}")

    def _apply(self, key: str, step: BallotStep, index: int) -> None:
        """Do what a key asks for at the step with this index, and move the cursor."""
        turn = self._turn
        partner = self._turn.cursor.partner
        turn.cursor = BallotCursor(partner, question=step.id)
        if key == "u":
            turn.undo()
            return
        next_index = index + 1
        if key == "?":
            self._dialogue.say(step.why)
            self._dialogue.say(KEYS)
            next_index = index
        elif key == "b":
            next_index = index - 1
        elif standing := _STANDING.get(key):
            if turn.criteria_and_entry(partner)[1].standing is not standing:
                turn.leave_out(partner, standing)
            next_index = index + len(self._steps())
        elif (answer := step.answer_from_key(key)) is not None:
            turn.answer(partner, step.id, answer)
        elif key in ("y", "m"):
            self._expanded.add((partner, step.id))
        elif step.id == _DEAL_BREAKERS and key == "n":
            turn.deny_deal_breakers(partner)
        self._go_to_step(next_index)

    def _go_to_step(self, index: int) -> None:
        """Move the cursor to a step, or to the next or previous partner if there is none."""
        partner = self._turn.cursor.partner
        steps = self._steps()
        if index < 0:
            self.go_to_partner(max(0, partner - 1))
        elif index < len(steps):
            self._turn.cursor = BallotCursor(partner, question=steps[index].id)
        else:
            self.go_to_partner(partner + 1)


def _deal_breakers_step(criteria: CriteriaSet, deal_breakers: list[BallotStep]) -> BallotStep:
    """Return the step that asks about all deal-breakers at once."""
    labels = ", ".join(deal_breaker.label for deal_breaker in criteria.deal_breaker)
    text = f"Deal-breakers: {labels}? n none of them, y one of them"
    return BallotStep(_DEAL_BREAKERS, text, "n y s", " ".join(step.text for step in deal_breakers))
