"""What a rater is told before casting: what will happen, and what nobody can promise."""

WHEN = (
    "Your answers are cut apart: one locked slip a partner, no name, no time.",
    "Nobody can open the box before the close, not even on this laptop.",
    "At the close the result is worked out and the single answers are deleted.",
    "A partner with fewer than {floor} voices shows nothing at all.",
    "A deal-breaker shows only when more than one of us reports it; in a small\n"
    "  group two reports can let others guess.",
    "Until the close your code lets you rate again, or take your ballot out.",
)
CANT = (
    "A look over your shoulder, a tampered program, or a keeper and a facilitator\n"
    "who copied the file and work together."
)
