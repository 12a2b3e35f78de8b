"""How much a host allows, and the counts of connections and guesses that are compared with that.

Knows addresses for as long as they are connected or guess; must not know who rates what.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

_LONGEST_DELAY = 8.0
"""Seconds that an answer to a guess waits at most."""
_GUESS_MEMORY = 60.0
"""Seconds for which a wrong guess counts against an address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a host takes on.

    Attributes:
        sessions: sessions at the same time.
        waiting: connections that haven't sent the door code yet.
        per_address: connections from one address; a whole meetup may share one.
        login: seconds until a connection has to be authenticated; people compare a fingerprint.
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
    """Counts wrong door codes: each makes the next answer to its address slower.

    Args:
        most: wrong codes an hour, from all addresses together, after which nobody may guess.
        clock: returns the time in seconds.
    """

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}
        self._wrong_this_hour = 0
        self._hour_start = clock()

    def delay_for(self, address: str) -> float:
        """Return how many seconds an answer to this address waits, whether right or wrong."""
        count = self._count(address)
        return min(_LONGEST_DELAY, 0.125 * 2**count) if count else 0.0

    @property
    def is_exhausted(self) -> bool:
        """Whether so many guesses were wrong that nobody may guess for the rest of the hour."""
        if self._clock() - self._hour_start >= 3600:
            self._wrong_this_hour = 0
            self._hour_start = self._clock()
        return self._wrong_this_hour >= self._most

    def record_wrong(self, address: str) -> None:
        """Count a wrong guess, and forget addresses that stopped guessing."""
        now = self._clock()
        count = self._count(address) + 1
        self._wrong = {
            other: (number, last)
            for other, (number, last) in self._wrong.items()
            if now - last < _GUESS_MEMORY
        }
        self._wrong[address] = count, now
        self._wrong_this_hour += 1

    def _count(self, address: str) -> int:
        count, last = self._wrong.get(address, (0, 0.0))
        return count if self._clock() - last < _GUESS_MEMORY else 0


class Admission:
    """The connections of a host: how many come from an address, and which aren't authenticated."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._counts: Counter[str] = Counter()
        self._waiting: dict[object, tuple[str, Callable[[], None]]] = {}

    def admit(self, connection: object, address: str, abort: Callable[[], None]) -> bool:
        """Count a new connection in and return True, or return False if its address has too many.

        When too many connections wait for a door code, the oldest one of the address that has most
        of them is aborted: a crowd from one address can't keep others out.

        Args:
            connection: the connection, as a key.
            address: the address it comes from.
            abort: ends the connection.
        """
        if self._counts[address] >= self._limits.per_address:
            return False
        self._counts[address] += 1
        if len(self._waiting) >= self._limits.waiting:
            self._abort_one_of_crowd()
        self._waiting[connection] = address, abort
        return True

    def _abort_one_of_crowd(self) -> None:
        counts = Counter(address for address, _ in self._waiting.values())
        crowded_address = counts.most_common(1)[0][0]
        for connection, (address, abort) in self._waiting.items():
            if address == crowded_address:
                del self._waiting[connection]
                abort()
                return

    def mark_authenticated(self, connection: object) -> None:
        """Note that a connection has proved its right to be there."""
        self._waiting.pop(connection, None)

    def remove(self, connection: object, address: str) -> None:
        """Count out a connection that had been admitted."""
        self._waiting.pop(connection, None)
        self._counts[address] -= 1
        if not self._counts[address]:
            del self._counts[address]
