"""The attack suite in a small form: no attack works on the product, all work on their controls."""

import pytest

from benchmarks.anonymity import guessing, suite
from benchmarks.anonymity.result import Result

pytestmark = pytest.mark.anonymity

SMALL = suite.Size(6, 240, 400, (4, 6), 0.08, 0.6, (0.3, 0.06))
"""Few rounds have wide intervals, so the marks are five standard errors wider."""


@pytest.fixture(scope="session")
def results() -> list[Result]:
    return list(suite.play(SMALL, seed=11))


def test_no_attack_passes_its_mark(results: list[Result]) -> None:
    assert [result.as_json() for result in results if not result.holds] == []


def test_every_attack_works_on_its_control(results: list[Result]) -> None:
    assert [result.as_json() for result in results if not result.beats_control] == []


def test_every_game_and_every_attack_is_played_once(results: list[Result]) -> None:
    assert list(dict.fromkeys(result.attack.game for result in results)) == list(suite.GAMES)
    played = [(result.attack.game, result.attack.name) for result in results]
    assert len(played) == len(set(played))
    listed = {attack.name for attack in suite.ATTACKS}
    assert listed <= {name.partition(",")[0] for _, name in played}


def test_every_attack_has_a_description_and_fits_the_table(results: list[Result]) -> None:
    for attack in suite.ATTACKS:
        assert attack.method.__doc__ and attack.leak_name
    for result in results:
        assert len(result.attack.name) <= 23
        assert len(result.attack.material) <= 20


def test_the_same_seed_gives_exactly_the_same_guesses() -> None:
    # The other games depend on keys and slots, which come from the system's randomness.
    first, second = (guessing.play(guessing.ATTACKS, (6,), 60, 5) for _ in range(2))
    assert first == second != guessing.play(guessing.ATTACKS, (6,), 60, 6)


def test_the_full_form_has_the_marks_that_were_promised() -> None:
    full = suite.FULL
    assert (full.link, full.swap, full.guess) == (0.02, 0.05, (0.08, 0.001))
    assert full.swaps >= 16_000 and 200 * full.rounds >= 10_000
