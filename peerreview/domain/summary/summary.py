"""The summary a group takes home: released cells and words, never a deal-breaker.

This is version 1. Its words follow from the numbers beside them, so contradiction.py can check
them.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine, sections_by_street
from peerreview.domain.tally.release import Cells, PartnerRelease, Release
from peerreview.domain.value import Name, Value

VERSION = 1
_CELLS = set(Cells.model_fields)


class _Named(Value):
    """The name and kind of a partner, and the id of its criteria set."""

    name: Name
    kind: PartnerKind
    set: str


class SummaryPartner(Cells, _Named):
    """One partner: its name (first in the file), its cells, the sentences that follow from them."""

    why: str
    advice: str

    def to_release(self) -> PartnerRelease:
        """Return the cells alone, to derive the sentences again."""
        return PartnerRelease(partner="-", **self.model_dump(include=_CELLS))


class Summary(Value):
    """A round's result as it leaves the group. `group` is the chosen label, never the name."""

    notice: Literal["Opinion of a group, first hand, not for publication."]
    format: Literal["peerreview summary"]
    version: Literal[1]
    group: Name
    round: Annotated[int, Field(ge=1)]
    quarter: Annotated[str, Field(pattern=r"^Q[1-4] \d{4}$")]
    ballots: Annotated[int, Field(ge=4, le=60)]
    floor: Annotated[int, Field(ge=4, le=12)]
    give_cut: Annotated[float, Field(ge=2.75, le=4.5, multiple_of=0.25)]
    sets: dict[str, str]
    partners: Annotated[tuple[SummaryPartner, ...], Field(min_length=1, max_length=60)]


def summarize(group: Group, board: Board, release: Release) -> Summary:
    """Return the summary of one board, partners by name."""
    lines = sorted(board.all_lines, key=lambda line: line.partner.sort_key)
    sets = {partner: group.get_criteria_set(hash_) for partner, hash_ in release.sets.items()}
    return Summary(
        notice=wording.NOTICE,
        format="peerreview summary",
        version=VERSION,
        group=group.label,
        round=board.round,
        quarter=board.quarter,
        ballots=release.ballots,
        floor=release.floor,
        give_cut=release.give_cut,
        sets=dict(sorted({criteria.id: criteria.hash for criteria in sets.values()}.items())),
        partners=tuple(_partner(line, sets[line.partner.id]) for line in lines),
    )


def _partner(line: BoardLine, criteria: CriteriaSet) -> SummaryPartner:
    """Return a partner without its deal-breakers, and the advice that follows without them."""
    return SummaryPartner(
        name=line.partner.name,
        kind=line.partner.kind,
        set=criteria.id,
        why=line.reason,
        advice=wording.advice(line.result.evolve(deal_breaker=False)),
        **line.result.model_dump(include=_CELLS),
    )


def board_from_summary(summary: Summary, sets: Mapping[str, CriteriaSet]) -> Board:
    """Return a summary as a board.

    Args:
        summary: the summary; its reasons are taken as they stand.
        sets: the known criteria sets by hash.
    """
    lines = [
        BoardLine(
            Partner(id=str(number), name=partner.name, kind=partner.kind),
            partner.to_release(),
            partner.why,
            sets.get(summary.sets.get(partner.set, "")),
        )
        for number, partner in enumerate(summary.partners)
    ]
    return Board(
        summary.group,
        summary.round,
        summary.quarter,
        summary.ballots,
        summary.give_cut,
        sections_by_street(lines),
    )


def summary_to_json(summary: Summary) -> str:
    """Return the JSON of a summary; equal summaries give equal text."""
    return json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
