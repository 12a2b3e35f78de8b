"""The command of the attack suite: its table, its last line, its exit code and its JSON."""

import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest

from benchmarks.anonymity import __main__ as command
from benchmarks.anonymity import forging, leaky_rules, linking, secrecy, suite, swapping

pytestmark = pytest.mark.anonymity

TINY = suite.Size(2, 60, 400, (4,), 0.2, 1.0, (0.5, 0.2))


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play only a few rounds of a few games: these tests are about the output."""
    monkeypatch.setattr(command, "QUICK", TINY)
    monkeypatch.setattr(suite.identity, "play", list)
    monkeypatch.setattr(suite.leftovers, "play", lambda seed: [])
    monkeypatch.setattr(linking, "ATTACKS", suite.attacks_named("slots and ids"))
    monkeypatch.setattr(swapping, "ATTACKS", suite.attacks_named("what changed"))
    monkeypatch.setattr(forging, "ATTACKS", suite.attacks_named("an extra ballot"))
    monkeypatch.setattr(secrecy, "ATTACKS", suite.attacks_named("one step"))


@dataclass
class Run:
    """The exit code and the output of one run."""

    exit_code: int
    stdout: str


def run(*arguments: str) -> Run:
    output = StringIO()
    with redirect_stdout(output):
        code = command.main(list(arguments))
    return Run(code, output.getvalue())


def test_the_table_fits_eighty_columns_and_ends_with_the_worst_case() -> None:
    result = run("--quick")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0, result.stdout
    assert max(map(len, lines)) <= 80
    assert "FORGE  does it work unnoticed?  (at most 0)" in lines
    assert any(
        line.split() == ["an", "extra", "ballot", "the", "program", "0", "1"] for line in lines
    )
    assert lines[-1].startswith("12 attacks; worst: ") and lines[-1].endswith(": holds")


def test_a_successful_attack_is_marked_and_named_last_and_fails_the_command() -> None:
    with leaky_rules.uncounted_hands():
        result = run("--quick")
    assert result.exit_code == 1
    (marked,) = (line for line in result.stdout.splitlines() if line.startswith("!"))
    assert "an extra ballot" in marked
    last = result.stdout.splitlines()[-1]
    assert "worst: FORGE, an extra ballot, up to 1 of 0: falls short" in last


def test_an_attack_that_fails_on_its_control_fails_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (attack,) = suite.attacks_named("one step")
    useless = suite.Attack(attack.game, "blunt", "nothing", lambda table: False, attack.leak, "")
    monkeypatch.setattr(forging, "ATTACKS", [])
    monkeypatch.setattr(secrecy, "ATTACKS", [useless])
    result = run("--quick", "--game", "ZERO")
    assert result.exit_code == 1 and "! blunt" in result.stdout
    assert "blunt, up to 0 of 0: its control isn't beaten" in result.stdout.splitlines()[-1]


def test_json_contains_all_results() -> None:
    output = json.loads(run("--quick", "--seed", "3", "--json").stdout)
    assert (output["fine"], output["quick"], output["seed"]) == (True, True, 3)
    assert {"game", "attack", "attacker_had", "value", "low", "high", "mark", "control", "leak",
            "gone", "holds", "proves"} == set(output["results"][0])  # fmt: skip
    assert output["worst"] in output["results"]
