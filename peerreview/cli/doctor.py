"""The commands `doctor` and `audit`: problems with a group's files, and what they give away."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerreview.cli import files
from peerreview.cli.lazy import AS_JSON, FILE, PATH, command
from peerreview.cli.output import print_result
from peerreview.errors import UsageError

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
    """Name what is wrong with the group in FILE and its ballot box; exit 1 if anything is wrong."""
    files.require_group_file(file)
    from peerreview.bootstrap import doctor_at

    doctor = doctor_at(file)
    mended = doctor.repair() if repair else ()
    checkup = doctor.examine()
    if as_json:
        extra = {"well": not checkup.findings, "mended": list(mended)}
        return _print_checkup_as_json(checkup, extra)
    lines = [f"mended: {sentence}" for sentence in mended]
    return _print_checkup(checkup, "all is well", "--repair", lines)


@command(
    "audit",
    "What a group's files would give away.",
    "peerreview audit gulf-coast-peers.group.json",
)
@click.argument("file", type=PATH, required=False)
@AS_JSON
def audit_(file: Path | None, as_json: bool) -> int:
    """Name what the files and the folder of a group would give away about ballots.

    This is the part of `doctor` that looks for copies, synced folders and permissions; exit 1 if
    it finds any. The attacks on the program itself are run from a checkout of its source, with
    python -m benchmarks.anonymity.
    """
    if file is None:
        raise UsageError(
            "name a group file; the attacks on the program itself run from a checkout:"
            " python -m benchmarks.anonymity"
        )
    files.require_group_file(file)
    from peerreview.bootstrap import doctor_at
    from peerreview.store.doctor.exposure import check_exposure

    exposure = check_exposure(file, doctor_at(file).examine())
    if as_json:
        return _print_checkup_as_json(exposure, {})
    return _print_checkup(exposure, "nothing here tells who said what", "doctor --repair", [])


def _print_checkup_as_json(checkup: "CheckUp", extra: dict[str, Any]) -> int:
    """Print what a checkup found as JSON; return the exit code."""
    findings = [asdict(finding) for finding in checkup.findings]
    value = {"findings": findings, **extra, "not_checked": list(checkup.unchecked)}
    print_result(True, value, ())
    return 1 if findings else 0


def _print_checkup(checkup: "CheckUp", well: str, repair: str, lines: list[str]) -> int:
    """Print what a checkup found in lines; return the exit code.

    Args:
        checkup: the result of the checkup.
        well: the line to print if nothing is wrong.
        repair: the option that repairs what can be repaired.
        lines: the lines to print first.
    """
    for finding in checkup.findings:
        how = f" ({repair})" if finding.mendable else ""
        lines.append(f"{finding.where}: {finding.what}: {finding.todo}{how}")
    if not checkup.findings:
        lines.append(well)
    lines += [f"not checked here: {name}" for name in checkup.unchecked]
    print_result(False, {}, lines)
    return 1 if checkup.findings else 0
