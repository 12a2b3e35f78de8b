"""The summary a group takes home: released cells and words, never a deal-breaker.

Version 1. The words are worked out from the numbers beside them, so `verify` can check them.
"""

import json
from typing import Annotated, Literal

from pydantic import Field

from peerreview.domain import wording
from peerreview.domain.board import Board, BoardLine
from peerreview.domain.criteria import CriteriaSet
from peerreview.domain.group import Group
from peerreview.domain.partner import Kind
from peerreview.domain.release import FIVE_BANDS_FROM, Band, Half, PartnerRelease, Release, Voices
from peerreview.domain.round import quarter
from peerreview.domain.text import Name
from peerreview.domain.value import Value
from peerreview.domain.verdict import CUT, Certainty, Street, Work

VERSION = 1


class SummaryPartner(Value):
    """One partner: what was released, and the sentences that follow from it."""

    name: Name
    kind: Kind
    set: str
    street: Street
    certainty: Certainty | None = None
    voices: Voices | None = None
    comes_back: Half | None = None
    we_give: Half | None = None
    work: Work | None = None
    work_index: Half | None = None
    bands: dict[str, Band] = Field(default_factory=dict[str, Band])
    why: str
    advice: str

    def released(self) -> PartnerRelease:
        """Return the released cells alone, for working the sentences out again."""
        cells = self.model_dump(exclude={"name", "kind", "set", "why", "advice"})
        return PartnerRelease(partner="-", **cells)


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
    partners: tuple[SummaryPartner, ...]


def summarize(group: Group, board: Board, release: Release) -> Summary:
    """Return the summary of one board, partners by name."""
    lines = sorted(
        (line for section in board.sections for line in section.lines),
        key=lambda line: line.partner.sort_key,
    )
    return Summary(
        notice=wording.NOTICE,
        format="peerreview summary",
        version=VERSION,
        group=group.label,
        round=board.round,
        quarter=quarter(release.closed_on),
        ballots=release.ballots,
        floor=release.floor,
        give_cut=release.give_cut,
        sets=dict(sorted({line.criteria.id: line.criteria.hash for line in lines}.items())),
        partners=tuple(_partner(line) for line in lines),
    )


def _partner(line: BoardLine) -> SummaryPartner:
    """Return a line without its deal-breakers; street and advice are worked out without them."""
    told = line.told.model_copy(update={"deal_breaker": False, "deal_breakers": ()})
    cells = told.model_dump(exclude={"partner", "deal_breaker", "deal_breakers"})
    return SummaryPartner(
        name=line.partner.name,
        kind=line.partner.kind,
        set=line.criteria.id,
        why=wording.why(told, line.criteria),
        advice=wording.advice(told),
        **cells,
    )


def to_json(summary: Summary) -> str:
    """Return the summary's bytes as text: the same content, the same bytes."""
    return json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


DECLARED = {
    Street.TWO_WAY: (True, True),
    Street.ONE_WAY: (False, True),
    Street.WE_OWE: (True, False),
    Street.QUIET: (False, False),
}
"""What each street says about (comes back, we give): high or low."""


def contradictions(summary: Summary, sets: dict[str, CriteriaSet]) -> list[str]:
    """Return a sentence for each word that the numbers beside it contradict.

    Args:
        summary: a summary of the right shape.
        sets: the known criteria sets by hash; sentences of other sets can't be worked out again.
    """
    found: list[str] = []
    names = [partner.name for partner in summary.partners]
    found += [f"{name}: listed twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for partner in summary.partners:
        found += [f"{partner.name}: {what}" for what in _tier_faults(partner)]
        found += [f"{partner.name}: {what}" for what in _side_faults(partner, summary.give_cut)]
        criteria = sets.get(summary.sets.get(partner.set, ""))
        if criteria and partner.why != wording.why(partner.released(), criteria):
            found.append(f"{partner.name}: the reason doesn't follow from the numbers")
        if partner.advice != wording.advice(partner.released()):
            found.append(f"{partner.name}: the advice doesn't follow from the street")
    return found


def _tier_faults(partner: SummaryPartner) -> list[str]:
    """Return what is shown that couldn't have been released together."""
    numbers = (partner.comes_back, partner.we_give, partner.work_index, partner.work)
    found: list[str] = []
    if partner.street is Street.TOO_FEW:
        if partner.voices or partner.certainty or partner.bands or any(numbers):
            found.append("too few voices, and yet something is shown")
        return found
    if partner.voices is None:
        found.append("a street without voices")
    if (partner.certainty is not None) is not (partner.street in DECLARED):
        found.append(
            f"{partner.street} and {partner.certainty or 'no certainty'} don't go together"
        )
    if (partner.comes_back is None) is not (partner.we_give is None):
        found.append("only one of the two sides is shown")
    if partner.comes_back is None and (partner.bands or any(numbers)):
        found.append("details without the two sides")
    if partner.comes_back is None and partner.voices is not Voices.FEW:
        found.append("enough voices, and yet the two sides are missing")
    if partner.voices is Voices.FEW and any(band.of == 5 for band in partner.bands.values()):
        found.append(f"five bands need {FIVE_BANDS_FROM} answers")
    if any(band.band > band.of for band in partner.bands.values()):
        found.append("a band beyond its scale")
    return found


def _side_faults(partner: SummaryPartner, give_cut: float) -> list[str]:
    """Return the declared sides whose index lies on the wrong side of its cut."""
    found: list[str] = []
    if partner.street in DECLARED:
        high_get, high_give = DECLARED[partner.street]
        sides = (("comes back", partner.comes_back, CUT, high_get),
                 ("we give", partner.we_give, give_cut, high_give))  # fmt: skip
        for name, index, cut, high in sides:
            if index is not None and (index < cut if high else index > cut):
                found.append(f"{partner.street}, but {name} is {index:g} with a cut of {cut:g}")
    if partner.work is Work.GOOD and partner.work_index is not None and partner.work_index < CUT:
        found.append(f"good work, but the index is {partner.work_index:g}")
    if partner.work is Work.POOR and partner.work_index is not None and partner.work_index > CUT:
        found.append(f"poor work, but the index is {partner.work_index:g}")
    return found
