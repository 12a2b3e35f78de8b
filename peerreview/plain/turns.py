"""Turns as lines: the steps of a turn, each as questions and answers.

Between two turns nothing of the last one is left in memory, and as little as possible in sight.
"""

from peerreview.domain.rating.mirror import make_mirror
from peerreview.domain.round.promises import NOT_PREVENTED, promises
from peerreview.errors import PeerReviewError
from peerreview.plain.ballot import KEYS, Ballot
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.services.group_services import GroupServices
from peerreview.services.sitting import NO_DRAFTS, DraftKeeper, Sitting, Step

_CAST = "cast"
_MENU = (
    "t take a turn, m my ballot, s a spare code (say aloud that one was lost: everybody sees the "
    f"count), or the word {LEAVE}"
)
_CODE = (
    "Make sure that only you can read or hear this. These four words are yours for this round, and "
    "are said once: until the box is closed they let you rate again, or take your ballot out."
)


def turns(talk: Dialogue, services: GroupServices, drafts: DraftKeeper = NO_DRAFTS) -> None:
    """Let one rater after the other take a turn, until somebody leaves or nobody answers."""
    while progress := services.rounds.progress():
        title = progress.round.title(services.rounds.group().name)
        talk.say(f"{title}: {progress.words}, {progress.drawn} codes drawn.")
        talk.say(_locked_for(progress.check_words))
        key = talk.choose(_MENU, f"t m s {LEAVE}", at_end=LEAVE)
        if key == LEAVE:
            return
        with talk.complaints():
            try:
                farewell = _take_turn(talk, services, drafts, key)
            finally:
                hidden = talk.clear()
            talk.say(f"Thank you. {farewell}Please pass on to the next one. {hidden}")
    talk.say("No round is open.")


def _take_turn(talk: Dialogue, services: GroupServices, drafts: DraftKeeper, key: str) -> str:
    if key == "m":
        typed = talk.secret("Your code: four words, four letters of each are enough.")
        seat = services.rating.enter_code(typed)
    else:
        seat = services.rating.draw_code(spare=key == "s")
    return _TurnInLines(talk, Sitting(services.rating, seat, drafts)).run()


def _locked_for(check_words: tuple[str, ...]) -> str:
    return f"Locked for {', '.join(check_words)}: the same three words for everyone."


class _TurnInLines:
    """The conversation with one rater, from the code to the mirror."""

    def __init__(self, talk: Dialogue, sitting: Sitting) -> None:
        self._talk, self._sitting, self._turn = talk, sitting, sitting.turn
        self._ballot = Ballot(talk, sitting.turn)
        self._has_rated = self._has_checked = False
        self._farewell = ""

    def run(self) -> str:
        """Talk until the turn has ended; return what may be said to the whole room after it.

        Raises:
            EOFError: Nobody answers any more; says what is in the box.
        """
        if self._sitting.is_resumed:
            self._talk.say("Your answers are still here.")
        steps = {
            Step.SHOW_CODE: self._show_code,
            Step.CHANGE: self._offer_change,
            Step.RATE: self._rate,
            Step.CHECK: self._check,
            Step.HANDED_IN: self._show_mirror,
            Step.WITHDRAWN: self._confirm_withdrawal,
        }
        try:
            while self._sitting.step is not Step.ENDED:
                steps[self._sitting.step]()
        except PeerReviewError:  # the round has ended, or the turn goes on at another terminal
            raise
        except EOFError as end:
            self._sitting.abandon()
            if self._sitting.receipt:
                raise
            kept = "your first ballot stays" if self._turn.seat.receipt else "nothing is handed in"
            raise EOFError(kept) from end
        except BaseException:
            self._sitting.abandon()
            raise
        return self._farewell

    def _show_code(self) -> None:
        self._talk.say(_CODE)
        code = ", ".join(self._sitting.seat.code or ())
        self._talk.choose(f"{code}. y once you have them", "y")
        self._sitting.confirm_code()

    def _offer_change(self) -> None:
        """Show the receipt of an older code; rate again, take the ballot out, or leave it."""
        receipt = self._sitting.seat.receipt
        if receipt:
            self._talk.say(
                f"A ballot is in the box under this code. Its receipt: {' '.join(receipt)}"
            )
            self._talk.say(
                "Other words than those you were shown? Somebody changed the file: rate again, "
                "and tell the room."
            )
            question = "a rate again, from blank, t take my ballot out, n leave it as it is"
            key = self._talk.choose(question, "a n t")
        else:
            self._talk.say("Nothing is handed in under this code.")
            key = self._talk.choose("a rate again, from blank, n leave it as it is", "a n")
        if key == "a":
            self._sitting.rate_again()
        elif key == "t":
            self._sitting.withdraw()
        else:
            self._sitting.leave()

    def _rate(self) -> None:
        if not self._has_rated:
            self._has_rated = True
            asked = f"{len(self._turn.partners)} partners, last 12 months, first hand"
            self._talk.say(f"{self._turn.title}: {asked}. {KEYS}")
        if self._ballot.fill():
            self._sitting.check()
        else:
            self._sitting.leave()

    def _check(self) -> None:
        """Say what counts, and hand the ballot in, go back to it, or leave."""
        key = self._ask_after_check()
        if key == LEAVE:
            self._sitting.leave()
        elif key == _CAST:
            with self._talk.complaints():
                self._sitting.hand_in()
        else:
            last = len(self._turn.partners) - 1
            if key.isdigit():
                self._ballot.look_at(int(key) - 1)
            elif self._turn.cursor.partner > last:
                self._ballot.look_at(last)
            self._sitting.return_to_ballot()

    def _ask_after_check(self) -> str:
        """Say what counts, the first time also what casting does; return the rater's answer."""
        self._talk.say(self._turn.counts_text)
        for index, doubt in self._turn.doubts():
            self._talk.say(f"{index + 1} {self._turn.partners[index].name}: {doubt}")
        if not self._has_checked:
            self._has_checked = True
            sentences = promises(self._turn.seat.round)
            for sentence in (*sentences, f"What this cannot stop: {NOT_PREVENTED}"):
                self._talk.say(" ".join(sentence.split()))
        self._talk.say(_locked_for(self._turn.seat.check_words))
        numbers = " ".join(str(number) for number, _ in enumerate(self._turn.partners, 1))
        question = (
            f"The word {_CAST} hands it in. b back to rating, the number of a partner to look at, "
            f"or the word {LEAVE}"
        )
        return self._talk.choose(question, f"{_CAST} b {LEAVE} {numbers}")

    def _show_mirror(self) -> None:
        """Show the receipt and the mirror, until the rater wants the curtain."""
        receipt = " ".join(self._sitting.receipt or ())
        self._talk.say(
            f"Handed in. Receipt: {receipt}. Your code shows the same two words until the close."
        )
        names = {partner.id: partner.name for partner in self._turn.partners}
        mirror = make_mirror(self._turn.draft)
        self._talk.say(
            "Would they say the same of you? Often or always, with those you rated both ways:"
        )
        for habit in mirror.habits:
            they, you = f"they {habit.they} of {habit.asked}", f"you {habit.we} of {habit.asked}"
            self._talk.say(f"{habit.label}: {they}, {you}")
        for seed in mirror.seeds:
            self._talk.say(f"A seed you could plant: {names[seed.partner]}: {seed.favor}")
        self._talk.choose("y to draw the curtain", "y")
        self._sitting.finish()

    def _confirm_withdrawal(self) -> None:
        self._farewell = "Your ballot is out of the box. Your code can hand in another one. "
        self._sitting.finish()
