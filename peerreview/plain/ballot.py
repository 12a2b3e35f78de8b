"""The ballot as questions: partner by partner two counts, the deal-breakers, more if wanted.

Knows one rater's turn and the order of its questions; must not know how a ballot is handed in.
"""

from dataclasses import dataclass

from peerreview.domain.rating.ballot import Standing
from peerreview.domain.rating.criteria import Question, Section
from peerreview.domain.rating.scale import CANT_SAY
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.services.turn import BallotCursor, Turn

KEYS = (
    "At every question: s can't say, 0 we don't know them, o that's us or in dispute, b back, "
    f"u undo, c check and cast, ? help, or the word {LEAVE} to throw the answers away."
)
_EVERYWHERE = f"0 o b u c ? {LEAVE}"
_UGLY, _MORE = "ugly", "more"
"""Two questions that no criteria have: is there a deal-breaker, and is there more to say."""
_CANT_SAY_KEY = "s"
_STANDING = {"0": Standing.UNKNOWN, "o": Standing.OURS}
_LEFT_OUT = {Standing.UNKNOWN: " You don't know them.", Standing.OURS: " That's us, or in dispute."}


@dataclass(frozen=True, slots=True)
class BallotStep:
    """A question as it is asked: its text with its own answers, and why we ask.

    Attributes:
        answers: the keys of its own answers, between spaces.
        question: the question of the criteria, if it is one.
    """

    id: str
    text: str
    answers: str
    why: str
    question: Question | None = None

    @classmethod
    def at(cls, question: Question) -> "BallotStep":
        """Return a question of the criteria as it is asked."""
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


class Ballot:
    """One rater's way through the partners; where it stands is the place of the turn."""

    def __init__(self, talk: Dialogue, turn: Turn) -> None:
        self._talk, self._turn = talk, turn
        self._opened: set[tuple[int, str]] = set()
        self._spoken_of: int | None = None

    def fill(self) -> bool:
        """Ask until everything was asked or is to be checked; False if the rater leaves."""
        while self._turn.cursor.partner < len(self._turn.partners):
            stops, at = self._stops(), self._turn.cursor.question
            index = next((place for place, stop in enumerate(stops) if stop.id == at), 0)
            key = self._ask(stops[index])
            if key in ("c", LEAVE):
                return key == "c"
            with self._talk.complaints():
                self._obey(key, stops[index], index)
        return True

    def look_at(self, partner: int) -> None:
        """Go to a partner's first question, for `fill` to start there."""
        self._spoken_of = None
        self._turn.cursor = BallotCursor(partner)

    def _stops(self) -> list[BallotStep]:
        """Return what is asked about the partner at hand, in order."""
        place, first, ugly, others = (
            self._turn.cursor.partner,
            list[BallotStep](),
            list[BallotStep](),
            [],
        )
        criteria, _ = self._turn.criteria_and_entry(place)
        for question in criteria.questions:
            is_ugly = question.section is Section.UGLY
            kind = first if question.id in criteria.starred_pair else ugly if is_ugly else others
            kind.append(BallotStep.at(question))
        if ugly:
            labels = ", ".join(each.label for each in criteria.deal_breaker)
            text = f"Deal-breakers: {labels}? n none of them, y one of them"
            first.append(BallotStep(_UGLY, text, "n y s", " ".join(each.text for each in ugly)))
            first += ugly if (place, _UGLY) in self._opened else ()
        more = "More about them? m all questions, n the next partner"
        first.append(BallotStep(_MORE, more, "m n", "Two counts are a voice; more make it surer."))
        return first + (others if (place, _MORE) in self._opened else [])

    def _ask(self, stop: BallotStep) -> str:
        """Ask one question, after the partner's name if that wasn't said just now."""
        place, turn = self._turn.cursor.partner, self._turn
        partner, (_, entry) = turn.partners[place], turn.criteria_and_entry(place)
        if self._spoken_of != place:
            self._spoken_of = place
            out = _LEFT_OUT.get(entry.standing, "")
            number = f"{place + 1} of {len(turn.partners)}"
            self._talk.say(f"{number}: {partner.name}, {partner.kind}.{out}")
        said = entry.answers.get(stop.id)
        before = "" if said is None else f" (you said {stop.answer_text(said)})"
        return self._talk.choose(stop.text + before, f"{stop.answers} {_EVERYWHERE}")

    def _obey(self, key: str, stop: BallotStep, index: int) -> None:
        """Do what an answer asks for, and go where it leads."""
        turn, partner, by = self._turn, self._turn.cursor.partner, 1
        turn.cursor = BallotCursor(partner, question=stop.id)
        if key == "?":
            self._talk.say(stop.why)
            self._talk.say(KEYS)
            by = 0
        elif key == "u":
            turn.undo()
            return
        elif key == "b":
            by = -1
        elif standing := _STANDING.get(key):
            if turn.criteria_and_entry(partner)[1].standing is not standing:
                turn.leave_out(partner, standing)
            by = len(self._stops())
        elif (answer := stop.answer_from_key(key)) is not None:
            turn.answer(partner, stop.id, answer)
        elif key in "ym":
            self._opened.add((partner, stop.id))
        elif stop.id == _UGLY and key == "n":
            turn.none_of_them(partner)
        self._go(index + by)

    def _go(self, index: int) -> None:
        """Go to another question; past the last or before the first, to another partner."""
        partner, stops = self._turn.cursor.partner, self._stops()
        if 0 <= index < len(stops):
            self._turn.cursor = BallotCursor(partner, question=stops[index].id)
        else:
            self.look_at(max(0, partner + (1 if index > 0 else -1)))
