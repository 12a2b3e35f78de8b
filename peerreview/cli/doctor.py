"""`doctor`: what is wrong with a group's files, and mending it."""

from dataclasses import asdict
from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.lazy import AS_JSON, FILE, command
from peerreview.cli.speaking import tell


@command(
    "doctor",
    "Look after a group's files.",
    "peerreview doctor gulf-coast-peers.group.json",
    "peerreview doctor gulf-coast-peers.group.json --repair",
)
@FILE
@click.option("--repair", is_flag=True, help="Mend what loses nobody's ballot; keep a copy.")
@AS_JSON
def doctor_(file: Path, repair: bool, as_json: bool) -> int:
    """Name what is wrong with the group in FILE and its ballot box; exit 1 if anything is."""
    files.check_group(file)
    from peerreview.bootstrap import doctor_at

    doctor = doctor_at(file)
    mended = doctor.repair() if repair else ()
    found = doctor.examine()
    told = {
        "well": not found.findings,
        "findings": [asdict(each) for each in found.findings],
        "mended": list(mended),
        "not_checked": list(found.unchecked),
    }
    lines = [f"mended: {each}" for each in mended]
    for each in found.findings:
        hint = " (--repair)" if each.mendable else ""
        lines.append(f"{each.where}: {each.what}: {each.todo}{hint}")
    lines += [] if found.findings else ["all is well"]
    lines += [f"not checked here: {each}" for each in found.unchecked]
    tell(as_json, told, lines)
    return 1 if found.findings else 0
