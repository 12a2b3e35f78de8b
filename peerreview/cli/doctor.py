"""`doctor`: what is wrong with a group's files, and mending it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerreview.cli import files
from peerreview.cli.lazy import AS_JSON, FILE, command
from peerreview.cli.output import print_result

if TYPE_CHECKING:
    from peerreview.services.checkup import CheckUp


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
    files.require_group_file(file)
    from peerreview.bootstrap import doctor_at

    doctor = doctor_at(file)
    mended = doctor.repair() if repair else ()
    found = doctor.examine()
    extra = {"well": not found.findings, "mended": list(mended)}
    return print_checkup(found, "all is well", "--repair", as_json, extra)


def print_checkup(
    found: "CheckUp", well: str, repair: str, as_json: bool, extra: dict[str, Any]
) -> int:
    """Say what was found, after what was mended; return the exit code.

    Args:
        found: what is wrong.
        well: what to say if nothing is.
        repair: how to mend what can be mended.
        as_json: as JSON, or in lines.
        extra: what else goes into the JSON.
    """
    told = {"findings": [asdict(each) for each in found.findings], **extra}
    lines = [f"mended: {each}" for each in extra.get("mended", ())]
    lines += [
        f"{each.where}: {each.what}: {each.todo}{f' ({repair})' if each.mendable else ''}"
        for each in found.findings
    ] or [well]
    lines += [f"not checked here: {each}" for each in found.unchecked]
    print_result(as_json, {**told, "not_checked": list(found.unchecked)}, lines)
    return 1 if found.findings else 0
