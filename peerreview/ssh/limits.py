"""What a host allows: numbers, and the counts that hold addresses and guesses to them.

Knows addresses for as long as they are connected or guess; must not know who rates what.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

_SLOWEST = 8.0
_FORGOTTEN_AFTER = 60.0
"""Seconds: the longest an answer waits, and how long a wrong guess counts against an address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a host takes on.

    Attributes:
        sessions: terminals at the same time.
        waiting: connections that haven't said the door code yet.
        per_address: connections from one address; a meetup sits behind one.
        login: seconds to get in; somebody compares a fingerprint meanwhile.
        idle: seconds without a key until a session ends.
        tries: door codes a connection may try.
        guesses: wrong door codes an hour, from everywhere together.
        grace: seconds between the warning and the end when the host stops.
    """

    sessions: int = 500
    waiting: int = 32
    per_address: int = 40
    login: float = 120
    idle: float = 30 * 60
    tries: int = 3
    guesses: int = 600
    grace: float = 5


class GuessLimiter:
    """Wrong door codes: every one makes the next answer to its address slower."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._clock = most, clock
        self._wrong: dict[str, tuple[int, float]] = {}
        self._all, self._since = 0, clock()

    def delay_for(self, address: str) -> float:
        """Return the seconds an answer to this address waits, right or wrong."""
        count = self._count(address)
        return min(_SLOWEST, 0.125 * 2**count) if count else 0.0

    @property
    def is_exhausted(self) -> bool:
        """Whether so many guesses were wrong that nobody may guess for the rest of the hour."""
        if self._clock() - self._since >= 3600:
            self._all, self._since = 0, self._clock()
        return self._all >= self._most

    def record_wrong(self, address: str) -> None:
        """Count a wrong guess; forget addresses that stopped."""
        now, count = self._clock(), self._count(address) + 1
        self._wrong = {
            each: found for each, found in self._wrong.items() if now - found[1] < _FORGOTTEN_AFTER
        }
        self._wrong[address] = count, now
        self._all += 1

    def _count(self, address: str) -> int:
        count, at = self._wrong.get(address, (0, 0.0))
        return count if self._clock() - at < _FORGOTTEN_AFTER else 0


class Admission:
    """The connections that are there, and which of them have to go when it is full."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all: Counter[str] = Counter()
        self._waiting: dict[object, tuple[str, Callable[[], None]]] = {}

    def admit(self, who: object, address: str, leave: Callable[[], None]) -> bool:
        """Let a new connection in, or not; `leave` ends it.

        When too many wait at the door, the oldest of the address that has most of them goes: a
        crowd from one place can't keep others out.
        """
        if self._all[address] >= self._limits.per_address:
            return False
        self._all[address] += 1
        if len(self._waiting) >= self._limits.waiting:
            crowd = Counter(each for each, _ in self._waiting.values()).most_common(1)[0][0]
            oldest = next(key for key, found in self._waiting.items() if found[0] == crowd)
            self._waiting.pop(oldest)[1]()
        self._waiting[who] = address, leave
        return True

    def mark_authenticated(self, who: object) -> None:
        """Somebody said the door code."""
        self._waiting.pop(who, None)

    def remove(self, who: object, address: str) -> None:
        """A connection that had been let in is gone."""
        self._waiting.pop(who, None)
        self._all[address] -= 1
        if not self._all[address]:
            del self._all[address]
