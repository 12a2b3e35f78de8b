"""Play every known attack on scratch groups, through the program's own code.

    python -m benchmarks.anonymity --quick      a minute, wider marks
    python -m benchmarks.anonymity              everything, about twenty minutes

Each attack is played against a leaky variant too, which it must beat: its control, 1 at best. Keys
and places come from the system's randomness, so figures move a little even with one seed. Exit 1
if an attack gets further than its mark, or a control isn't beaten.
"""

import argparse
import json
import sys

from benchmarks.anonymity.result import Result
from benchmarks.anonymity.suite import FULL, GAMES, QUICK, played
from peerreview.cli.output import print_text

_HEAD = f"  {'attack':23} {'attacker had':20} {'got':>5}  {'interval':13} {'control':>7}"


def main(arguments: list[str] | None = None) -> int:
    """Play the suite as `arguments` ask (the command line's, if None); return the exit code."""
    parser = argparse.ArgumentParser("python -m benchmarks.anonymity")
    parser.add_argument("--quick", action="store_true", help="a minute or two, with wider marks")
    parser.add_argument("--seed", type=int, default=1, help="for made-up opinions")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(arguments)
    return _attacked(options.quick, options.seed, options.as_json)


def _attacked(quick: bool, seed: int, as_json: bool) -> int:
    results: list[Result] = []
    for each in played(QUICK if quick else FULL, seed):
        if not as_json:
            game = each.attack.game
            if not results or results[-1].attack.game != game:
                print_text(
                    f"\n{game}  {GAMES[game]}  (at most {_short(each.mark)})\n{_HEAD}"
                    + (" gone" if each.gone is not None else "")
                )
            print_text(_line(each))
        results.append(each)
    worst = max(results, key=lambda each: (each.verdict != "holds", each.excess))
    fine = worst.verdict == "holds"
    if as_json:
        told = [each.told for each in results]
        summary = {"fine": fine, "quick": quick, "seed": seed, "worst": worst.told}
        print(json.dumps(summary | {"results": told}, indent=1))
    else:
        it, far = worst.attack, f"up to {_short(worst.figure.high)} of {_short(worst.mark)}"
        print_text(f"\n{len(results)} attacks; worst: {it.game}, {it.name}, {far}: {worst.verdict}")
    return 0 if fine else 1


def _line(each: Result) -> str:
    low, high = each.figure.low, each.figure.high
    interval = f"{_short(low)} to {_short(high)}" if low < high else ""
    sign = " " if each.verdict == "holds" else "!"
    line = f"{sign} {each.attack.name:23} {each.attack.had:20} {_short(each.figure.value):>5}"
    gone = "" if each.gone is None else _short(each.gone)
    return f"{line}  {interval:13} {_short(each.control):>7} {gone:>4}".rstrip()


def _short(value: float) -> str:
    """Return a share in three digits, a count as it is."""
    return f"{value:.0f}" if value == int(value) else f"{value:.3f}".replace("0.", ".", 1)


if __name__ == "__main__":
    sys.exit(main())
