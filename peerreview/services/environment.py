"""What services take from outside the group: clock, random ids, criteria sets and stretching."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from peerreview.ballotbox.key import Stretcher
from peerreview.domain.rating.criteria import CriteriaSet


@dataclass(frozen=True)
class Environment:
    """What the services of a group need besides its vault.

    Attributes:
        sets: the shipped criteria sets by id.
        stretcher: derives keys from codes and box keys.
        today: returns the date, for rounds and rest times.
        new_id: returns a random id of 16 hex digits.
        now: returns the time, for the minutes left to rate.
    """

    sets: Mapping[str, CriteriaSet]
    stretcher: Stretcher
    today: Callable[[], date] = date.today
    new_id: Callable[[], str] = lambda: secrets.token_hex(8)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
