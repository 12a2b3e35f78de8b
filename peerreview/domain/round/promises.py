"""What a rater reads before handing a ballot in: what happens to it, and what isn't prevented."""

from peerreview.domain.round.round import Round

_CLOSE = "At the close the result is worked out and the single answers are deleted."
_REHEARSAL = "A rehearsal: your slips go into the box empty, and no result is shown."
_SENTENCES = (
    "Your answers are cut apart: one locked slip a partner, no name, no time.",
    "Nobody can open the box before the close, not even on this laptop.",
    "{close}",
    "A partner with fewer than {floor} voices shows nothing at all.",
    "A deal-breaker shows only when more than one of us reports it; in a small\n"
    "  group two reports can let others guess.",
    "Until the close your code lets you rate again, or take your ballot out.",
)
"""Line breaks are shown as they are."""
NOT_PREVENTED = (
    "A look over your shoulder, a tampered program, a keeper and a facilitator who\n"
    "copied the file, or another ballot put in the place of yours: enter your code\n"
    "again before the close: are its two words still the same?"
)


def list_promises(round_: Round) -> list[str]:
    """Return the sentences that say what happens to a ballot of a round."""
    close = _REHEARSAL if round_.rehearsal else _CLOSE
    return [sentence.format(close=close, floor=round_.floor) for sentence in _SENTENCES]
