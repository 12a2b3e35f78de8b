"""Judge simulated groups with the product's own code, and keep the truth beside the verdicts."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from statistics import fmean, median

from benchmarks.simulation import (
    Firm,
    SimulatedGroup,
    draw_firm,
    draw_group,
    draw_offsets,
    draw_raters,
    draw_sides,
)
from peerreview.domain.rating.ballot import Row, voice_from_answers
from peerreview.domain.rating.criteria import CriteriaSet, Section, Side, read_criteria_set
from peerreview.domain.tally.estimate import estimate
from peerreview.domain.tally.tally import RoundBaseline, corrected_voices, round_baseline
from peerreview.domain.tally.verdict import CUT, Certainty, Street, decide_street, is_mixed

FLOOR = 4
PARTNERS = 30
RATERS = {4: 10, 5: 12, 8: 18, 12: 24, 20: 30}
"""The number of raters of a group, by the number of raters who know each partner."""


@cache
def peer_criteria() -> CriteriaSet:
    """Return the shipped criteria set for peers."""
    path = Path(__file__).resolve().parents[1] / "peerreview" / "criteria" / "peer.toml"
    return read_criteria_set(path.read_text(encoding="utf-8"), path.name)


@dataclass(frozen=True, slots=True)
class Judged:
    """One partner: what is true of it, and what was made of its rows.

    Attributes:
        true_get: the true index of what comes back, 1 to 5.
        get: the estimate of that index.
        plain_mean: the mean of the raters' indices of what comes back.
        plain_median: the median of the same.
        is_covered: whether the 90 % interval of the estimate contains the true index.
        street: the street that is shown.
        certainty: how sure that street is; None if it is mixed or too close to call.
        likeliest: the street with the largest probability, even if it isn't shown.
        probability: the probability of the likeliest street, 0 to 1.
    """

    true_get: float
    true_street: Street
    get: float
    plain_mean: float
    plain_median: float
    is_covered: bool
    street: Street
    certainty: Certainty | None
    likeliest: Street
    probability: float

    @property
    def is_right(self) -> bool:
        """Whether the street that was shown is the true one."""
        return self.street is self.true_street

    @property
    def is_wrong(self) -> bool:
        """Whether a street is shown that is not the true one."""
        return self.certainty is not None and not self.is_right


def street_of(get_is_high: bool, give_is_high: bool) -> Street:
    """Return the street for two sides, each high or low."""
    if give_is_high:
        return Street.TWO_WAY if get_is_high else Street.ONE_WAY
    return Street.WE_OWE if get_is_high else Street.QUIET


def true_give_cut(group: SimulatedGroup) -> float:
    """Return the cut of what we give that follows from the true values of all rows."""
    counts = [len(answers) for answers in group.answers]
    total = math.fsum(
        count * firm.truth(Side.GIVE) for count, firm in zip(counts, group.firms, strict=True)
    )
    return CUT + max(-0.5, min(1.25, total / sum(counts) - 3.6))


Rows = Mapping[str, Sequence[Row]]
Pool = Callable[[SimulatedGroup, Rows], RoundBaseline]


def pool_shown(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return the round's baseline as the product does: from the partners that are shown."""
    shown = {key: known for key, known in rows.items() if len(known) >= FLOOR}
    return pool_all(group, shown)


