"""What everybody may see of an open round: counts, the time left, the words of its box.

Must not know ballots, codes or keys.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import BoxHead
from peerreview.domain.round.round import FEWEST_BALLOTS, Round
from peerreview.domain.text import pluralized
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault

if TYPE_CHECKING:
    from peerreview.ballotbox.key import Stretcher
    from peerreview.ballotbox.words import Words


@dataclass(frozen=True, slots=True)
class Progress:
    """The public state of an open round.

    Attributes:
        round: the round.
        drawn: the number of codes drawn.
        handed_in: the number of ballots in the box.
        head: the public part of the box.
        stretcher: derives the check words from the head.
        minutes_left: the whole minutes left to rate; None if the round has no time limit.
    """

    round: Round
    drawn: int
    handed_in: int
    head: BoxHead = field(repr=False)
    stretcher: "Stretcher" = field(repr=False, compare=False)
    minutes_left: int | None = None

    @property
    def check_words(self) -> "Words":
        """The three words that identify the box; the first access computes an Argon2id hash."""
        from peerreview.ballotbox import keeper

        return keeper.check_words(self.head, self.stretcher)

    @property
    def missing(self) -> int:
        """The number of ballots still needed before the box can be closed."""
        return max(0, FEWEST_BALLOTS - self.handed_in)

    @property
    def time_left(self) -> str:
        """The time left to rate, in words; empty if the round has no time limit."""
        if not self.round.until:
            return ""
        if not self.minutes_left:
            return "time is up"
        return f"{pluralized(self.minutes_left, 'minute')} left"

    @property
    def words(self) -> str:
        """The ballots handed in, the ballots still needed and the time left, in one phrase."""
        done = f"{self.handed_in} of {self.round.heads} handed in"
        missing = f"{self.missing} more needed" if self.missing else ""
        return ", ".join(part for part in (done, missing, self.time_left) if part)


def read_progress(vault: Vault, environment: Environment, group: Group) -> Progress | None:
    """Read the box of the group's open round; return where the round stands, or None without one.

    Raises:
        BoxGoneError: The round was closed or discarded in the meantime.
        FileError: The box can't be read.
    """
    if group.open_round is None:
        return None
    box = vault.box(group.open_round.number).read_without_slots()
    return Progress(
        round=group.open_round,
        drawn=box.codes_drawn,
        handed_in=box.ballots_in,
        head=box.head,
        stretcher=environment.stretcher,
        minutes_left=group.open_round.minutes_left(environment.now()),
    )
