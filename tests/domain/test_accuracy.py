"""The promises of docs/design/statistics.md, on a few hundred partners whose truth is known.

`benchmarks/accuracy.py` prints the whole tables on thousands; the bounds here leave room for
chance, and are passed by nothing that gets severity, the estimate or the verdict wrong.
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
def judged(cell: Cell) -> list[Judged]:
    return [each for number in range(GROUPS) for each in cell.judge_group(7, number)]


FULL = [Cell(4), Cell(5), Cell(12)]


@pytest.mark.parametrize(("cell", "promised"), list(zip(FULL, (0.30, 0.27, 0.19), strict=True)))
def test_the_estimate_is_as_close_as_promised_and_closer_than_the_plain_mean(
    cell: Cell, promised: float
) -> None:
    found = figures(judged(cell))
    ours, mean, median = (found[name] for name in ("RMSE of GET", "plain mean", "plain median"))
    assert ours and mean and median
    assert ours == pytest.approx(promised, abs=0.04)
    assert ours < mean < median


@pytest.mark.parametrize("cell", [*FULL, Cell(5, quick=1.0), Cell(8, quick=0.5)])
def test_the_interval_covers_and_few_are_called_mixed_for_nothing(cell: Cell) -> None:
    found = figures(judged(cell))
    assert 89 <= (found["90 % covers"] or 0) <= 98
    assert (found["false mixed"] or 0) <= 9


@pytest.mark.parametrize(("cell", "share"), list(zip(FULL, (32, 37, 54), strict=True)))
def test_solid_is_right_nineteen_times_of_twenty(cell: Cell, share: int) -> None:
    found = figures(judged(cell))
    assert (found["solid right"] or 0) >= 92
    assert found["solid share"] == pytest.approx(share, abs=8)
    assert (found["leans right"] or 0) >= 68


def test_quick_ballots_lean_and_are_never_solid() -> None:
    found = figures(judged(Cell(5, quick=1.0)))
    assert found["solid share"] == 0
    assert (found["leans right"] or 0) >= 80


def test_said_is_seen() -> None:
    everything = [each for cell in FULL for each in judged(cell)]
    for said, seen, count in calibration(everything):
        assert seen == pytest.approx(said, abs=0.05 + 1.5 / count**0.5)


def test_two_camps_are_found() -> None:
    camps = [each for number in range(4) for each in Cell(12, camp=1.3).judge_group(7, number)]
    assert fmean(camp.street is Street.MIXED for camp in camps) >= 0.85


def test_one_saboteur_moves_a_good_partner_a_third_of_what_the_mean_would() -> None:
    pairs = [pair for number in range(40) for pair in sabotage(4, 1, 7, number)]
    ours = fmean(before.get - after.get for before, after in pairs)
    plain = fmean(before.plain_mean - after.plain_mean for before, after in pairs)
    assert ours == pytest.approx(0.22, abs=0.05) and plain == pytest.approx(0.72, abs=0.05)
    assert fmean(after.is_wrong for _, after in pairs) <= 0.08


def test_a_small_group_gets_its_streets() -> None:
    found = [each for k in range(30) for each in harvest(12, 0.0, pool_shown, 7, k)]
    assert fmean(each.reached for each in found) == pytest.approx(11.2, abs=0.5)
    assert fmean(each.streets for each in found) == pytest.approx(6.6, abs=1)
    assert sum(each.right for each in found) / sum(each.streets for each in found) >= 0.86


def test_the_bench_says_what_the_tally_releases() -> None:
    """The figures are about the product: its own close declares the very same streets."""
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
        expected = [(each.street, each.certainty) for each in judge(group).values()]
        assert [(partner.street, partner.certainty) for partner in released.partners] == expected
