"""The promises of docs/design/statistics.md hold for a few hundred simulated partners.

`benchmarks/accuracy.py` prints the whole tables for thousands. The bounds here leave room for
chance, but a mistake in severity, the estimate or the verdict breaks them.
"""

from functools import cache
from statistics import fmean

import pytest

from benchmarks.accuracy import calibration, figures
from benchmarks.judging import Cell, Judged, harvest, judge, pool_shown, sabotage
from peerreview.domain.round.round import Round, RoundPartner
from peerreview.domain.tally.tally import tally_round
from peerreview.domain.tally.verdict import Street

from .builders import CLOSED, PEER

pytestmark = pytest.mark.statistics
GROUPS = 20


@cache
def judge_partners(cell: Cell) -> list[Judged]:
    return [partner for number in range(GROUPS) for partner in cell.judge_group(7, number)]


FULL = [Cell(4), Cell(5), Cell(12)]


@pytest.mark.parametrize(("cell", "promised"), list(zip(FULL, (0.30, 0.27, 0.19), strict=True)))
def test_the_estimate_is_as_close_as_promised_and_closer_than_the_plain_mean(
    cell: Cell, promised: float
) -> None:
    values = figures(judge_partners(cell))
    ours, mean, median = (values[name] for name in ("RMSE of GET", "plain mean", "plain median"))
    assert ours and mean and median
    assert ours == pytest.approx(promised, abs=0.04)
    assert ours < mean < median


@pytest.mark.parametrize("cell", [*FULL, Cell(5, quick=1.0), Cell(8, quick=0.5)])
def test_intervals_cover_the_truth_and_few_partners_are_called_mixed_by_mistake(cell: Cell) -> None:
    values = figures(judge_partners(cell))
    assert 89 <= (values["90 % covers"] or 0) <= 98
    assert (values["false mixed"] or 0) <= 9


@pytest.mark.parametrize(("cell", "share"), list(zip(FULL, (32, 37, 54), strict=True)))
def test_solid_verdicts_are_right_nineteen_times_of_twenty(cell: Cell, share: int) -> None:
    values = figures(judge_partners(cell))
    assert (values["solid right"] or 0) >= 92
    assert values["solid share"] == pytest.approx(share, abs=8)
    assert (values["leans right"] or 0) >= 68


def test_quick_ballots_lean_and_are_never_solid() -> None:
    values = figures(judge_partners(Cell(5, quick=1.0)))
    assert values["solid share"] == 0
    assert (values["leans right"] or 0) >= 80


def test_claimed_probabilities_match_the_observed_shares() -> None:
    partners = [partner for cell in FULL for partner in judge_partners(cell)]
    for claimed, observed, count in calibration(partners):
        assert observed == pytest.approx(claimed, abs=0.05 + 1.5 / count**0.5)


def test_two_camps_are_called_mixed() -> None:
    camps = [
        partner for number in range(4) for partner in Cell(12, camp=1.3).judge_group(7, number)
    ]
    assert fmean(camp.street is Street.MIXED for camp in camps) >= 0.85


def test_one_saboteur_moves_a_good_partner_a_third_of_what_the_mean_would() -> None:
    pairs = [pair for number in range(40) for pair in sabotage(4, 1, 7, number)]
    ours = fmean(before.get - after.get for before, after in pairs)
    plain = fmean(before.plain_mean - after.plain_mean for before, after in pairs)
    assert ours == pytest.approx(0.22, abs=0.05) and plain == pytest.approx(0.72, abs=0.05)
    assert fmean(after.is_wrong for _, after in pairs) <= 0.08


def test_a_small_group_gets_its_streets() -> None:
    groups = [group for k in range(30) for group in harvest(12, 0.0, pool_shown, 7, k)]
    assert fmean(group.reached for group in groups) == pytest.approx(11.2, abs=0.5)
    assert fmean(group.streets for group in groups) == pytest.approx(6.6, abs=1)
    assert sum(group.right for group in groups) / sum(group.streets for group in groups) >= 0.86


def test_the_benchmark_declares_what_the_tally_releases() -> None:
    """The figures are about the product: its own tally declares the very same streets."""
    for number in range(2):
        group = Cell(8, quick=0.5).make_group(7, number)
        rows = {f"{place:02}": rows for place, rows in enumerate(group.rows())}
        round_ = Round(
            id="r",
            number=1,
            heads=len(group.raters),
            partners=tuple(RoundPartner(id=row, set_hash=PEER.hash) for row in rows),
        )
        released = tally_round(round_, {PEER.hash: PEER}, rows, CLOSED, len(group.raters))
        expected = [(verdict.street, verdict.certainty) for verdict in judge(group).values()]
        assert [(partner.street, partner.certainty) for partner in released.partners] == expected
