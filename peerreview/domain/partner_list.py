"""Partner lists as they come: any common encoding and delimiter, every row accounted for."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from peerreview.domain.partner import Kind, Partner, alike, same
from peerreview.domain.refusal import ListError
from peerreview.domain.text import clean, fold

LARGEST = 1_000_000
_DELIMITERS = ",;\t|"
_COLUMNS = {
    "name": ("name", "partner", "company", "firm", "partner name", "company name"),
    "kind": ("kind", "type", "category"),
    "aliases": ("aliases", "alias", "aka", "also", "also known as"),
}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    HAVE = "you have"
    ALIKE = "looks like one you have"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list: where it stands, what it says, or why it can't be read."""

    line: int
    name: str
    kind: Kind = Kind.OTHER
    aliases: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row, its fate, and a note for people: whom it matches, or what is wrong."""

    row: ListedRow
    fate: Fate
    note: str = ""


def decode(data: bytes, where: str) -> str:
    """Return the text of a list: UTF-8 or UTF-16 by their marks, UTF-8, else Windows-1252.

    Raises:
        ListError: It is too large, or no text.
    """
    if len(data) > LARGEST:
        raise ListError(f"{where}: larger than a partner list can be (1 MB)")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise ListError(f"{where}: this is no text: save the list as CSV and try again")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListError(f"{where}: the encoding isn't known: save the list as UTF-8 and try again")


def parse_list(text: str, where: str) -> tuple[ListedRow, ...]:
    """Return the rows of a list (name, kind, aliases; a header line may name the columns).

    Raises:
        ListError: There is no row, or quotes don't match up.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter(lines)
    try:
        reader = csv.reader(io.StringIO(lines), delimiter=delimiter or "\x1f", strict=True)
        cells = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ListError(f"{where}: can't be read as a table: {error}") from error
    if not cells:
        raise ListError(f"{where}: the list is empty")
    columns = _columns(cells[0][1])
    if columns:
        cells = cells[1:]
    elif delimiter and not any(len(row) > 1 and Kind.parse(row[1]) for _, row in cells):
        cells = [(line, [delimiter.join(row)]) for line, row in cells]
    rows = tuple(_row(line, row, columns or {"name": 0, "kind": 1, "aliases": 2})
                 for line, row in cells)  # fmt: skip
    if not rows:
        raise ListError(f"{where}: the list has a header and no rows")
    return rows


def _delimiter(text: str) -> str | None:
    """Return the delimiter that cuts nearly every line into the same number of cells, if any."""
    lines = [line for line in text.split("\n") if line.strip()]
    for delimiter in sorted(_DELIMITERS, key=lambda d: -sum(d in line for line in lines)):
        with_it = sum(delimiter in line for line in lines)
        if with_it and (with_it >= 0.5 * len(lines) or delimiter in lines[0]):
            return delimiter
    return None


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    named = [fold(cell.strip()) for cell in header]
    found = {
        column: named.index(name)
        for column, names in _COLUMNS.items()
        for name in names
        if name in named
    }
    return found if "name" in found else None


def _row(line: int, cells: Sequence[str], columns: dict[str, int]) -> ListedRow:
    def cell(column: str) -> str:
        place = columns.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    raw = cell("name")
    try:
        name = clean(raw)
        aliases = tuple(
            clean(each) for each in cell("aliases").replace(";", "/").split("/") if each.strip()
        )
    except ValueError as error:
        return ListedRow(line, _printable(raw), fault=str(error))
    return ListedRow(line, name, Kind.parse(cell("kind")) or Kind.OTHER, aliases)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)[:60]


def sort_out(rows: Iterable[ListedRow], partners: Sequence[Partner]) -> tuple[Outcome, ...]:
    """Return every row's fate against the partners there are, and the rows before it."""
    known = [name for partner in partners for name in partner.names]
    found: list[Outcome] = []
    for row in rows:
        outcome = _outcome(row, known)
        if outcome.fate is Fate.NEW:
            known += [row.name, *row.aliases]
        found.append(outcome)
    return tuple(found)


def _outcome(row: ListedRow, known: Sequence[str]) -> Outcome:
    if row.fault:
        return Outcome(row, Fate.REFUSED, row.fault)
    names = (row.name, *row.aliases)
    if match := next((name for name in known for own in names if same(own, name)), None):
        return Outcome(row, Fate.HAVE, match)
    if match := next((name for name in known if alike(row.name, name)), None):
        return Outcome(row, Fate.ALIKE, match)
    return Outcome(row, Fate.NEW)


def counts(outcomes: Iterable[Outcome]) -> str:
    """Return the tally of a list in words: `12 read, 9 new, 2 you have, 1 looks like …`."""
    fates = [outcome.fate for outcome in outcomes]
    parts = [f"{len(fates)} read"]
    for fate in Fate:
        number = fates.count(fate)
        if number or fate is Fate.NEW:
            word = "look like one you have" if fate is Fate.ALIKE and number > 1 else fate.value
            parts.append(f"{number} {word}")
    return ", ".join(parts)
