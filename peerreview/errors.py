"""The one family of errors people can meet; each class is one thing to do about it."""

from peerreview.domain.errors import PeerReviewError as PeerReviewError
from peerreview.domain.errors import RuleError as RuleError


class FileError(PeerReviewError):
    """A file that is missing, damaged, foreign, newer, or can't be written."""

    title = "This file can't be used"


class BusyError(FileError):
    """The file is locked by another program for longer than we wait."""

    title = "Somebody else is writing"


class ForeignError(FileError):
    """A file that is another program's."""

    title = "This file isn't one of ours"


class NewerError(FileError):
    """A file of a newer version of this program."""

    title = "This program is too old"


class ChangedError(FileError):
    """A file that doesn't fit its checksum: damaged, or changed by another program."""

    title = "Somebody else changed this file"


class BoxGoneError(RuleError):
    """The ballot box was closed or discarded in the meantime."""

    title = "The box is closed"


class CodeError(RuleError):
    """A code that is no code of this round; the same words for every reason."""

    title = "That code doesn't open anything here"


class KeeperKeyError(RuleError):
    """A keeper's key that doesn't open the box."""

    title = "That key doesn't open the box"


class CountError(RuleError):
    """The counted close doesn't add up: hands, heads, ballots."""

    title = "The count doesn't add up"


class UsageError(PeerReviewError):
    """A command used in a way it can't work."""

    exit_code = 2
    title = "That's not how this works"
