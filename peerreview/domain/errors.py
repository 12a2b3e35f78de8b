"""The root of every error people can meet, and the refusals of the domain.

A message says what is wrong, where, and what to do, in one line.
"""


class PeerReviewError(Exception):
    """Something a person can understand and act on. `exit_code` is the command line's answer."""

    exit_code = 3
    title = "That can't be used"


class RuleError(PeerReviewError):
    """A rule of the product says no (a round that is not open, an answer off the scale)."""

    exit_code = 1
    title = "Not now"


class CriteriaError(PeerReviewError):
    """A criteria set that breaks a rule of docs/design/criteria.md."""

    title = "This criteria set can't be used"


class ListError(PeerReviewError):
    """A partner list that can't be read."""

    title = "This list can't be read"


class SummaryError(PeerReviewError):
    """A summary that isn't one, or that was damaged on its way."""

    title = "This summary can't be read"
