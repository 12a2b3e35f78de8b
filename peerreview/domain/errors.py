"""The base of all errors that people can see, and the errors of the domain.

A message is one line that says what is wrong, where, and what to do.
"""


class PeerReviewError(Exception):
    """An error that a person can understand and act on.

    Attributes:
        exit_code: the exit code of a command that fails with this error.
        title: the title of the error on screens.
    """

    exit_code = 3
    title = "That can't be used"


class RuleError(PeerReviewError):
    """A rule forbids an action: a round isn't open, an answer isn't on the scale."""

    exit_code = 1
    title = "Not now"


class CriteriaError(PeerReviewError):
    """A criteria set that breaks a rule of docs/design/criteria.md."""

    title = "This criteria set can't be used"


class ListError(PeerReviewError):
    """A partner list that can't be read."""

    title = "This list can't be read"


class SummaryError(PeerReviewError):
    """A file that isn't a summary, or a summary that was damaged."""

    title = "This summary can't be read"
