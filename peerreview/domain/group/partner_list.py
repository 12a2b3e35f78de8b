"""Partner lists as they come: any common encoding and delimiter, every row accounted for."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from peerreview.domain.errors import ListError
from peerreview.domain.group.partner import Partner, PartnerKind, is_similar_core, name_core
from peerreview.domain.text import clean_text, comparison_key, printable

LARGEST_LIST = 1_000_000
MOST_ROWS = 500
_DELIMITERS = ",;\t|"
_COLUMNS = {
    "name": ("name", "partner", "company", "firm", "partner name", "company name"),
    "kind": ("kind", "type", "category"),
    "aliases": ("aliases", "alias", "aka", "also", "also known as"),
}
_BY_PLACE = {"name": 0, "kind": 1, "aliases": 2}
"""Where the cells are when no header names them."""


class RowStatus(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    HAVE = "you have"
    ALIKE = "looks like one you have"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list: where it stands, what it says, or why it can't be read.

    Attributes:
        line: where the row ends in the list, from 1; 0 if nobody wrote it down.
        fault: why it can't be taken, if it can't.
        remark: what of it was left out, if anything was.
    """

    line: int
    name: str
    kind: PartnerKind = PartnerKind.OTHER
    aliases: tuple[str, ...] = ()
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row, its fate, and a note for people: whom it matches, or what is wrong."""

    row: ListedRow
    status: RowStatus
    note: str = ""


def decode_list(data: bytes, where: str) -> str:
    """Return the text of a list: UTF-8 or UTF-16 by their marks, UTF-8, else Windows-1252.

    Raises:
        ListError: It is too large, or no text.
    """
    if len(data) > LARGEST_LIST:
        raise ListError(f"{where}: larger than a partner list can be (1 MB)")
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data and not marked:
        raise ListError(f"{where}: this is no text: save the list as CSV and try again")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
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
    cells = _cells(lines, delimiter or "\x1f", where)
    if not cells:
        raise ListError(f"{where}: the list is empty")
    if len(cells) > MOST_ROWS + 1:
        raise ListError(f"{where}: {len(cells)} rows are more than a group has ({MOST_ROWS})")
    columns = _columns(cells[0][1])
    if columns:
        cells = cells[1:]
    elif delimiter and not any(len(row) > 1 and PartnerKind.parse(row[1]) for _, row in cells):
        cells = [(line, [delimiter.join(row)]) for line, row in cells]
    rows = tuple(_row(line, row, columns) for line, row in cells)
    if not rows:
        raise ListError(f"{where}: the list has a header and no rows")
    return rows


def _cells(lines: str, delimiter: str, where: str) -> list[tuple[int, list[str]]]:
    """Return the rows that say something, each with the line it ends on.

    Raises:
        ListError: Quotes don't match up; says where.
    """
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        line = f"line {reader.line_num}"
        raise ListError(f"{where}: {line}: can't be read as a table: {error}") from error


def _delimiter(text: str) -> str | None:
    """Return the delimiter that cuts nearly every line into the same number of cells, if any."""
    lines = [line for line in text.split("\n") if line.strip()]
    for delimiter in sorted(_DELIMITERS, key=lambda d: -sum(d in line for line in lines)):
        with_it = sum(delimiter in line for line in lines)
        if with_it and (with_it >= 0.5 * len(lines) or delimiter in lines[0]):
            return delimiter
    return None


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    named = [comparison_key(cell.strip()) for cell in header]
    known = {column: [n for n in names if n in named] for column, names in _COLUMNS.items()}
    found = {column: named.index(names[0]) for column, names in known.items() if names}
    return found if "name" in found else None


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int] | None) -> ListedRow:
    places = _BY_PLACE if columns is None else columns
    said = {name: cells[place].strip() for name, place in places.items() if place < len(cells)}
    raw, kind_said, others = (said.get(name, "") for name in _BY_PLACE)
    try:
        name = clean_text(raw)
        aliases = tuple(clean_text(each) for each in re.split("[;/]", others) if each.strip())
    except ValueError as error:
        return ListedRow(line, printable(raw)[:60], problem=str(error))
    kind = PartnerKind.parse(kind_said)
    remarks: list[str] = []
    if kind_said and kind is None:
        remarks.append(
            f"the kind {printable(kind_said)[:60]!r} isn't known: taken as {PartnerKind.OTHER}"
        )
    if columns is None and any(each.strip() for each in cells[len(_BY_PLACE) :]):
        remarks.append("more cells than name, kind and aliases: the rest is left out")
    return ListedRow(line, name, kind or PartnerKind.OTHER, aliases, remark="; ".join(remarks))


def match_rows(rows: Iterable[ListedRow], partners: Sequence[Partner]) -> tuple[MatchedRow, ...]:
    """Return every row's fate against the partners there are, and the rows before it."""
    known = {name_core(name): name for partner in partners for name in partner.names}
    found: list[MatchedRow] = []
    for row in rows:
        found.append(_outcome(row, known))
        if found[-1].status is RowStatus.NEW:
            known |= {name_core(name): name for name in (row.name, *row.aliases)}
    return tuple(found)


def _outcome(row: ListedRow, known: Mapping[str, str]) -> MatchedRow:
    """Return a row's fate against the names that are known, by their cores."""
    if row.problem:
        return MatchedRow(row, RowStatus.REFUSED, row.problem)
    for name in (row.name, *row.aliases):
        if match := known.get(name_core(name)):
            return MatchedRow(row, RowStatus.HAVE, match)
    own = name_core(row.name)
    if match := next(
        (name for theirs, name in known.items() if is_similar_core(own, theirs)), None
    ):
        return MatchedRow(row, RowStatus.ALIKE, match)
    return MatchedRow(row, RowStatus.NEW, row.remark)


def describe_matches(outcomes: Iterable[MatchedRow]) -> str:
    """Return the tally of a list in words: `12 read, 9 new, 2 you have, 1 looks like …`."""
    fates = [outcome.status for outcome in outcomes]
    parts = [f"{len(fates)} read"]
    for fate in RowStatus:
        number = fates.count(fate)
        if number or fate is RowStatus.NEW:
            word = (
                "look like one you have" if fate is RowStatus.ALIKE and number > 1 else fate.value
            )
            parts.append(f"{number} {word}")
    return ", ".join(parts)
