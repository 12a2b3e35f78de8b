"""A group's beginnings: a group file in this folder, and a list of partners, row by row."""

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
@click.option("--with", "rating", metavar="FILE", multiple=True, type=PATH,
              help="Take the partners of a group you rate with (repeatable).")  # fmt: skip
def new_(name: str, rating: tuple[Path, ...]) -> None:
    """Start a group NAME: writes gulf-coast-peers.group.json in this folder and prints its path.

    Small groups rate together: a new group takes the partners of all, the room counts everybody's
    heads, and one box holds the ballots. Nothing is written to the groups named.
    """
    from peerreview.bootstrap import services_at
    from peerreview.domain.group.partner_list import RowStatus, describe_matches
    from peerreview.domain.text import clean_text
    from peerreview.store.disk.naming import group_file_name

    try:
        name = clean_text(name)
    except ValueError as error:
        raise UsageError(f"this can't be a group's name: {error}") from error
    path, groups = (
        Path(group_file_name(name)),
        [files.open_services(each).rounds.group() for each in rating],
    )
    setting_up = services_at(path).setting_up
    setting_up.create(name)
    print_text(escaped(str(path)))
    if groups:
        found = setting_up.add_partners_of_groups(groups)
        _account_for(each for each in found if each.status is not RowStatus.HAVE)
        rest = "in your own groups, let them rest for 60 days after this round"
        print_note(f"{describe_matches(found)}; {rest}")
    print_note(f"next: peerreview import {path} partners.csv, or: peerreview open {path}")


@command(
    "import",
    "Add partners from a list.",
    "peerreview import gulf-coast-peers.group.json partners.csv --dry-run",
    "pbpaste | peerreview import gulf-coast-peers.group.json -",
)
@FILE
@click.argument("list_", metavar="LIST", type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Every row's fate as JSON.")
def import_(file: Path, list_: Path, dry_run: bool, as_json: bool) -> int:
    """Add the partners in LIST (name, kind, aliases) to the group in FILE; - reads a stream.

    Comma, semicolon, tab or pipe; UTF-8, UTF-16 or Windows-1252; a header line may name the
    columns. Look-alikes are left out and named, for a person to decide.
    """
    files.require_group_file(file)
    from peerreview.domain.group.partner_list import (
        LARGEST_LIST,
        RowStatus,
        decode_list,
        describe_matches,
        parse_list,
    )

    where = files.display_name(list_)
    rows = parse_list(decode_list(files.read_bytes(list_, LARGEST_LIST), where), where)
    services = files.open_services(file, writing=not dry_run)
    found = (
        services.setting_up.preview_list(rows) if dry_run else services.setting_up.add_list(rows)
    )
    told = {"summary": describe_matches(found), "rows": [_document(each) for each in found]}
    print_result(as_json, told, [describe_matches(found)])
    if not as_json:
        _account_for(found)
    return 1 if all(each.status is RowStatus.REFUSED for each in found) else 0


def _account_for(found: "Iterable[MatchedRow]") -> None:
    from peerreview.domain.group.partner_list import RowStatus

    for each in found:
        if each.status is not RowStatus.NEW or each.note:
            line = f"line {each.row.line}: " if each.row.line else ""
            told = f": {each.note}" if each.note else ""
            print_note(f"{line}{each.row.name or '(no name)'}: {each.status}{told}")


def _document(outcome: "MatchedRow") -> dict[str, object]:
    row, name = outcome.row, escaped(outcome.row.name)
    told = {"line": row.line, "name": name, "kind": row.kind, "aliases": list(row.aliases)}
    return {**told, "fate": outcome.status, "note": outcome.note}
