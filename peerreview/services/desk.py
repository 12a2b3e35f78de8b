"""A desk: everything that can be done with one group, handed to a front end as one thing."""

from dataclasses import dataclass

from peerreview.services.ports import Vault
from peerreview.services.rating import Rating
from peerreview.services.results import Results
from peerreview.services.rounds import Rounds
from peerreview.services.setting_up import SettingUp
from peerreview.services.world import World


@dataclass(frozen=True)
class Desk:
    """The services of one group. `where` is the place of its file, in words for a person."""

    where: str
    setting_up: SettingUp
    rounds: Rounds
    rating: Rating
    results: Results

    @classmethod
    def of(cls, vault: Vault, world: World) -> "Desk":
        """Return the desk of the group in `vault`; nothing is read yet."""
        setting_up, rounds = SettingUp(vault, world), Rounds(vault, world)
        return cls(vault.where, setting_up, rounds, Rating(vault, world), Results(vault))
