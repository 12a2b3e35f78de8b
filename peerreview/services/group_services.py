"""All services of one group, together for a front end.

Services that the first screen doesn't need are imported at their first use, for a fast start.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from peerreview.services.environment import Environment
from peerreview.services.ports import Vault
from peerreview.services.rounds import Rounds

if TYPE_CHECKING:
    from peerreview.services.rating import Rating
    from peerreview.services.results import Results
    from peerreview.services.round_watch import RoundWatch
    from peerreview.services.setting_up import SettingUp


class GroupServices:
    """The services of one group.

    Attributes:
        location: where the group is stored, in words for a person.
        rounds: the service for rounds.
    """

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault = vault
        self._environment = environment
        self.location = vault.location
        self.rounds = Rounds(vault, environment)

    @property
    def setting_up(self) -> "SettingUp":
        """A new service for the group and its partners; it can undo only its own last change."""
        from peerreview.services.setting_up import SettingUp

        return SettingUp(self._vault, self._environment)

    @cached_property
    def rating(self) -> "Rating":
        """The service for turns: draw a code, rate, hand in."""
        from peerreview.services.rating import Rating

        return Rating(self._vault, self._environment)

    @cached_property
    def results(self) -> "Results":
        """The service for boards, agreements and summaries."""
        from peerreview.services.results import Results

        return Results(self._vault)

    def watch_round(self, with_check_words: bool = True) -> "RoundWatch":
        """Return a new watch of the group and its open round; see `RoundWatch`."""
        from peerreview.services.round_watch import RoundWatch

        return RoundWatch(self._vault, self._environment, with_check_words)