def pool_all(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return the round's baseline from every partner, even below the floor."""
    criteria = {str(place): firm.criteria for place, firm in enumerate(group.firms)}
    return round_baseline(criteria, rows, len(group.raters))


def pool_with_fixed_cut(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return the round's baseline with the cut of what comes back for what we give too."""
    return replace(pool_shown(group, rows), cut=CUT)


def judge(
    group: SimulatedGroup,
    only: Sequence[int] | None = None,
    pool: Pool = pool_shown,
) -> dict[int, Judged]:
    """Return the judged firms that reach the floor, by their position in the group.

    Args:
        group: the simulated round.
        only: the positions of the firms to judge; None for all.
        pool: how the round's baseline is made.
    """
    rows = group.rows()
    scale = pool(group, {str(place): known for place, known in enumerate(rows)})
    cut = true_give_cut(group)
    return {
        place: _judge_firm(firm, rows[place], scale, cut)
        for place, firm in enumerate(group.firms)
        if len(rows[place]) >= FLOOR and (only is None or place in only)
    }


def _judge_firm(firm: Firm, rows: Sequence[Row], scale: RoundBaseline, true_cut: float) -> Judged:
    voices = {side: corrected_voices(firm.criteria, rows, side, scale.severity) for side in Side}
    get = estimate(Side.GET, voices[Side.GET], scale.ballots)
    give = estimate(Side.GIVE, voices[Side.GIVE], scale.ballots)
    mixed = is_mixed(voices[Side.GET]) or is_mixed(voices[Side.GIVE])
    street, certainty = decide_street(get, give, scale.cut, mixed)
    p_get, p_give = get.probability_above(CUT), give.probability_above(scale.cut)
    truth = firm.truth(Side.GET)
    raw = [
        reading.value
        for row in rows
        if (reading := voice_from_answers(firm.criteria, row.answers, Side.GET))
    ]
    return Judged(
        true_get=truth,
        true_street=street_of(truth >= CUT, firm.truth(Side.GIVE) >= true_cut),
        get=get.mean,
        plain_mean=fmean(raw),
        plain_median=median(raw),
        is_covered=0.05 <= get.probability_above(truth) <= 0.95,
        street=street,
        certainty=certainty,
        likeliest=street_of(p_get >= 0.5, p_give >= 0.5),
        probability=max(p_get, 1 - p_get) * max(p_give, 1 - p_give),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a table: how many voices a partner has, and what is odd about the group.

    Attributes:
        voices: how many raters answer about each partner.
        quick: the share of raters who answer the starred pair only.
        camp: how far two halves of a partner's raters stand from the middle on GET.
        boast: by how many points everybody overstates what he gives.
    """

    voices: int
    quick: float = 0.0
    camp: float = 0.0
    boast: float = 0.0

    def make_group(self, seed: int, number: int) -> SimulatedGroup:
        """Return one group of this kind."""
        rng, criteria = Random(f"{self}/{seed}/{number}"), peer_criteria()
        offsets = draw_offsets(rng, criteria)
        firms: list[Firm] = []
        for _ in range(PARTNERS):
            firm = draw_firm(rng, criteria, offsets, draw_sides(rng))
            odd = {"camps": {Side.GET: self.camp}, "overstated": {Side.GIVE: self.boast}}
            firms.append(replace(firm, **odd))
        count = RATERS[self.voices]
        knowing = [rng.sample(range(count), self.voices) for _ in firms]
        return draw_group(rng, firms, draw_raters(rng, count, self.quick), knowing)

    def judge_group(self, seed: int, number: int, pool: Pool = pool_shown) -> list[Judged]:
        """Return the judged partners of one group of this kind."""
        return list(judge(self.make_group(seed, number), pool=pool).values())


def sabotage(voices: int, saboteurs: int, seed: int, number: int) -> list[tuple[Judged, Judged]]:
    """Return a good partner (4.0 on every side) before and after saboteurs give the worst answers.

    Returns:
        One pair: the partner with honest answers only, and with those of the saboteurs replaced.
    """
    rng, group, criteria = (
        Random(f"good/{seed}/{number}"),
        Cell(voices).make_group(seed, number),
        peer_criteria(),
    )
    worst = tuple(5 if question.section is Section.BAD else 1 for question in criteria.questions)
    firm = draw_firm(rng, criteria, [0.0] * len(worst), dict.fromkeys(Side, 4.0))
    liars = sorted(group.answers[0])[:saboteurs]
    honest = draw_group(rng, [firm], group.raters, [sorted(group.answers[0])])
    group = replace(
        group,
        firms=(firm, *group.firms[1:]),
        answers=(*honest.answers, *group.answers[1:]),
    )
    attacked = group.with_answers(0, dict.fromkeys(liars, worst))
    return [(judge(group, [0])[0], judge(attacked, [0])[0])]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a small group learns in an evening.

    Attributes:
        reached: the number of partners that reach the floor.
        streets: the number of partners with a street.
        right: the number of streets that are true.
        solid: the number of solid streets.
    """

    reached: int
    streets: int
    right: int
    solid: int


def harvest(firms: int, quick: float, pool: Pool, seed: int, number: int) -> list[Harvest]:
    """Return what `firms` raters learn about 12 partners, each known by half of them."""
    rng, criteria = Random(f"harvest/{firms}/{quick}/{seed}/{number}"), peer_criteria()
    offsets = draw_offsets(rng, criteria)
    partners = [draw_firm(rng, criteria, offsets, draw_sides(rng)) for _ in range(12)]
    knowing = [[rater for rater in range(firms) if rng.random() < 0.5] for _ in partners]
    group = draw_group(rng, partners, draw_raters(rng, firms, quick), knowing)
    judged = judge(group, pool=pool).values()
    sure = [partner for partner in judged if partner.certainty]
    right = sum(partner.is_right for partner in sure)
    solid = sum(partner.certainty is Certainty.SOLID for partner in sure)
    return [Harvest(len(judged), len(sure), right, solid)]
