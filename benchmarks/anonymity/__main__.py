"""Play every known attack on the anonymity, through the program's own code.

    python -m benchmarks.anonymity --quick            a minute, wider marks
    python -m benchmarks.anonymity                    everything, about twenty minutes
    python -m benchmarks.anonymity --game LINK        one game

Every attack is also played against a leaky variant of the program, its control, where it has to
work (1 is the best figure). Keys and slots come from the system's randomness, so the figures vary
a little with the same seed. The exit code is 1 if an attack gets further than its mark or doesn't
work on its control.
"""

import argparse
import json
import sys

from benchmarks.anonymity.result import Result
from benchmarks.anonymity.suite import FULL, GAMES, QUICK, play

_HEADING = f"  {'attack':23} {'attacker had':20} {'got':>5}  {'interval':13} {'control':>7}"


def main(arguments: list[str] | None = None) -> int:
    """Play the games that `arguments` name (the command line's, if None); return the exit code."""
    parser = argparse.ArgumentParser("python -m benchmarks.anonymity")
    parser.add_argument("--quick", action="store_true", help="a minute, with wider marks")
    parser.add_argument("--seed", type=int, default=1, help="for simulated opinions (default 1)")
    parser.add_argument("--game", action="append", choices=GAMES, help="only this game; repeatable")
    parser.add_argument("--json", action="store_true", help="all results as JSON")
    options = parser.parse_args(arguments)
    results: list[Result] = []
    for result in play(QUICK if options.quick else FULL, options.seed, options.game or GAMES):
        if not options.json:
            if not results or results[-1].attack.game != result.attack.game:
                print(_game_heading(result))
            print(_line(result), flush=True)
        results.append(result)
    worst = max(results, key=lambda result: (result.verdict != "holds", result.excess))
    is_fine = worst.verdict == "holds"
    if options.json:
        summary = {"fine": is_fine, "quick": options.quick, "seed": options.seed}
        listed = [result.as_json() for result in results]
        print(json.dumps(summary | {"worst": worst.as_json(), "results": listed}, indent=1))
    else:
        reach = f"up to {_short(worst.figure.high)} of {_short(worst.mark)}"
        name = f"{worst.attack.game}, {worst.attack.name}"
        print(f"\n{len(results)} attacks; worst: {name}, {reach}: {worst.verdict}")
    return 0 if is_fine else 1


def _game_heading(result: Result) -> str:
    game = result.attack.game
    absent = " gone" if result.absent is not None else ""
    return f"\n{game}  {GAMES[game]}  (at most {_short(result.mark)})\n{_HEADING}{absent}"


def _line(result: Result) -> str:
    attack, figure = result.attack, result.figure
    has_interval = figure.low < figure.high
    interval = f"{_short(figure.low)} to {_short(figure.high)}" if has_interval else ""
    sign = " " if result.verdict == "holds" else "!"
    absent = "" if result.absent is None else _short(result.absent)
    line = f"{sign} {attack.name:23} {attack.material:20} {_short(figure.value):>5}"
    return f"{line}  {interval:13} {_short(result.control):>7} {absent:>4}".rstrip()


def _short(value: float) -> str:
    """Return a share in three digits, and a count as it is."""
    return f"{value:.0f}" if value == int(value) else f"{value:.3f}".replace("0.", ".", 1)


if __name__ == "__main__":
    sys.exit(main())
