"""The commands `new` and `import`, which start a group and add partners to it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.lazy import FILE, PATH, command
from peerreview.cli.output import print_note, print_result, print_text
from peerreview.domain.text import escaped
from peerreview.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peerreview.domain.group.partner_list import MatchedRow


@command(
    "new",
    "Start a group in this folder.",
    'peerreview new "Gulf Coast Peers"',
    'peerreview new "Gulf and Bay" --with gulf.group.json --with bay.group.json',
)
@click.argument("name")
@click.option(
    "--with",
    "other_groups",
    metavar="FILE",
    multiple=True,
    type=PATH,
    help="Take the partners of a group you rate with (repeatable).",
)
def new_(name: str, other_groups: tuple[Path, ...]) -> None:
    """Start a group NAME: write gulf-coast-peers.group.json in this folder and print its path.

    Small groups can rate together: a new group takes the partners of all, everybody in the room
    is counted, and one box holds the ballots. Nothing is written to the groups named.
    """
    from peerreview.bootstrap import services_at
    from peerreview.domain.group.partner_list import RowStatus, describe_matches
    from peerreview.domain.text import clean_text
    from peerreview.store.disk.naming import group_file_name

    try:
        name = clean_text(name)
    except ValueError as error:
        raise UsageError(f"this can't be a group's name: {error}") from error
    path = Path(group_file_name(name))
    groups = [files.open_services(other).rounds.group() for other in other_groups]
    setting_up = services_at(path).setting_up
    setting_up.create(name)
    print_text(escaped(str(path)))
    if groups:
        results = setting_up.add_partners_of_groups(groups)
        _print_rows_not_added(row for row in results if row.status is not RowStatus.HAVE)
        advice = "in your own groups, let them rest for 60 days after this round"
        print_note(f"{describe_matches(results)}; {advice}")
    print_note(f"next: peerreview import {path} partners.csv, or: peerreview open {path}")


@command(
    "import",
    "Add partners from a list.",
    "peerreview import gulf-coast-peers.group.json partners.csv --dry-run",
    "pbpaste | peerreview import gulf-coast-peers.group.json -",
)
@FILE
@click.argument("list_", metavar="LIST", type=PATH)
@click.option("--dry-run", is_flag=True, help="Print what would happen, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="What became of each row, as JSON.")
def import_(file: Path, list_: Path, dry_run: bool, as_json: bool) -> int:
    """Add the partners in LIST (name, kind, aliases) to the group in FILE; - reads a stream.

    Columns are separated by comma, semicolon, tab or pipe, and a header line may name them. The
    text is UTF-8, UTF-16 or Windows-1252. Names that look like one the group has are left out and
    printed, for a person to decide.
    """
    files.require_group_file(file)
    from peerreview.domain.group.partner_list import (
        LARGEST_LIST,
        RowStatus,
        decode_list,
        describe_matches,
        parse_list,
    )

    list_name = files.display_name(list_)
    text = decode_list(files.read_bytes(list_, LARGEST_LIST), list_name)
    rows = parse_list(text, list_name)
    setting_up = files.open_services(file, writing=not dry_run).setting_up
    results = setting_up.preview_list(rows) if dry_run else setting_up.add_list(rows)
    summary = describe_matches(results)
    value = {"summary": summary, "rows": [_row_to_json(result) for result in results]}
    print_result(as_json, value, [summary])
    if not as_json:
        _print_rows_not_added(results)
    return 1 if all(result.status is RowStatus.REFUSED for result in results) else 0


def _print_rows_not_added(results: "Iterable[MatchedRow]") -> None:
    """Print a line for each row that wasn't simply added."""
    from peerreview.domain.group.partner_list import RowStatus

    for result in results:
        if result.status is not RowStatus.NEW or result.note:
            line = f"line {result.row.line}: " if result.row.line else ""
            note = f": {result.note}" if result.note else ""
            print_note(f"{line}{result.row.name or '(no name)'}: {result.status}{note}")


def _row_to_json(result: "MatchedRow") -> dict[str, object]:
    return {
        "line": result.row.line,
        "name": escaped(result.row.name),
        "kind": result.row.kind,
        "aliases": list(result.row.aliases),
        "fate": result.status,
        "note": result.note,
    }
