"""The attacks, played small: none gets anywhere here, all get everywhere where something leaks."""

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.anonymity import attacks, guessing, suite
from benchmarks.anonymity.result import Result

pytestmark = pytest.mark.anonymity

SMALL = suite.Size(6, 240, 400, (4, 6), 0.08, 0.6, (0.3, 0.06))
"""A few rounds leave wide intervals: the marks leave five standard errors of room."""


@pytest.fixture(scope="session")
def results() -> list[Result]:
    return list(suite.played(SMALL, seed=11))


def test_no_attack_passes_its_mark(results: list[Result]) -> None:
    assert [each.told for each in results if not each.holds] == []


def test_every_attack_beats_its_control(results: list[Result]) -> None:
    assert [each.told for each in results if not each.proves] == []


def test_every_game_is_played_and_every_attacker_plays(results: list[Result]) -> None:
    assert list(dict.fromkeys(each.attack.game for each in results)) == list(suite.GAMES)
    there = {each.stem for each in Path(attacks.__file__).parent.glob("*.py")} - {"__init__"}
    listed = [*suite.PLAYS, *suite.LINKING, *suite.SWAPPING, *suite.GUESSING]
    assert sorted(listed) == sorted(there)
    names = [(each.attack.game, each.attack.name) for each in results]
    assert len(names) == len(set(names))


def test_every_attacker_says_who_it_is_and_fits_the_table(results: list[Result]) -> None:
    for name in (*suite.PLAYS, *suite.LINKING, *suite.SWAPPING, *suite.GUESSING):
        module = import_module(f"benchmarks.anonymity.attacks.{name}")
        assert module.__doc__ and module.ATTACK.leaks
    assert [each.told for each in results if len(each.attack.name) > 23] == []
    assert [each.told for each in results if len(each.attack.had) > 20] == []


def test_guesses_can_be_played_again_to_the_last_digit() -> None:
    # The other games stand on keys and places, which come from the system's randomness.
    one, two = (guessing.played(suite.attacks(suite.GUESSING), (6,), 60, 5) for _ in range(2))
    assert one == two != guessing.played(suite.attacks(suite.GUESSING), (6,), 60, 6)


def test_the_full_form_has_the_marks_that_were_promised() -> None:
    full = suite.FULL
    assert (full.link, full.swap, full.guess) == (0.02, 0.05, (0.08, 0.001))
    assert full.swaps >= 16_000 and 200 * full.rounds >= 10_000
