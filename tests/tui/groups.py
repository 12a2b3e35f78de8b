"""The groups that screens are tested with: twelve partners, and two rounds about them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from stories import SETS, Rater, Says, opened, rated

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.round.round import Round, RoundPartner, RoundState
from peerreview.domain.tally.release import Band, PartnerRelease, Release, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street, Work
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound

GROUP = "Gulf Coast Peers"
TWELVE = {
    "Alder Security": PartnerKind.PEER,
    "Bayou Web Works": PartnerKind.SUBCONTRACTOR,
    "Bluestack Cloud": PartnerKind.VENDOR,
    "Cobalt Voice": PartnerKind.REFERRAL,
    "Delta Printers": PartnerKind.VENDOR,
    "Fennel Backup": PartnerKind.PEER,
    "Gulf Cabling": PartnerKind.SUBCONTRACTOR,
    "Harborline": PartnerKind.SUBCONTRACTOR,
    "Ironwood SOC": PartnerKind.VENDOR,
    "Juniper Leasing": PartnerKind.DISTRIBUTOR,
    "Kestrel Dev": PartnerKind.SUBCONTRACTOR,
    "Lantern VoIP": PartnerKind.REFERRAL,
}


def create_group(
    services: GroupServices, partners: Mapping[str, PartnerKind] = TWELVE
) -> GroupServices:
    """Create the group, add its partners, and return its services."""
    services.setting_up.create(GROUP)
    for name, kind in partners.items():
        services.setting_up.add(name, kind)
    return services


def open_round(services: GroupServices, heads: int = 4) -> PreparedRound:
    """Open a round about all partners for a number of raters."""
    return opened(services, heads)


def make_rater(**says: int) -> Rater:
    """Return a rater who gives the same answers about all twelve partners."""
    return Rater(dict.fromkeys(TWELVE, Says(**says)))


def hand_in_four_ballots(services: GroupServices) -> None:
    """Let four raters hand in a ballot each."""
    rated(services, *[make_rater()] * 4)


# Releases that are made up so that the board shows every street.

_SIDES = {
    Street.TWO_WAY: (4.0, 4.5),
    Street.WE_OWE: (4.5, 2.0),
    Street.MIXED: (3.0, 3.5),
    Street.ONE_WAY: (2.0, 4.0),
    Street.QUIET: (1.5, 2.0),
    Street.TOO_CLOSE: (3.0, 3.0),
}
_NOW = {
    "Alder Security": Street.TWO_WAY,
    "Bayou Web Works": Street.TOO_FEW,
    "Bluestack Cloud": Street.ONE_WAY,
    "Cobalt Voice": Street.TOO_FEW,
    "Delta Printers": Street.QUIET,
    "Fennel Backup": Street.TWO_WAY,
    "Gulf Cabling": Street.TWO_WAY,
    "Harborline": Street.TOO_CLOSE,
    "Ironwood SOC": Street.TWO_WAY,
    "Juniper Leasing": Street.WE_OWE,
    "Kestrel Dev": Street.MIXED,
    "Lantern VoIP": Street.ONE_WAY,
}
_BEFORE = _NOW | {"Bluestack Cloud": Street.TWO_WAY, "Gulf Cabling": Street.TOO_FEW}


@cache
def make_rated_group() -> Group:
    """Return a group with two closed rounds."""
    releases = (_release(1, date(2026, 3, 2), _BEFORE), _release(2, date(2026, 6, 2), _NOW))
    return Group(
        id="g0",
        name=GROUP,
        label="maple otter",
        partners=tuple(
            Partner(id=f"p{at:02}", name=name, kind=kind)
            for at, (name, kind) in enumerate(TWELVE.items())
        ),
        sets=tuple(sorted(SETS.values(), key=lambda criteria_set: criteria_set.hash)),
        rounds=tuple(_closed_round(release) for release in releases),
        releases=releases,
    )


def rename_group(group: Group, names: Sequence[str], name: str) -> Group:
    """Return the group with other names for itself and its partners, which aren't validated."""
    partners = tuple(
        partner.model_copy(update={"name": partner_name})
        for partner, partner_name in zip(group.partners, names, strict=True)
    )
    return group.model_copy(update={"name": name, "partners": partners})


def _closed_round(release: Release) -> Round:
    return Round(
        id=f"r{release.round}",
        number=release.round,
        state=RoundState.CLOSED,
        heads=12,
        partners=tuple(
            RoundPartner(id=id_, set_hash=set_hash) for id_, set_hash in release.sets.items()
        ),
        opened_on=release.closed_on,
        ended_on=release.closed_on,
    )


def _release(number: int, closed_on: date, streets: Mapping[str, Street]) -> Release:
    return Release(
        round=number,
        closed_on=closed_on,
        ballots=12,
        floor=4,
        give_cut=3.25,
        sets={
            f"p{at:02}": SETS[kind.criteria_set_id].hash for at, kind in enumerate(TWELVE.values())
        },
        partners=tuple(
            _partner_release(f"p{at:02}", streets[name]) for at, name in enumerate(TWELVE)
        ),
    )


def _partner_release(partner: str, street: Street) -> PartnerRelease:
    if street is Street.TOO_FEW:
        return PartnerRelease(partner=partner, street=street)
    back, give = _SIDES[street]
    ugly = partner == "p02" and street is Street.ONE_WAY
    declared = street not in (Street.MIXED, Street.TOO_CLOSE)
    return PartnerRelease(
        partner=partner,
        street=street,
        certainty=(Certainty.LEANS if ugly else Certainty.SOLID) if declared else None,
        voices=VoicesBand.SOME,
        comes_back=back,
        we_give=give,
        work=Work.POOR if street is Street.TOO_CLOSE else Work.GOOD,
        work_index=2.0 if street is Street.TOO_CLOSE else 4.0,
        bands={
            "they.back": Band(band=2, of=5),
            "we.back": Band(band=4, of=5),
            "they.thanks": Band(band=1, of=3),
            "we.thanks": Band(band=3, of=3),
            "they.job": Band(band=4, of=5),
            "letdown": Band(band=3, of=5),
        },
        deal_breaker=ugly,
        deal_breakers=("around",) if ugly else (),
    )
