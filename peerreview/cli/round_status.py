"""`round status`: what everybody may know of the open round."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import give_json, say


@click.command(
    short_help="Tell where the open round stands.",
    name="status",
    epilog=example("peerreview round status gulf-coast-peers.group.json"),
)
@click.argument("file", type=files.PATH)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(file: Path, as_json: bool) -> int:
    """Tell where the open round in FILE stands; exit 1 if no round is open."""
    rounds = files.desk(file).rounds
    group, progress = rounds.group(), rounds.progress()
    if progress is None:
        if as_json:
            give_json({"group": group.name, "open": False, "rounds": len(group.rounds)})
        else:
            say(f"{group.name}: no round is open")
        return 1
    round_ = progress.round
    if as_json:
        give_json({
            "group": group.name,
            "open": True,
            "round": round_.number,
            "partners": len(round_.partners),
            "heads": round_.heads,
            "drawn": progress.drawn,
            "handed_in": progress.handed_in,
            "missing": progress.missing,
            "check_words": list(progress.check_words),
        })  # fmt: skip
        return 0
    needed = f", {progress.missing} more needed" if progress.missing else ""
    say(
        f"{group.name}: round {round_.number} is open\n"
        f"  partners      {len(round_.partners)}\n"
        f"  heads         {round_.heads}\n"
        f"  drawn         {progress.drawn}\n"
        f"  handed in     {progress.handed_in}{needed}\n"
        f"  check words   {' '.join(progress.check_words)}"
    )
    return 0
