"""Turns in plain mode: every step of a turn as questions and answers.

After a turn nothing of it is kept in memory, and as little as possible stays in sight.
"""

from peerreview.domain.rating.mirror import make_mirror
from peerreview.domain.round.promises import NOT_PREVENTED, list_promises
from peerreview.errors import PeerReviewError
from peerreview.plain.ballot import KEYS, BallotDialogue
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


def run_turns(dialogue: Dialogue, services: GroupServices, drafts: DraftKeeper = NO_DRAFTS) -> None:
    """Let raters take turns, one after the other, until somebody leaves or nobody answers.

    Raises:
        EOFError: The rater has gone during a turn.
    """
    while progress := services.rounds.progress():
        title = progress.round.title(services.rounds.group().name)
        dialogue.say(f"{title}: {progress.words}, {progress.drawn} codes drawn.")
        dialogue.say(_check_words_text(progress.check_words))
        key = dialogue.choose(_MENU, f"t m s {LEAVE}", at_end=LEAVE)
        if key == LEAVE:
            return
        with dialogue.report_errors():
            try:
                farewell = _take_turn(dialogue, services, drafts, key)
            finally:
                hidden = dialogue.clear()
            dialogue.say(f"Thank you. {farewell}Please pass on to the next one. {hidden}")
    dialogue.say("No round is open.")


def _take_turn(dialogue: Dialogue, services: GroupServices, drafts: DraftKeeper, key: str) -> str:
    """Run one turn with a new code, a spare one or an older one; return the farewell."""
    if key == "m":
        typed = dialogue.secret("Your code: four words, four letters of each are enough.")
        seat = services.rating.enter_code(typed)
    else:
        seat = services.rating.draw_code(spare=key == "s")
    return _TurnInLines(dialogue, Sitting(services.rating, seat, drafts)).run()


def _check_words_text(check_words: tuple[str, ...]) -> str:
    return f"Locked for {', '.join(check_words)}: the same three words for everyone."


class _TurnInLines:
    """The conversation with one rater, from the code to the mirror."""

    def __init__(self, dialogue: Dialogue, sitting: Sitting) -> None:
        self._dialogue = dialogue
        self._sitting = sitting
        self._turn = sitting.turn
        self._ballot = BallotDialogue(dialogue, sitting.turn)
        self._has_shown_keys = False
        self._has_shown_promises = False
        self._farewell = ""

    def run(self) -> str:
        """Run the steps until the turn has ended; return a farewell that everybody may read.

        Raises:
            EOFError: The rater has gone; the message says what is in the box.
            PeerReviewError: The round has ended, or the turn goes on at another terminal.
        """
        if self._sitting.is_resumed:
            self._dialogue.say("Your answers are still here.")
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
        except PeerReviewError:
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
        self._dialogue.say(_CODE)
        code = ", ".join(self._sitting.seat.code or ())
        self._dialogue.choose(f"{code}. y once you have them", "y")
        self._sitting.confirm_code()

    def _offer_change(self) -> None:
        """Show the receipt of an older code; let the rater change the ballot or leave it."""
        receipt = self._sitting.seat.receipt
        if receipt:
            self._dialogue.say(
                f"A ballot is in the box under this code. Its receipt: {' '.join(receipt)}"
            )
            self._dialogue.say(
                "Other words than those you were shown? Somebody changed the file: rate again, "
                "and tell the room."
            )
            question = "a rate again, from blank, t take my ballot out, n leave it as it is"
            key = self._dialogue.choose(question, "a n t")
        else:
            self._dialogue.say("Nothing is handed in under this code.")
            key = self._dialogue.choose("a rate again, from blank, n leave it as it is", "a n")
        if key == "a":
            self._sitting.rate_again()
        elif key == "t":
            self._sitting.withdraw()
        else:
            self._sitting.leave()

    def _rate(self) -> None:
        if not self._has_shown_keys:
            self._has_shown_keys = True
            scope = f"{len(self._turn.partners)} partners, last 12 months, first hand"
            self._dialogue.say(f"{self._turn.title}: {scope}. {KEYS}")
        if self._ballot.fill():
            self._sitting.check()
        else:
            self._sitting.leave()

    def _check(self) -> None:
        """Show what counts; let the rater hand the ballot in, go back to it, or leave."""
        key = self._ask_after_check()
        if key == LEAVE:
            self._sitting.leave()
        elif key == _CAST:
            with self._dialogue.report_errors():
                self._sitting.hand_in()
        else:
            last = len(self._turn.partners) - 1
            if key.isdigit():
                self._ballot.go_to_partner(int(key) - 1)
            elif self._turn.cursor.partner > last:
                self._ballot.go_to_partner(last)
            self._sitting.return_to_ballot()

    def _ask_after_check(self) -> str:
        """Show what counts, the first time with the promises; return the rater's answer."""
        self._dialogue.say(self._turn.counts_text)
        for index, doubt in self._turn.doubts():
            self._dialogue.say(f"{index + 1} {self._turn.partners[index].name}: {doubt}")
        if not self._has_shown_promises:
            self._has_shown_promises = True
            kept_promises = list_promises(self._turn.seat.round)
            for sentence in (*kept_promises, f"What this cannot stop: {NOT_PREVENTED}"):
                self._dialogue.say(" ".join(sentence.split()))
        self._dialogue.say(_check_words_text(self._turn.seat.check_words))
        numbers = " ".join(map(str, range(1, len(self._turn.partners) + 1)))
        question = (
            f"The word {_CAST} hands it in. b back to rating, the number of a partner to look at, "
            f"or the word {LEAVE}"
        )
        return self._dialogue.choose(question, f"{_CAST} b {LEAVE} {numbers}")

    def _show_mirror(self) -> None:
        """Show the receipt and the mirror until the rater ends the turn."""
        receipt = " ".join(self._sitting.receipt or ())
        self._dialogue.say(
            f"Handed in. Receipt: {receipt}. Your code shows the same two words until the close."
        )
        names = {partner.id: partner.name for partner in self._turn.partners}
        mirror = make_mirror(self._turn.draft)
        self._dialogue.say(
            "Would they say the same of you? Often or always, with those you rated both ways:"
        )
        for habit in mirror.habits:
            they, you = f"they {habit.they} of {habit.asked}", f"you {habit.we} of {habit.asked}"
            self._dialogue.say(f"{habit.label}: {they}, {you}")
        for seed in mirror.seeds:
            self._dialogue.say(f"A seed you could plant: {names[seed.partner]}: {seed.favor}")
        self._dialogue.choose("y to draw the curtain", "y")
        self._sitting.finish()

    def _confirm_withdrawal(self) -> None:
        self._farewell = "Your ballot is out of the box. Your code can hand in another one. "
        self._sitting.finish()
