"""From a made-up group to verdicts, through the product's own code, with the truth beside them."""

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
"""How many raters a group has when so many of them know each partner."""


@cache
def peers() -> CriteriaSet:
    """Return the shipped default set."""
    path = Path(__file__).resolve().parents[1] / "peerreview" / "criteria" / "peer.toml"
    return read_criteria_set(path.read_text(encoding="utf-8"), path.name)


@dataclass(frozen=True, slots=True)
class Judged:
    """One partner: what is true of it, and what was made of its rows.

    Attributes:
        covered: whether the 90 % interval of GET holds the true value.
        likeliest: the street with the largest probability, `said`, declared or not.
    """

    true_get: float
    true_street: Street
    get: float
    plain_mean: float
    plain_median: float
    covered: bool
    street: Street
    certainty: Certainty | None
    likeliest: Street
    said: float

    @property
    def right(self) -> bool:
        """Whether the street that was shown is the true one."""
        return self.street is self.true_street

    @property
    def wrong(self) -> bool:
        """Whether a street was shown, and another one is true."""
        return self.certainty is not None and not self.right


def street_of(get_is_high: bool, give_is_high: bool) -> Street:
    """Return the street whose two sides these are."""
    if give_is_high:
        return Street.TWO_WAY if get_is_high else Street.ONE_WAY
    return Street.WE_OWE if get_is_high else Street.QUIET


def true_give_cut(group: SimulatedGroup) -> float:
    """Return where "more than we usually give" really begins: from the true GIVE of all rows."""
    counts = [len(answers) for answers in group.answers]
    total = math.fsum(
        count * firm.truth(Side.GIVE) for count, firm in zip(counts, group.firms, strict=True)
    )
    return CUT + max(-0.5, min(1.25, total / sum(counts) - 3.6))


Rows = Mapping[str, Sequence[Row]]
Pool = Callable[[SimulatedGroup, Rows], RoundBaseline]


def pool_shown(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return the round's common measures as the product does: from the partners that are shown."""
    shown = {place: found for place, found in rows.items() if len(found) >= FLOOR}
    return pool_all(group, shown)


def pool_all(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return them from every partner, those below the floor too."""
    criteria = {str(place): firm.criteria for place, firm in enumerate(group.firms)}
    return round_baseline(criteria, rows, len(group.raters))


def pool_with_fixed_cut(group: SimulatedGroup, rows: Rows) -> RoundBaseline:
    """Return them with the same cut for what we give as for what comes back."""
    return replace(pool_shown(group, rows), cut=CUT)


def judge(
    group: SimulatedGroup,
    only: Sequence[int] | None = None,
    pool: Pool = pool_shown,
) -> dict[int, Judged]:
    """Return what becomes of the firms (or `only` some) that reach the floor, by their place."""
    rows = group.rows()
    scale = pool(group, {str(place): found for place, found in enumerate(rows)})
    cut = true_give_cut(group)
    return {
        place: _judge_one(firm, rows[place], scale, cut)
        for place, firm in enumerate(group.firms)
        if len(rows[place]) >= FLOOR and (only is None or place in only)
    }


def _judge_one(firm: Firm, rows: Sequence[Row], scale: RoundBaseline, true_cut: float) -> Judged:
    voices = {side: corrected_voices(firm.criteria, rows, side, scale.severity) for side in Side}
    get = estimate(Side.GET, voices[Side.GET], scale.ballots)
    give = estimate(Side.GIVE, voices[Side.GIVE], scale.ballots)
    mixed = is_mixed(voices[Side.GET]) or is_mixed(voices[Side.GIVE])
    word, certainty = decide_street(get, give, scale.cut, mixed)
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
        covered=0.05 <= get.probability_above(truth) <= 0.95,
        street=word,
        certainty=certainty,
        likeliest=street_of(p_get >= 0.5, p_give >= 0.5),
        said=max(p_get, 1 - p_get) * max(p_give, 1 - p_give),
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

    def group(self, seed: int, number: int) -> SimulatedGroup:
        """Return one group of this kind."""
        rng, criteria = Random(f"{self}/{seed}/{number}"), peers()
        offsets = draw_offsets(rng, criteria)
        firms: list[Firm] = []
        for _ in range(PARTNERS):
            firm = draw_firm(rng, criteria, offsets, draw_sides(rng))
            odd = {"camps": {Side.GET: self.camp}, "overstated": {Side.GIVE: self.boast}}
            firms.append(replace(firm, **odd))
        count = RATERS[self.voices]
        knowing = [rng.sample(range(count), self.voices) for _ in firms]
        return draw_group(rng, firms, draw_raters(rng, count, self.quick), knowing)

    def judged(self, seed: int, number: int, pool: Pool = pool_shown) -> list[Judged]:
        """Return what becomes of the partners of one group of this kind."""
        return list(judge(self.group(seed, number), pool=pool).values())


def sabotage(voices: int, saboteurs: int, seed: int, number: int) -> list[tuple[Judged, Judged]]:
    """Return a good partner (4.0 on every side) before and after some gave it the worst."""
    rng, group, criteria = (
        Random(f"good/{seed}/{number}"),
        Cell(voices).group(seed, number),
        peers(),
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
    attacked = group.replacing(0, dict.fromkeys(liars, worst))
    return [(judge(group, [0])[0], judge(attacked, [0])[0])]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a small group gets out of an evening: partners that reach the floor, and streets."""

    reached: int
    streets: int
    right: int
    solid: int


def harvest(firms: int, quick: float, pool: Pool, seed: int, number: int) -> list[Harvest]:
    """Return what a group of `firms` gets to know of 12 partners, each known by half of it."""
    rng, criteria = Random(f"harvest/{firms}/{quick}/{seed}/{number}"), peers()
    offsets = draw_offsets(rng, criteria)
    partners = [draw_firm(rng, criteria, offsets, draw_sides(rng)) for _ in range(12)]
    knowing = [[rater for rater in range(firms) if rng.random() < 0.5] for _ in partners]
    group = draw_group(rng, partners, draw_raters(rng, firms, quick), knowing)
    judged = judge(group, pool=pool).values()
    sure = [each for each in judged if each.certainty]
    right = sum(each.right for each in sure)
    solid = sum(each.certainty is Certainty.SOLID for each in sure)
    return [Harvest(len(judged), len(sure), right, solid)]
