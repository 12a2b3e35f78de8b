"""What everybody may see of an open round: counts, time left, the words of its box."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import BoxHead
from peerreview.domain.round.round import FEWEST_BALLOTS, Round
from peerreview.domain.text import pluralized

if TYPE_CHECKING:
    from peerreview.ballotbox.key import Stretcher
    from peerreview.ballotbox.words import Words


@dataclass(frozen=True, slots=True)
class Progress:
    """What everybody may see of an open round.

    Attributes:
        head: what everybody may know of the box.
        stretcher: what its words are worked out with, once.
        minutes_left: None if nobody hurries.
    """

    round: Round
    drawn: int
    handed_in: int
    head: BoxHead = field(repr=False)
    stretcher: "Stretcher" = field(repr=False, compare=False)
    minutes_left: int | None = None

    @property
    def check_words(self) -> "Words":
        """Three words of the box, the same on every screen; at first they take an Argon2id."""
        from peerreview.ballotbox import keeper

        return keeper.check_words(self.head, self.stretcher)

    @property
    def missing(self) -> int:
        """How many more ballots are needed before the box can be closed."""
        return max(0, FEWEST_BALLOTS - self.handed_in)

    @property
    def time_left(self) -> str:
        """How much time is left to rate, in words; nothing if nobody hurries."""
        timed = (
            f"{pluralized(self.minutes_left, 'minute')} left" if self.minutes_left else "time is up"
        )
        return timed if self.round.until else ""

    @property
    def words(self) -> str:
        """How many ballots are in, how many are missing, and how much time is left."""
        missing = f"{self.missing} more needed" if self.missing else ""
        done = f"{self.handed_in} of {self.round.heads} handed in"
        return ", ".join(each for each in (done, missing, self.time_left) if each)


@dataclass(frozen=True, slots=True)
class View:
    """What a window on the wall shows; `stamp` tells whether the group has changed since."""

    stamp: object
    group: Group
    progress: Progress | None
