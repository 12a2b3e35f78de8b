"""`verify`: do the words of a summary follow from the numbers beside them?"""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import give_json, printable, say


@click.command(
    short_help="Check a summary that you were sent.",
    epilog=example("peerreview verify gulf-coast-peers.round-3.summary.json"),
)
@click.argument("summary", type=files.PATH)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def command(summary: Path, as_json: bool) -> int:
    """Check SUMMARY (- reads a stream): exit 0 if it holds, 1 if its words contradict its numbers.

    It can't tell whether the numbers are true: nobody signed them.
    """
    from peerreview.domain.contradiction import contradictions
    from peerreview.domain.summary_reading import LARGEST, read_summary
    from peerreview.shipped import criteria_sets

    where = files.place(summary)
    found = read_summary(files.read_bytes(summary, LARGEST), where)
    known = {each.hash: each for each in criteria_sets().values()}
    against = contradictions(found, known)
    foreign = sorted(name for name, hash_ in found.sets.items() if hash_ not in known)
    if as_json:
        give_json({
            "holds": not against,
            "partners": len(found.partners),
            "contradictions": [printable(each) for each in against],
            "sets_not_known_here": foreign,
        })  # fmt: skip
    elif against:
        say("\n".join(printable(f"{where}: {each}") for each in against))
    else:
        say(printable(f"{where}: holds") + "\n" + _checked(len(found.partners), foreign))
    return 1 if against else 0


def _checked(partners: int, foreign: list[str]) -> str:
    lines = [
        f"  checked for {partners} partners:",
        "  the shape, nothing more shown than the voices allow, each street and each",
        "  word for the work against its numbers, each reason and each advice",
    ]
    if foreign:
        names = printable(", ".join(foreign))
        lines.append(f"  not checked: reasons of sets that this program doesn't know: {names}")
    return "\n".join(lines)
