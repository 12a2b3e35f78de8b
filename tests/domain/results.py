"""Builders of results without a tally: released cells, and groups, boards and summaries of them."""

from datetime import date

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.rating.ballot import Row
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result.board import Board, make_board
from peerreview.domain.round.round import Round, RoundPartner, RoundState
from peerreview.domain.summary.summary import Summary, summarize
from peerreview.domain.tally.release import PartnerRelease, Release, VoicesBand
from peerreview.domain.tally.tally import tally_round
from peerreview.domain.tally.verdict import Certainty, Street, Work

from .builders import CLOSED, PEER, VENDOR

SETS = {criteria.hash: criteria for criteria in (PEER, VENDOR)}


def make_result(
    street: Street = Street.TWO_WAY, partner: str = "acme", **more: object
) -> PartnerRelease:
    """Return what might be released of a partner; a declared street is solid by default."""
    if street is Street.TOO_FEW:
        return PartnerRelease(partner=partner, street=street)
    declared = street not in (Street.MIXED, Street.TOO_CLOSE)
    sides = {
        Street.TWO_WAY: (4.0, 4.0),
        Street.WE_OWE: (4.0, 2.0),
        Street.ONE_WAY: (2.0, 4.0),
        Street.QUIET: (2.0, 2.0),
    }.get(street, (3.5, 3.5))
    fields: dict[str, object] = {
        "partner": partner,
        "street": street,
        "certainty": Certainty.SOLID if declared else None,
        "voices": VoicesBand.SOME,
        "comes_back": sides[0],
        "we_give": sides[1],
        "work": Work.GOOD,
        "work_index": 4.0,
    }
    return PartnerRelease.model_validate(fields | more)


def make_release(
    *partners: PartnerRelease, number: int = 1, criteria: CriteriaSet = PEER
) -> Release:
    """Return a release of these partners."""
    return Release(
        round=number,
        closed_on=date(2026, 3 * number, 2),
        ballots=12,
        floor=4,
        give_cut=3.25,
        sets={partner.partner: criteria.hash for partner in partners},
        partners=tuple(sorted(partners, key=lambda partner: partner.partner)),
    )


def make_group(*releases: Release, names: dict[str, str] | None = None) -> Group:
    """Return a group that closed the rounds of these releases and has every partner in them."""
    ids = sorted({partner.partner for release in releases for partner in release.partners})
    called = {id_: (names or {}).get(id_, id_.capitalize()) for id_ in ids}
    rounds = tuple(
        Round(
            id=f"r{release.round}",
            number=release.round,
            state=RoundState.CLOSED,
            heads=12,
            partners=tuple(
                RoundPartner(id=id_, set_hash=hash_) for id_, hash_ in release.sets.items()
            ),
        )
        for release in releases
    )
    return Group(
        id="g",
        name="Gulf Coast Peers",
        label="maple otter",
        partners=tuple(
            Partner(id=id_, name=name, kind=PartnerKind.PEER) for id_, name in called.items()
        ),
        sets=tuple(SETS.values()),
        rounds=rounds,
        releases=releases,
    )


def make_first_board(*partners: PartnerRelease) -> Board:
    """Return the board of a first round."""
    return make_board(make_group(make_release(*partners)))


def make_first_summary(*partners: PartnerRelease) -> Summary:
    """Return the summary of a first round."""
    now = make_release(*partners)
    group = make_group(now)
    return summarize(group, make_board(group), now)


def summarize_rows(rows: dict[str, list[Row]], ballots: int, floor: int = 4) -> Summary:
    """Return the summary of a first round, whose rows the real tally pools."""
    round_ = Round(
        id="r1",
        number=1,
        state=RoundState.CLOSED,
        heads=max(4, ballots),
        floor=floor,
        partners=tuple(RoundPartner(id=row, set_hash=PEER.hash) for row in rows),
    )
    now = tally_round(round_, SETS, rows, CLOSED, ballots)
    group = make_group(now)
    return summarize(group, make_board(group), now)
