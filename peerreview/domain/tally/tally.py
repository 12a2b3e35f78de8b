"""The tally: the rows of a round are pooled into one `Release`.

The release doesn't depend on the order of the rows, nor on the rows of a partner below the floor.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peerreview.domain.rating.ballot import Row, Voice, counts_as_voice, voice_from_answers
from peerreview.domain.rating.criteria import CriteriaSet, Section, Side
from peerreview.domain.rating.scale import YES
from peerreview.domain.round.round import Round
from peerreview.domain.tally.estimate import Estimate, estimate
from peerreview.domain.tally.release import (
    INDICES_FROM,
    WHICH_FROM,
    Band,
    PartnerRelease,
    Release,
    VoicesBand,
    is_reported,
    release_index,
    released_band,
)
from peerreview.domain.tally.verdict import (
    Street,
    compute_give_cut,
    decide_street,
    decide_work,
    is_mixed,
)

WORK_WORD_FROM = 4
"""The fewest voices on the work of a partner with which a word for it is released."""


@dataclass(frozen=True, slots=True)
class RoundBaseline:
    """What a partner's results are measured against.

    Attributes:
        ballots: the number of ballots of the round.
        severity: the mean severity of the rows of the round.
        cut: the round's cut for what we give.
    """

    ballots: int
    severity: float
    cut: float


def corrected_voices(
    criteria: CriteriaSet, rows: Sequence[Row], side: Side, mean_severity: float
) -> list[Voice]:
    """Return the voices on one side, corrected by how far their severity is from the mean."""
    voices: list[Voice] = []
    for row in rows:
        if voice := voice_from_answers(criteria, row.answers, side):
            value = voice.value - (row.severity - mean_severity)
            voices.append(Voice(max(1.0, min(5.0, value)), voice.answered))
    return voices


def release_partner(
    partner: str,
    criteria: CriteriaSet,
    rows: Sequence[Row],
    baseline: RoundBaseline,
    last: PartnerRelease | None = None,
) -> PartnerRelease:
    """Return the cells of one partner with enough voices (docs/design/anonymity.md).

    Args:
        partner: the partner's id.
        criteria: the partner's criteria set.
        rows: the rows that count as voices, at least as many as the floor.
        baseline: what the results are measured against.
        last: the partner's last cells, for the bands; only with the same criteria set.
    """
    voices = {side: corrected_voices(criteria, rows, side, baseline.severity) for side in Side}
    estimates = {
        side: estimate(side, voices[side], baseline.ballots) for side in Side if voices[side]
    }
    get, give = estimates[Side.GET], estimates[Side.GIVE]
    mixed = is_mixed(voices[Side.GET]) or is_mixed(voices[Side.GIVE])
    street, certainty = decide_street(get, give, baseline.cut, mixed)
    band = VoicesBand.from_count(len(rows))
    cells = PartnerRelease(partner=partner, street=street, certainty=certainty, voices=band)
    if len(rows) < INDICES_FROM:
        return cells
    return cells.evolve(
        comes_back=release_index(get.mean, len(rows)),
        we_give=release_index(give.mean, len(rows)),
        bands=_release_bands(criteria, rows, last),
        **_release_work(estimates.get(Side.WORK), len(voices[Side.WORK])),
        **_release_deal_breakers(criteria, rows),
    )


def _release_deal_breakers(criteria: CriteriaSet, rows: Sequence[Row]) -> dict[str, object]:
    """Return the fields of a `PartnerRelease` about deal-breakers."""
    reports = {
        deal_breaker: sum(row.answers[position] == YES for row in rows)
        for deal_breaker, position in criteria.deal_breaker_positions.items()
    }
    positions = criteria.deal_breaker_positions.values()
    reporting_rows = sum(
        any(row.answers[position] == YES for position in positions) for row in rows
    )
    reported: tuple[str, ...] = ()
    if len(rows) >= WHICH_FROM:
        reported = tuple(
            deal_breaker for deal_breaker, count in reports.items() if is_reported(count, len(rows))
        )
    return {"deal_breaker": is_reported(reporting_rows, len(rows)), "deal_breakers": reported}


def _release_work(estimated: Estimate | None, voices: int) -> dict[str, object]:
    """Return the fields of a `PartnerRelease` about work."""
    if estimated is None or voices < WORK_WORD_FROM:
        return {}
    index = release_index(estimated.mean, voices) if voices >= INDICES_FROM else None
    return {"work": decide_work(estimated), "work_index": index}


def _release_bands(
    criteria: CriteriaSet, rows: Sequence[Row], last: PartnerRelease | None
) -> dict[str, Band]:
    """Return the bands of the questions with enough answers, by question id."""
    bands: dict[str, Band] = {}
    for position, question in enumerate(criteria.questions):
        if question.section is not Section.UGLY:
            answers = [row.answers[position] for row in rows if row.answers[position]]
            last_band = last.bands.get(question.id) if last else None
            if band := released_band(answers, last_band):
                bands[question.id] = band
    return bands


def tally_round(
    round_: Round,
    sets: Mapping[str, CriteriaSet],
    rows: Mapping[str, Sequence[Row]],
    closed_on: date,
    ballots: int,
    before: Release | None = None,
) -> Release:
    """Return the release of a round.

    Args:
        round_: the round; a partner with fewer voices than its floor gets no result.
        sets: the criteria sets by hash.
        rows: the rows by partner id, in any order, without dummies.
        closed_on: the day of the close.
        ballots: the number of ballots that were handed in.
        before: the last results, for the bands.
    """
    hashes = {partner.id: partner.set_hash for partner in round_.partners}
    criteria = {partner: sets[set_hash] for partner, set_hash in hashes.items()}
    shown: dict[str, list[Row]] = {}
    for partner, partner_criteria in criteria.items():
        voices = sorted(
            row for row in rows.get(partner, ()) if counts_as_voice(partner_criteria, row.answers)
        )
        if len(voices) >= round_.floor:
            shown[partner] = voices
    baseline = round_baseline(criteria, shown, ballots)

    def make_cells(partner: str) -> PartnerRelease:
        if partner not in shown:
            return PartnerRelease(partner=partner, street=Street.TOO_FEW)
        last = None
        if before and before.sets.get(partner) == hashes[partner]:
            last = before.find_partner(partner)
        return release_partner(partner, criteria[partner], shown[partner], baseline, last)

    return Release(
        round=round_.number,
        closed_on=closed_on,
        ballots=ballots,
        floor=round_.floor,
        give_cut=baseline.cut,
        sets=dict(sorted(hashes.items())),
        partners=tuple(make_cells(partner) for partner in sorted(criteria)),
    )


def round_baseline(
    criteria: Mapping[str, CriteriaSet], shown: Mapping[str, Sequence[Row]], ballots: int
) -> RoundBaseline:
    """Return the baseline of a round, from the rows of the partners that are shown.

    The rows of other partners must not change anything, or they would show in the results.
    """
    gives: list[float] = []
    severities: list[float] = []
    for partner in sorted(shown):
        for row in shown[partner]:
            severities.append(row.severity)
            if voice := voice_from_answers(criteria[partner], row.answers, Side.GIVE):
                gives.append(voice.value)
    if not severities:
        return RoundBaseline(ballots, 0.0, compute_give_cut(0.0, 0))
    mean_severity = math.fsum(severities) / len(severities)
    mean_give = math.fsum(gives) / len(gives)
    return RoundBaseline(ballots, mean_severity, compute_give_cut(mean_give, len(gives)))
