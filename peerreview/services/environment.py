"""What services take from the world besides a vault: today's date and random ids."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from peerreview.ballotbox.key import Stretcher
from peerreview.domain.rating.criteria import CriteriaSet


@dataclass(frozen=True)
class Environment:
    """Everything that isn't the group itself, handed in by the composition root.

    Attributes:
        sets: the shipped criteria sets by id.
        stretcher: the one place where codes and keys are stretched.
        today: the date, for rounds and rest times.
        new_id: ids that say nothing: 16 random hex digits.
        now: the time, for what is left of the minutes to rate.
    """

    sets: Mapping[str, CriteriaSet]
    stretcher: Stretcher
    today: Callable[[], date] = date.today
    new_id: Callable[[], str] = lambda: secrets.token_hex(8)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
