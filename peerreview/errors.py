"""All errors that are shown to people; a class stands for one thing to do about them."""

from peerreview.domain.errors import PeerReviewError as PeerReviewError
from peerreview.domain.errors import RuleError as RuleError


class FileError(PeerReviewError):
    """The file is missing, damaged, foreign or newer, or can't be written."""

    title = "This file can't be used"


class BusyError(FileError):
    """Another program has held the lock of the file for too long."""

    title = "Somebody else is writing"


class ForeignError(FileError):
    """The file belongs to another program."""

    title = "This file isn't one of ours"


class NewerError(FileError):
    """The file was written by a newer version of this program."""

    title = "This program is too old"


class ChangedError(FileError):
    """The file doesn't match its checksum: it was damaged, or changed by another program."""

    title = "Somebody else changed this file"


class BoxGoneError(RuleError):
    """The ballot box was closed or discarded in the meantime."""

    title = "The box is closed"


class CodeError(RuleError):
    """The code is none of this round; the message is the same for every reason."""

    title = "That code doesn't open anything here"


class KeeperKeyError(RuleError):
    """The keys of the keepers don't open the box."""

    title = "That key doesn't open the box"


class CountError(RuleError):
    """The numbers of hands, heads and ballots at the close don't agree."""

    title = "The count doesn't add up"


class UsageError(PeerReviewError):
    """The command can't work as it was used."""

    exit_code = 2
    title = "That's not how this works"
