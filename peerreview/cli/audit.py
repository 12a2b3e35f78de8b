"""`audit`: the attacks on scratch groups as a table, or what a real group's folder gives away."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.doctor import said
from peerreview.cli.lazy import AS_JSON, PATH, command
from peerreview.cli.speaking import give_json, say
from peerreview.errors import UsageError

if TYPE_CHECKING:
    from peerreview.audit.result import Result

_HEAD = f"  {'attack':23} {'attacker had':20} {'got':>5}  {'interval':13} {'control':>7}"


@command(
    "audit",
    "Attack the anonymity.",
    "peerreview audit --quick",
    "peerreview audit --seed 7 --json > audit.json",
    "peerreview audit gulf-coast-peers.group.json",
)
@click.argument("file", type=PATH, required=False)
@click.option("--quick", is_flag=True, help="A minute or two, with wider marks.")
@click.option("--seed", type=click.IntRange(0), help="For made-up opinions; default 1.")
@AS_JSON
def audit_(file: Path | None, quick: bool, seed: int | None, as_json: bool) -> int:
    """Play every known attack on scratch groups, through the program's own code.

    Each is played against a leaky variant too, which it must beat: its control, 1 at best. Keys
    and places come from the system's randomness, so figures move a little even with one seed. Exit
    1 if an attack gets further than its mark, or a control isn't beaten.

    With FILE: name what the group's files and folder would give away; exit 1 if anything would.
    """
    if file is None:
        return _attacked(quick, 1 if seed is None else seed, as_json)
    if quick or seed is not None:
        raise UsageError("a group's files are only looked at: leave out --quick and --seed")
    return _looked_at(file, as_json)


def _looked_at(file: Path, as_json: bool) -> int:
    files.check_group(file)
    from peerreview.audit.folder import given_away

    return said(
        given_away(file), "nothing here tells who said what", "doctor --repair", as_json, {}
    )


def _attacked(quick: bool, seed: int, as_json: bool) -> int:
    from peerreview.audit.suite import FULL, GAMES, QUICK, played

    results: list[Result] = []
    for each in played(QUICK if quick else FULL, seed):
        if not as_json:
            game = each.attack.game
            if not results or results[-1].attack.game != game:
                say(
                    f"\n{game}  {GAMES[game]}  (at most {_short(each.mark)})\n{_HEAD}"
                    + (" gone" if each.gone is not None else "")
                )
            say(_line(each))
        results.append(each)
    worst = max(results, key=lambda each: (each.verdict != "holds", each.excess))
    fine = worst.verdict == "holds"
    if as_json:
        told = [each.told for each in results]
        give_json(
            {"fine": fine, "quick": quick, "seed": seed, "worst": worst.told, "results": told}
        )
    else:
        it, far = worst.attack, f"up to {_short(worst.figure.high)} of {_short(worst.mark)}"
        say(f"\n{len(results)} attacks; worst: {it.game}, {it.name}, {far}: {worst.verdict}")
    return 0 if fine else 1


def _line(each: "Result") -> str:
    low, high = each.figure.low, each.figure.high
    interval = f"{_short(low)} to {_short(high)}" if low < high else ""
    sign = " " if each.verdict == "holds" else "!"
    line = f"{sign} {each.attack.name:23} {each.attack.had:20} {_short(each.figure.value):>5}"
    gone = "" if each.gone is None else _short(each.gone)
    return f"{line}  {interval:13} {_short(each.control):>7} {gone:>4}".rstrip()


def _short(value: float) -> str:
    """Return a share in three digits, a count as it is."""
    return f"{value:.0f}" if value == int(value) else f"{value:.3f}".replace("0.", ".", 1)
