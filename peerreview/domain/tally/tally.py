"""The tally: all rows of a round become one `Release`. The rows are forgotten afterwards.

Nothing depends on the order of rows, and nothing on the rows of a partner below the floor.
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
    released_band,
    released_index,
)
from peerreview.domain.tally.verdict import Street, decide_street, decide_work, give_cut, is_mixed

WORK_WORD_FROM = 4


@dataclass(frozen=True, slots=True)
class RoundBaseline:
    """What the whole round has in common: ballots, mean severity, the cut for GIVE."""

    ballots: int
    severity: float
    cut: float


def corrected_voices(
    criteria: CriteriaSet, rows: Sequence[Row], side: Side, mean_severity: float
) -> list[Voice]:
    """Return one side's voices, each corrected by its rater's severity against the round's."""
    found: list[Voice] = []
    for row in rows:
        if reading := voice_from_answers(criteria, row.answers, side):
            value = reading.value - (row.severity - mean_severity)
            found.append(Voice(max(1.0, min(5.0, value)), reading.answered))
    return found


def release_partner(
    partner: str,
    criteria: CriteriaSet,
    rows: Sequence[Row],
    baseline: RoundBaseline,
    last: PartnerRelease | None = None,
) -> PartnerRelease:
    """Return what may be known of one partner with enough voices (docs/design/anonymity.md).

    Args:
        partner: the partner's id.
        criteria: the set that asked about it.
        rows: its voices, at least the floor.
        baseline: what the round has in common.
        last: what was released of it last time by the same set, for the bands.
    """
    sides = {side: corrected_voices(criteria, rows, side, baseline.severity) for side in Side}
    known = {side: estimate(side, sides[side], baseline.ballots) for side in Side if sides[side]}
    get, give = known[Side.GET], known[Side.GIVE]
    mixed = is_mixed(sides[Side.GET]) or is_mixed(sides[Side.GIVE])
    word, certainty = decide_street(get, give, baseline.cut, mixed)
    voices = VoicesBand.from_count(len(rows))
    told = PartnerRelease(partner=partner, street=word, certainty=certainty, voices=voices)
    if len(rows) < INDICES_FROM:
        return told
    return told.evolve(
        comes_back=released_index(get.mean, len(rows)),
        we_give=released_index(give.mean, len(rows)),
        bands=_bands(criteria, rows, last),
        **_work(known.get(Side.WORK), len(sides[Side.WORK])),
        **_deal_breakers(criteria, rows),
    )


def _deal_breakers(criteria: CriteriaSet, rows: Sequence[Row]) -> dict[str, object]:
    count, places = len(rows), criteria.deal_breaker_positions.items()
    said = [{each for each, place in places if row.answers[place] == YES} for row in rows]
    which = (each for each, _ in places if is_reported(sum(each in yes for yes in said), count))
    return {
        "deal_breaker": is_reported(sum(map(bool, said)), count),
        "deal_breakers": tuple(which) if count >= WHICH_FROM else (),
    }


def _work(known: Estimate | None, answered: int) -> dict[str, object]:
    if known is None or answered < WORK_WORD_FROM:
        return {}
    index = released_index(known.mean, answered) if answered >= INDICES_FROM else None
    return {"work": decide_work(known), "work_index": index}


def _bands(
    criteria: CriteriaSet, rows: Sequence[Row], last: PartnerRelease | None
) -> dict[str, Band]:
    found: dict[str, Band] = {}
    for place, question in enumerate(criteria.questions):
        if question.section is not Section.UGLY:
            answers = [row.answers[place] for row in rows if row.answers[place]]
            if band := released_band(answers, last.bands.get(question.id) if last else None):
                found[question.id] = band
    return found


def tally_round(
    round_: Round,
    sets: Mapping[str, CriteriaSet],
    rows: Mapping[str, Sequence[Row]],
    closed_on: date,
    ballots: int,
    before: Release | None = None,
) -> Release:
    """Pool a round.

    Args:
        round_: the round; its floor decides who is shown at all.
        sets: the criteria sets by hash.
        rows: the real rows by partner id, in any order; dummies are left out.
        closed_on: the day of the close.
        ballots: B, how many ballots were handed in.
        before: the last release, for the bands.
    """
    hashes = {each.id: each.set_hash for each in round_.partners}
    criteria = {partner: sets[set_hash] for partner, set_hash in hashes.items()}
    shown: dict[str, list[Row]] = {}
    for partner, asked in criteria.items():
        voices = sorted(row for row in rows.get(partner, ()) if counts_as_voice(asked, row.answers))
        if len(voices) >= round_.floor:
            shown[partner] = voices
    scale = round_baseline(criteria, shown, ballots)

    def told(partner: str) -> PartnerRelease:
        if partner not in shown:
            return PartnerRelease(partner=partner, street=Street.TOO_FEW)
        comparable = before and before.sets.get(partner) == hashes[partner]
        last = before.find_partner(partner) if before and comparable else None
        return release_partner(partner, criteria[partner], shown[partner], scale, last)

    return Release(
        round=round_.number,
        closed_on=closed_on,
        ballots=ballots,
        floor=round_.floor,
        give_cut=scale.cut,
        sets=dict(sorted(hashes.items())),
        partners=tuple(told(partner) for partner in sorted(criteria)),
    )


def round_baseline(
    criteria: Mapping[str, CriteriaSet], shown: Mapping[str, Sequence[Row]], ballots: int
) -> RoundBaseline:
    """Return the round's common measures, from the partners that are shown and no others.

    A partner below the floor must not move anything: its number of voices would show.
    """
    gives, severities = list[float](), list[float]()
    for partner in sorted(shown):
        for row in shown[partner]:
            severities.append(row.severity)
            if reading := voice_from_answers(criteria[partner], row.answers, Side.GIVE):
                gives.append(reading.value)
    if not severities:
        return RoundBaseline(ballots, 0.0, give_cut(0.0, 0))
    mean_severity = math.fsum(severities) / len(severities)
    return RoundBaseline(
        ballots, mean_severity, give_cut(math.fsum(gives) / len(gives), len(gives))
    )
