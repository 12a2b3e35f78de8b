"""A short run of `benchmarks/kills.py`, and its control, which must be found."""

import os

import pytest

from benchmarks.kills import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def test_killed_writers_lose_no_acknowledged_ballot() -> None:
    losses = run(8)
    assert losses.count_errors() == 0, losses
    assert losses.acknowledged > 8


def test_the_check_notices_ballots_acknowledged_too_early() -> None:
    assert any(run(1, early=True, seed=seed).count_errors() for seed in range(100, 130))
