"""Turns as lines: draw a code, fill in, check, cast, look into the mirror, draw the curtain.

Between two turns nothing of the last one is left in memory, and as little as can be in sight.
"""

from contextlib import suppress

from peerreview.domain.rating.mirror import reflect
from peerreview.domain.round.promises import CANNOT_STOP, when_cast
from peerreview.errors import RuleError
from peerreview.plain.ballot import KEYS, Ballot
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.services.group_services import GroupServices
from peerreview.services.turn import NO_DRAFTS, DraftKeeper, Turn

_CAST = "cast"
_MENU = (
    "t take a turn, m my ballot, s a spare code (say aloud that one was lost: everybody sees the "
    f"count), or the word {LEAVE}"
)
_CODE = (
    "Make sure that only you can read or hear this. These four words are yours for this round, and "
    "are said once: until the box is closed they let you rate again, or take your ballot out."
)


def turns(talk: Dialogue, services: GroupServices, memory: DraftKeeper = NO_DRAFTS) -> None:
    """Let one rater after the other take a turn, until somebody leaves or nobody is there."""
    while progress := services.rounds.progress():
        title = progress.round.title(services.rounds.group().name)
        talk.say(f"{title}: {progress.words}, {progress.drawn} codes drawn.")
        talk.say(_locked_for(progress.check_words))
        key = talk.choose(_MENU, f"t m s {LEAVE}", at_end=LEAVE)
        if key == LEAVE:
            return
        with talk.complaints():
            try:
                spare = key == "s"
                said = (
                    _change(talk, services, memory)
                    if key == "m"
                    else _first(talk, services, memory, spare)
                )
            finally:
                hidden = talk.clear()
            talk.say(f"Thank you. {said}Please pass on to the next one. {hidden}")
    talk.say("No round is open.")


def _locked_for(check_words: tuple[str, ...]) -> str:
    return f"Locked for {', '.join(check_words)}: the same three words for everyone."


def _first(talk: Dialogue, services: GroupServices, memory: DraftKeeper, spare: bool) -> str:
    """Rate with a fresh code; one that isn't used after all is free for somebody else."""
    turn, unused, receipt = (
        memory.resume(services.rating.draw_code(spare)),
        memory is NO_DRAFTS,
        None,
    )
    try:
        receipt = _rated(talk, services, memory, turn)
        unused = receipt is None
    except EOFError:
        unused = unused or turn.draft.is_blank
        raise
    finally:
        if unused:
            memory.forget(turn.seat)
            with suppress(RuleError):  # the box was closed, or the ballot came in after all
                services.rating.give_back(turn.seat)
    return _mirrored(talk, turn, receipt)


def _change(talk: Dialogue, services: GroupServices, memory: DraftKeeper) -> str:
    """Show the receipt of an older code; go on, rate again, or take the ballot out."""
    seat = services.rating.enter_code(
        talk.secret("Your code: four words, four letters of each are enough.")
    )
    turn = memory.resume(seat)
    if not turn.draft.is_blank:
        talk.say("Your answers are still here.")
        return _mirrored(talk, turn, _rated(talk, services, memory, turn))
    if seat.receipt:
        talk.say(f"A ballot is in the box under this code. Its receipt: {' '.join(seat.receipt)}")
        talk.say("Other words than those you were shown? Somebody changed the file: rate again, "
                 "and tell the room.")  # fmt: skip
    else:
        talk.say("Nothing is handed in under this code.")
    out = ", t take my ballot out" if seat.receipt else ""
    key = talk.choose(f"a rate again, from blank{out}, n leave it as it is", f"a n{out[1:3]}")
    if key == "t":
        services.rating.withdraw(seat)
        return "Your ballot is out of the box. Your code can hand in another one. "
    return _mirrored(talk, turn, _rated(talk, services, memory, turn) if key == "a" else None)


def _rated(
    talk: Dialogue, services: GroupServices, memory: DraftKeeper, turn: Turn
) -> tuple[str, ...] | None:
    """Rate, check and cast; return the receipt, or None if nothing was handed in.

    Raises:
        EOFError: Nobody is there any more; says what is in the box.
    """
    ballot, first = Ballot(talk, turn), True
    try:
        if turn.seat.code:
            talk.say(_CODE)
            talk.choose(f"{', '.join(turn.seat.code)}. y once you have them", "y")
        talk.say(f"{turn.title}: {len(turn.partners)} partners, last 12 months, first hand. {KEYS}")
        while ballot.fill():
            key, first = _checked(talk, turn, first), False
            if key == LEAVE:
                break
            if key == _CAST:
                with talk.complaints():
                    receipt = services.rating.cast(turn.seat, turn.draft)
                    memory.forget(turn.seat)
                    return receipt
            elif key.isdigit() or turn.cursor.partner == len(turn.partners):
                ballot.look_at(int(key) - 1 if key.isdigit() else len(turn.partners) - 1)
    except EOFError as end:
        kept = "your first ballot stays" if turn.seat.receipt else "nothing is handed in"
        raise EOFError(kept) from end
    memory.forget(turn.seat)
    return None


def _checked(talk: Dialogue, turn: Turn, first: bool) -> str:
    """Say what counts, at first what casting does; return a partner's number, or what to do."""
    talk.say(turn.counts_text)
    for index, what in turn.doubts():
        talk.say(f"{index + 1} {turn.partners[index].name}: {what}")
    told = (*when_cast(turn.seat.round), f"What this cannot stop: {CANNOT_STOP}")
    for each in told if first else ():
        talk.say(" ".join(each.split()))
    talk.say(_locked_for(turn.seat.check_words))
    numbers = " ".join(str(number) for number, _ in enumerate(turn.partners, 1))
    question = f"The word {_CAST} hands it in. b back to rating, the number of a partner to look at"
    return talk.choose(f"{question}, or the word {LEAVE}", f"{_CAST} b {LEAVE} {numbers}")


def _mirrored(talk: Dialogue, turn: Turn, receipt: tuple[str, ...] | None) -> str:
    """Show the receipt and the mirror, if a ballot was handed in; return what may stay in sight."""
    if receipt is None:
        return ""
    talk.say(f"Handed in. Receipt: {' '.join(receipt)}. Your code shows the same two words until "
             "the close.")  # fmt: skip
    mirror, names = reflect(turn.draft), {each.id: each.name for each in turn.partners}
    talk.say("Would they say the same of you? Often or always, with those you rated both ways:")
    for each in mirror.habits:
        talk.say(f"{each.label}: they {each.they} of {each.asked}, you {each.we} of {each.asked}")
    for seed in mirror.seeds:
        talk.say(f"A seed you could plant: {names[seed.partner]}: {seed.what}")
    talk.choose("y to draw the curtain", "y")
    return ""
