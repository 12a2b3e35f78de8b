"""Results out of thin air: cells as a close would release them, in a group that has them."""

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

SETS = {each.hash: each for each in (PEER, VENDOR)}


def cells(street: Street = Street.TWO_WAY, partner: str = "acme", **more: object) -> PartnerRelease:
    """What might be released of a partner; a declared street is solid unless told otherwise."""
    if street is Street.TOO_FEW:
        return PartnerRelease(partner=partner, street=street)
    declared = street not in (Street.MIXED, Street.TOO_CLOSE)
    sides = {
        Street.TWO_WAY: (4.0, 4.0),
        Street.WE_OWE: (4.0, 2.0),
        Street.ONE_WAY: (2.0, 4.0),
        Street.QUIET: (2.0, 2.0),
    }.get(street, (3.5, 3.5))
    told: dict[str, object] = {
        "partner": partner,
        "street": street,
        "certainty": Certainty.SOLID if declared else None,
        "voices": VoicesBand.SOME,
        "comes_back": sides[0],
        "we_give": sides[1],
        "work": Work.GOOD,
        "work_index": 4.0,
    }
    return PartnerRelease.model_validate(told | more)


def release(*told: PartnerRelease, number: int = 1, criteria: CriteriaSet = PEER) -> Release:
    """A release of these partners."""
    return Release(
        round=number,
        closed_on=date(2026, 3 * number, 2),
        ballots=12,
        floor=4,
        give_cut=3.25,
        sets={each.partner: criteria.hash for each in told},
        partners=tuple(sorted(told, key=lambda each: each.partner)),
    )


def group(*releases: Release, names: dict[str, str] | None = None) -> Group:
    """A group that closed the rounds of these releases, and has every partner in them."""
    ids = sorted({told.partner for each in releases for told in each.partners})
    called = {each: (names or {}).get(each, each.capitalize()) for each in ids}
    rounds = tuple(
        Round(
            id=f"r{each.round}",
            number=each.round,
            state=RoundState.CLOSED,
            heads=12,
            partners=tuple(
                RoundPartner(id=id_, set_hash=hash_) for id_, hash_ in each.sets.items()
            ),
        )
        for each in releases
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


def board_of(*told: PartnerRelease) -> Board:
    """The board of a first round."""
    return make_board(group(release(*told)))


def summary_of(*told: PartnerRelease) -> Summary:
    """The summary of a first round."""
    now = release(*told)
    found = group(now)
    return summarize(found, make_board(found), now)


def summary_of_rows(rows: dict[str, list[Row]], ballots: int, floor: int = 4) -> Summary:
    """The summary of rows as they come out of a box, pooled by the real tally."""
    round_ = Round(
        id="r1",
        number=1,
        state=RoundState.CLOSED,
        heads=max(4, ballots),
        floor=floor,
        partners=tuple(RoundPartner(id=row, set_hash=PEER.hash) for row in rows),
    )
    now = tally_round(round_, SETS, rows, CLOSED, ballots)
    found = group(now)
    return summarize(found, make_board(found), now)
