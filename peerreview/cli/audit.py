"""`audit`: what a group's files and their folder would give away."""

from pathlib import Path

import click

from peerreview.cli import files
from peerreview.cli.doctor import print_checkup
from peerreview.cli.lazy import AS_JSON, PATH, command
from peerreview.errors import UsageError


@command(
    "audit",
    "What a group's files would give away.",
    "peerreview audit gulf-coast-peers.group.json",
)
@click.argument("file", type=PATH, required=False)
@AS_JSON
def audit_(file: Path | None, as_json: bool) -> int:
    """Name what the files and the folder of a group would give away about ballots.

    It is the part of `doctor` that looks for copies, synced folders and permissions; exit code 1
    if there is anything. The attacks on the program itself are played from a checkout of its
    source, with python -m benchmarks.anonymity.
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
    return print_checkup(
        exposure, "nothing here tells who said what", "doctor --repair", as_json, {}
    )
