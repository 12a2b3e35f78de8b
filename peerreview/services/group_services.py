"""A desk: everything that can be done with one group, handed to a front end as one thing.

What the first picture doesn't need is imported when somebody asks for it.
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
    """The services of one group. `location` is the place of its file, in words for a person."""

    def __init__(self, vault: Vault, environment: Environment) -> None:
        self._vault, self._environment = vault, environment
        self.location, self.rounds = vault.location, Rounds(vault, environment)

    @property
    def setting_up(self) -> "SettingUp":
        """The group and its partners, for one person: each takes back only what is their own."""
        from peerreview.services.setting_up import SettingUp

        return SettingUp(self._vault, self._environment)

    @cached_property
    def rating(self) -> "Rating":
        """Turns: draw, rate, hand in."""
        from peerreview.services.rating import Rating

        return Rating(self._vault, self._environment)

    @cached_property
    def results(self) -> "Results":
        """Boards and summaries."""
        from peerreview.services.results import Results

        return Results(self._vault)

    def watch_round(self, with_check_words: bool = True) -> "RoundWatch":
        """Return a new watch of the group and its open round; see `RoundWatch`."""
        from peerreview.services.round_watch import RoundWatch

        return RoundWatch(self._vault, self._environment, with_check_words)
