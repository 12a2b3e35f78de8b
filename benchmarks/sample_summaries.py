"""Make the summaries of five small groups of the same region, each after one round."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.sample_ballots import OwnerBallot
from benchmarks.sample_life import hold_round, services_on
from benchmarks.simulation import draw_firm, draw_group, draw_offsets, draw_raters, draw_sides
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.summary.summary import Summary
from peerreview.services.environment import Environment
from peerreview.store.vault import FileVault

SEED = "five groups"
DAY = date(2026, 7, 23)
HEADS = (8, 10, 12, 14, 18)
QUICK = 0.3
"""The share of owners who answer only the two counts."""

REGION = {
    "Alder Security": PartnerKind.PEER,
    "Bluestack Cloud": PartnerKind.VENDOR,
    "Cedar Point Systems": PartnerKind.PEER,
    "Delta Printers": PartnerKind.VENDOR,
    "Egret Fiber": PartnerKind.VENDOR,
    "Gulf Cabling": PartnerKind.SUBCONTRACTOR,
    "Harborline": PartnerKind.SUBCONTRACTOR,
    "Ironwood SOC": PartnerKind.VENDOR,
    "Juniper Leasing": PartnerKind.DISTRIBUTOR,
    "Lantern VoIP": PartnerKind.REFERRAL,
    "Moss Legal IT": PartnerKind.REFERRAL,
    "Nimbus Licensing": PartnerKind.DISTRIBUTOR,
    "Oyster Bay Data": PartnerKind.SUBCONTRACTOR,
    "Pelican Pay": PartnerKind.REFERRAL,
    "Quarry Hosting": PartnerKind.VENDOR,
    "Redfish Wireless": PartnerKind.SUBCONTRACTOR,
}
SHARED = 10
"""The number of firms of the region that one group rates."""


def five_summaries(environment: Environment) -> Iterator[Summary]:
    """Yield the summaries; the groups share the firms, but not the owners."""
    rng = Random(SEED)
    offsets = {
        key: draw_offsets(rng, criteria) for key, criteria in sorted(environment.sets.items())
    }
    firms = {
        name: draw_firm(
            rng,
            environment.sets[kind.criteria_set_id],
            offsets[kind.criteria_set_id],
            draw_sides(rng),
        )
        for name, kind in REGION.items()
    }
    for number, heads in enumerate(HEADS, 1):
        names = sorted(rng.sample(list(REGION), SHARED))
        knowing = [rng.sample(range(heads), rng.randint(3, heads)) for _ in names]
        drawn = draw_group(
            rng, [firms[name] for name in names], draw_raters(rng, heads, QUICK), knowing
        )
        answers = dict(zip(names, drawn.answers, strict=True))
        ballots: list[OwnerBallot] = [
            {name: rows[owner] for name, rows in answers.items() if owner in rows}
            for owner in range(heads)
        ]
        yield _hold_only_round(
            environment, f"Group {number}", names, [ballot for ballot in ballots if ballot]
        )


def _hold_only_round(
    environment: Environment, group: str, names: list[str], ballots: list[OwnerBallot]
) -> Summary:
    """Hold one round of a new group in a temporary folder; return its summary."""
    with TemporaryDirectory() as folder:
        services, _ = services_on(FileVault(Path(folder) / "any.group.json"), environment, DAY)
        services.setting_up.create(group)
        for name in names:
            services.setting_up.add(name, REGION[name])
        key = hold_round(services, ballots, heads=len(ballots))
        services.rounds.close(key, hands=len(ballots))
        return services.results.summary()
