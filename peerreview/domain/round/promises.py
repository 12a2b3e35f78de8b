"""What a rater is told before casting: what will happen, and what nobody can promise."""

from peerreview.domain.round.round import Round

_CLOSE = "At the close the result is worked out and the single answers are deleted."
_REHEARSAL = "A rehearsal: your slips go into the box empty, and no result is shown."
_WHEN = (
    "Your answers are cut apart: one locked slip a partner, no name, no time.",
    "Nobody can open the box before the close, not even on this laptop.",
    "{close}",
    "A partner with fewer than {floor} voices shows nothing at all.",
    "A deal-breaker shows only when more than one of us reports it; in a small\n"
    "  group two reports can let others guess.",
    "Until the close your code lets you rate again, or take your ballot out.",
)
"""Some are two lines: screens break them there."""
NOT_PREVENTED = (
    "A look over your shoulder, a tampered program, a keeper and a facilitator who\n"
    "copied the file, or another ballot put in the place of yours: enter your code\n"
    "again before the close: are its two words still the same?"
)


def promises(round_: Round) -> list[str]:
    """Return what happens to a ballot that is handed in for a round."""
    close = _REHEARSAL if round_.rehearsal else _CLOSE
    return [each.format(close=close, floor=round_.floor) for each in _WHEN]
