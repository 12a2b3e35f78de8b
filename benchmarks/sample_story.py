"""The story behind sample_data/: fourteen partners as they really are, over four rounds.

Only truths stand here; what the owners answer comes out of the simulation (sample_ballots.py).
Each word of `streets` is one round: how the partner really is then, `-` while nobody lists it.
"""

from dataclasses import dataclass, field
from datetime import date

from peerreview.domain.group.partner import PartnerKind

GROUP = "Gulf Coast Peers"
SEED = 76
"""One of a few hundred tried, where the boards tell the story below; nothing else is tuned."""

DAYS = (date(2026, 1, 15), date(2026, 4, 16), date(2026, 7, 16), date(2026, 10, 15))
"""The meetups, a quarter apart; the box of the last one is still open."""
OWNERS = (10, 11, 12, 12)
"""How many owners were in the room; the last one of the open round hasn't rated yet."""

LANES = {
    "two-way": (4.2, 4.5),
    "warm": (3.8, 4.2),
    "owe": (4.2, 2.7),
    "one-way": (2.3, 4.4),
    "quiet": (2.3, 2.6),
    "close": (3.2, 3.8),
    "mixed": (3.1, 4.4),
}
"""What comes back and what we give, 1 to 5 on the ballot's scale."""
CAMPS = 1.5
"""How far the two camps of a mixed partner stand from the middle of what comes back."""
GOOD, FAIR, POOR = 4.3, 3.4, 1.9
REPORTED_FROM = 3
"""The round from which deal-breakers are reported."""


@dataclass(frozen=True)
class Story:
    """One partner: its streets and the number of owners who rate it, round by round.

    Attributes:
        work: how good its work is, 1 to 5.
        reports: how likely each rater reports a deal-breaker, by id.
    """

    name: str
    kind: PartnerKind
    streets: str
    known_by: tuple[int, int, int, int]
    work: float = GOOD
    aliases: tuple[str, ...] = ()
    reports: dict[str, float] = field(default_factory=dict[str, float])

    def street(self, number: int) -> str:
        """Return how the partner really is in a round (the first is 1)."""
        return self.streets.split()[number - 1]

    def listed(self, number: int) -> bool:
        """Tell whether the partner is up for rating in a round."""
        return self.street(number) != "-"


PARTNERS = (
    Story("Alder Security", PartnerKind.PEER, "two-way two-way two-way two-way", (8, 9, 10, 10)),
    Story("Bayou Web Works", PartnerKind.SUBCONTRACTOR, "owe owe owe owe", (2, 2, 2, 3)),
    Story("Bluestack Cloud", PartnerKind.VENDOR, "two-way two-way one-way one-way", (6, 7, 8, 8),
          aliases=("Bluestack",), reports={"around": 0.5}),
    Story("Cobalt Voice", PartnerKind.REFERRAL, "- quiet quiet two-way", (0, 2, 3, 5)),
    Story("Delta Printers", PartnerKind.VENDOR, "one-way one-way quiet quiet", (5, 5, 4, 4), FAIR),
    Story("Fennel Backup", PartnerKind.VENDOR, "- one-way quiet quiet", (0, 3, 7, 6), FAIR),
    Story("Gulf Cabling", PartnerKind.SUBCONTRACTOR, "owe owe two-way two-way", (8, 9, 10, 9)),
    Story(
        "Harborline",
        PartnerKind.SUBCONTRACTOR,
        "two-way close close one-way",
        (7, 8, 9, 9),
        POOR,
    ),
    Story("Ironwood SOC", PartnerKind.VENDOR, "warm warm warm warm", (5, 6, 6, 6)),
    Story("Juniper Leasing", PartnerKind.DISTRIBUTOR, "quiet owe owe two-way", (4, 5, 6, 7)),
    Story("Kestrel Dev", PartnerKind.SUBCONTRACTOR, "two-way two-way mixed mixed", (6, 8, 11, 9),
          aliases=("Kestrel",)),
    Story("Lantern VoIP", PartnerKind.REFERRAL, "two-way one-way one-way quiet", (7, 8, 9, 8)),
    Story("Magnolia Networks", PartnerKind.PEER, "- two-way two-way two-way", (0, 6, 8, 9)),
    Story("Nimbus Licensing", PartnerKind.DISTRIBUTOR, "- - one-way one-way", (0, 0, 5, 6)),
)  # fmt: skip
