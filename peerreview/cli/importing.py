"""`import`: a list of partners, every row accounted for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import give_json, note, printable, say

if TYPE_CHECKING:
    from peerreview.domain.partner_list import Outcome


@click.command(
    short_help="Add partners from a list.",
    name="import",
    epilog=example(
        "peerreview import gulf-coast-peers.group.json partners.csv --dry-run",
        "pbpaste | peerreview import gulf-coast-peers.group.json -",
    ),
)
@click.argument("file", type=files.PATH)
@click.argument("list_", metavar="LIST", type=files.PATH)
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Every row's fate as JSON.")
def command(file: Path, list_: Path, dry_run: bool, as_json: bool) -> int:
    """Add the partners in LIST (name, kind, aliases) to the group in FILE; - reads a stream.

    Comma, semicolon, tab or pipe; UTF-8, UTF-16 or Windows-1252; a header line may name the
    columns. Look-alikes are left out and named, for a person to decide.
    """
    files.check_group(file)
    from peerreview.domain.partner_list import LARGEST, Fate, counts, decode, parse_list

    where = files.place(list_)
    rows = parse_list(decode(files.read_bytes(list_, LARGEST), where), where)
    desk = files.desk(file, writing=not dry_run)
    found = desk.setting_up.look(rows) if dry_run else desk.setting_up.take(rows)
    if as_json:
        give_json({"summary": counts(found), "rows": [_document(each) for each in found]})
    else:
        say(counts(found))
        for each in found:
            if each.fate is not Fate.NEW or each.note:
                note(_sentence(each))
    return 1 if all(each.fate is Fate.REFUSED for each in found) else 0


def _document(outcome: "Outcome") -> dict[str, object]:
    row = outcome.row
    return {
        "line": row.line,
        "name": printable(row.name),
        "kind": row.kind,
        "aliases": list(row.aliases),
        "fate": outcome.fate,
        "note": outcome.note,
    }


def _sentence(outcome: "Outcome") -> str:
    name = outcome.row.name or "(no name)"
    told = f": {outcome.note}" if outcome.note else ""
    return f"line {outcome.row.line}: {name}: {outcome.fate}{told}"
