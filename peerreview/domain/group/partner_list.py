"""Reading lists of partners (CSV in any common encoding and delimiter) and matching their rows."""

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
"""In bytes."""
MOST_ROWS = 500
_DELIMITERS = ",;\t|"
_COLUMNS = {
    "name": ("name", "partner", "company", "firm", "partner name", "company name"),
    "kind": ("kind", "type", "category"),
    "aliases": ("aliases", "alias", "aka", "also", "also known as"),
}
_COLUMNS_WITHOUT_HEADER = {"name": 0, "kind": 1, "aliases": 2}


class RowStatus(StrEnum):
    """What happens to a row of a list."""

    NEW = "new"
    HAVE = "you have"
    ALIKE = "looks like one you have"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list of partners.

    Attributes:
        line: the line on which the row ends, from 1; 0 if the row comes from another group.
        problem: why the row can't be used; empty if it can.
        remark: what was left out or replaced; empty if nothing was.
    """

    line: int
    name: str
    kind: PartnerKind = PartnerKind.OTHER
    aliases: tuple[str, ...] = ()
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row, its status, and a note: the name that it matches, its problem or its remark."""

    row: ListedRow
    status: RowStatus
    note: str = ""


def decode_list(data: bytes, where: str) -> str:
    """Return the text of a list.

    A byte order mark decides; without one the list is UTF-8, or else Windows-1252.

    Args:
        data: the bytes of the list.
        where: the name of the list, for errors.

    Raises:
        ListError: The list is larger than 1 MB, or isn't text.
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
    """Return the rows of a list with the columns name, kind and aliases.

    A header line may name the columns in another order. Without a delimiter, or if no second cell
    is a kind, every line is a name.

    Raises:
        ListError: There are no rows or too many, or quotes don't match up.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _find_delimiter(lines)
    cells = _split_cells(lines, delimiter or "\x1f", where)
    if not cells:
        raise ListError(f"{where}: the list is empty")
    if len(cells) > MOST_ROWS + 1:
        raise ListError(f"{where}: {len(cells)} rows are more than a group has ({MOST_ROWS})")
    columns = _read_header(cells[0][1])
    if columns:
        cells = cells[1:]
    elif delimiter and not any(len(row) > 1 and PartnerKind.parse(row[1]) for _, row in cells):
        cells = [(line, [delimiter.join(row)]) for line, row in cells]
    rows = tuple(_parse_row(line, row, columns) for line, row in cells)
    if not rows:
        raise ListError(f"{where}: the list has a header and no rows")
    return rows


def _split_cells(lines: str, delimiter: str, where: str) -> list[tuple[int, list[str]]]:
    """Return the line on which a row ends, and its cells, for all rows that aren't blank.

    Raises:
        ListError: Quotes don't match up.
    """
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        line = f"line {reader.line_num}"
        raise ListError(f"{where}: {line}: can't be read as a table: {error}") from error


def _find_delimiter(text: str) -> str | None:
    """Return the most common delimiter that is in half of the lines or in the first one."""
    lines = [line for line in text.split("\n") if line.strip()]
    counts = {delimiter: sum(delimiter in line for line in lines) for delimiter in _DELIMITERS}
    for delimiter in sorted(_DELIMITERS, key=lambda delimiter: -counts[delimiter]):
        count = counts[delimiter]
        if count and (count >= 0.5 * len(lines) or delimiter in lines[0]):
            return delimiter
    return None


def _read_header(header: Sequence[str]) -> dict[str, int] | None:
    """Return the position of every column that a header names; None if it names no names."""
    titles = [comparison_key(cell.strip()) for cell in header]
    columns: dict[str, int] = {}
    for column, possible_titles in _COLUMNS.items():
        for title in possible_titles:
            if title in titles:
                columns[column] = titles.index(title)
                break
    return columns if "name" in columns else None


def _parse_row(line: int, cells: Sequence[str], columns: Mapping[str, int] | None) -> ListedRow:
    positions = _COLUMNS_WITHOUT_HEADER if columns is None else columns
    texts = {
        column: cells[position].strip()
        for column, position in positions.items()
        if position < len(cells)
    }
    raw_name, raw_kind = texts.get("name", ""), texts.get("kind", "")
    raw_aliases = re.split("[;/]", texts.get("aliases", ""))
    try:
        name = clean_text(raw_name)
        aliases = tuple(clean_text(alias) for alias in raw_aliases if alias.strip())
    except ValueError as error:
        return ListedRow(line, printable(raw_name)[:60], problem=str(error))
    kind = PartnerKind.parse(raw_kind)
    remarks: list[str] = []
    if raw_kind and kind is None:
        remarks.append(
            f"the kind {printable(raw_kind)[:60]!r} isn't known: taken as {PartnerKind.OTHER}"
        )
    if columns is None and any(cell.strip() for cell in cells[len(_COLUMNS_WITHOUT_HEADER) :]):
        remarks.append("more cells than name, kind and aliases: the rest is left out")
    return ListedRow(line, name, kind or PartnerKind.OTHER, aliases, remark="; ".join(remarks))


def match_rows(rows: Iterable[ListedRow], partners: Sequence[Partner]) -> tuple[MatchedRow, ...]:
    """Match every row with the partners of a group and with the new rows before it."""
    known = {name_core(name): name for partner in partners for name in partner.names}
    matched_rows: list[MatchedRow] = []
    for row in rows:
        matched = _match_row(row, known)
        matched_rows.append(matched)
        if matched.status is RowStatus.NEW:
            known |= {name_core(name): name for name in (row.name, *row.aliases)}
    return tuple(matched_rows)


def _match_row(row: ListedRow, known: Mapping[str, str]) -> MatchedRow:
    """Match a row with the known names, which are given by their `name_core`."""
    if row.problem:
        return MatchedRow(row, RowStatus.REFUSED, row.problem)
    for name in (row.name, *row.aliases):
        if match := known.get(name_core(name)):
            return MatchedRow(row, RowStatus.HAVE, match)
    row_core = name_core(row.name)
    for core, name in known.items():
        if is_similar_core(row_core, core):
            return MatchedRow(row, RowStatus.ALIKE, name)
    return MatchedRow(row, RowStatus.NEW, row.remark)


def describe_matches(rows: Iterable[MatchedRow]) -> str:
    """Return the counts in words: `12 read, 9 new, 2 you have, 1 looks like one you have`."""
    statuses = [row.status for row in rows]
    parts = [f"{len(statuses)} read"]
    for status in RowStatus:
        count = statuses.count(status)
        if count or status is RowStatus.NEW:
            plural = status is RowStatus.ALIKE and count > 1
            parts.append(f"{count} {'look like one you have' if plural else status.value}")
    return ", ".join(parts)
