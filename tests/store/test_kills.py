"""A short run of `benchmarks/kills.py`, and its control, which must be found."""

import os

import pytest

from benchmarks.kills import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no children here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def test_killed_writers_lose_nothing_acknowledged() -> None:
    found = run(8)
    assert found.bad() == 0, found
    assert found.acknowledged > 8


def test_ballots_acknowledged_too_early_are_found() -> None:
    assert any(run(1, early=True, seed=seed).bad() for seed in range(100, 130))
